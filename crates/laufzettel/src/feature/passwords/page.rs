//! The pages of those who are not signed in: choosing a password, asking for a link.

use maud::{Markup, html};
use values::Language;
use web::Form;

use crate::record::frame::fields::{Labelled, Typed, line};
use crate::record::frame::{Bare, bare_page};
use crate::texts;

/// A password that is chosen.
const NEW_PASSWORD: Typed =
    Typed { kind: "password", required: true, autocomplete: "new-password" };
/// An address that is known to the browser.
const ADDRESS: Typed = Typed { kind: "email", required: true, autocomplete: "username" };

/// The form behind a link.
pub fn choose(bare: &Bare, form: &Form, action: &str, (name, email): (&str, &str)) -> Markup {
    let texts = texts::passwords(bare.language);
    let password = Labelled::new("password", texts.password()).with(texts.password_hint());
    let content = html! {
        form class="stack signin" method="post" action=(action) {
            div { h1 { (texts.title()) } p class="soft" { (texts.about(name, email)) } }
            (language_field(bare))
            input type="hidden" name="username" value=(email) autocomplete="username";
            (line(form, &password, NEW_PASSWORD))
            (line(form, &Labelled::new("again", texts.again()), NEW_PASSWORD))
            button class="btn btn-primary btn-lg btn-block" { (texts.set()) }
        }
    };
    around(bare, texts.title(), &content)
}

/// A sentence with a way on.
pub fn say(bare: &Bare, title: &str, sentence: &str, (words, href): (&str, &str)) -> Markup {
    let content = html! {
        div class="stack signin" {
            div { h1 { (title) } p role="status" { (sentence) } }
            a class="btn btn-primary btn-lg btn-block" href=(href) { (words) }
        }
    };
    around(bare, title, &content)
}

/// The form of those who forgot their password.
pub fn forgotten(bare: &Bare, form: &Form) -> Markup {
    let texts = texts::passwords(bare.language);
    let content = html! {
        form class="stack signin" method="post" action="/signin/forgotten" {
            div { h1 { (texts.forgotten_title()) } p class="soft" { (texts.forgotten_about()) } }
            (language_field(bare))
            (line(form, &Labelled::new("address", texts.address()), ADDRESS))
            button class="btn btn-primary btn-lg btn-block" { (texts.send()) }
            p { a class="linked" href="/signin" { (texts.sign_in()) } }
        }
    };
    around(bare, texts.forgotten_title(), &content)
}

fn language_field(bare: &Bare) -> Markup {
    html! { input type="hidden" name="language" value=(bare.language.code()); }
}

fn around(bare: &Bare, title: &str, content: &Markup) -> Markup {
    bare_page(bare, title, content, &html! { (texts::passwords(bare.language).help()) })
}

/// Why a link does not work, and a way on.
pub fn refused(bare: &Bare, sentence: &str) -> Markup {
    let texts = texts::passwords(bare.language);
    say(bare, texts.title(), sentence, (texts.ask_again(), "/signin/forgotten"))
}

/// What every address that asked for a link is told.
pub fn sent(bare: &Bare) -> Markup {
    let texts = texts::passwords(bare.language);
    say(bare, texts.sent_title(), texts.sent(), (texts.sign_in(), "/signin"))
}

/// What is told when the password is set.
pub fn is_set(bare: &Bare) -> Markup {
    let texts = texts::passwords(bare.language);
    say(bare, texts.title(), texts.is_set(), (texts.sign_in(), "/signin"))
}

/// The language that the address asks for.
pub fn asked_language(form: &Form) -> Option<Language> {
    Language::from_code(form.text("language"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::samples::{LANGUAGES, check};

    #[test]
    fn every_page_is_printed_in_both_languages() {
        for language in LANGUAGES {
            let bare = Bare { language, languages: ["/a".to_owned(), "/b".to_owned()] };
            let texts = texts::passwords(language);
            let mut form = Form::default();
            form.refuse("password", texts.password_short());
            form.refuse("address", texts.address_wrong());
            let page = choose(&bare, &form, "/password/x", ("<b>", "a@b.example"));
            check(language, &page);
            assert!(!page.0.contains("<b>."), "{}", page.0);
            check(language, &forgotten(&bare, &form));
            check(language, &refused(&bare, texts.used()));
            check(language, &sent(&bare));
            check(language, &is_set(&bare));
        }
    }
}
