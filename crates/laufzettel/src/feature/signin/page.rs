//! Signing in with address and password.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::{Bare, bare_page, icon_small};
use crate::texts;

/// The sign-in form.
#[derive(Clone, Debug)]
pub struct SignInPage {
    /// Language and its switch.
    pub bare: Bare,
    /// The organisation's name.
    pub company: String,
    /// The address as it was entered.
    pub address: String,
    /// Why the last attempt failed.
    pub refusal: Option<Refusal>,
    /// Where to go afterwards: a path of our own.
    pub back: Option<String>,
}

/// Why an attempt to sign in failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Address or password is wrong.
    Wrong,
    /// Too many attempts.
    TooOften {
        /// Minutes to wait.
        minutes: u64,
    },
    /// The person was switched off.
    SwitchedOff,
    /// The session ended.
    Ended,
}

/// Prints the page.
pub fn page(page: &SignInPage) -> Markup {
    let texts = texts::signin(page.bare.language);
    let content = html! {
        form class="stack signin" method="post" action="/signin" {
            @if let Some(back) = &page.back { input type="hidden" name="back" value=(back); }
            div { h1 { (texts.title()) } @if !page.company.is_empty() { p class="soft" { (page.company) } } }
            (address(page))
            (password(page))
            label class="check" { input type="checkbox" name="stay" value="yes"; " " (texts.stay()) }
            button class="btn btn-primary btn-lg btn-block" { (texts.sign_in()) }
            p { a class="linked" href="/signin/forgotten" { (texts.forgotten()) } }
        }
    };
    bare_page(&page.bare, texts.title(), &content, &html! { (texts.help()) })
}

fn address(page: &SignInPage) -> Markup {
    html! {
        div class="field" {
            label for="address" { (texts::signin(page.bare.language).address()) }
            input class="input" id="address" type="email" name="address" autocomplete="username" required
                value=(page.address) autofocus[page.address.is_empty()];
        }
    }
}

fn password(page: &SignInPage) -> Markup {
    let texts = texts::signin(page.bare.language);
    let wrong = page.refusal.is_some();
    html! {
        div class="field" {
            label for="password" { (texts.password()) }
            div class="inputwrap" {
                input class="input" id="password" type="password" name="password" autocomplete="current-password"
                    required aria-invalid=[wrong.then_some("true")]
                    aria-describedby=[wrong.then_some("password-error")] autofocus[!page.address.is_empty()];
                button class="btn btn-quiet btn-sm eye" type="button" data-reveal="password" aria-pressed="false"
                    aria-label=(texts.show_password()) title=(texts.show_password()) hidden { (icon_small("eye")) }
            }
            @if let Some(refusal) = &page.refusal {
                span class="error" id="password-error" role="alert" {
                    (icon_small("circle-alert")) (sentence(page.bare.language, refusal))
                }
            }
        }
    }
}

fn sentence(language: Language, refusal: &Refusal) -> String {
    let texts = texts::signin(language);
    match refusal {
        Refusal::Wrong => texts.wrong().to_owned(),
        Refusal::TooOften { minutes } => texts.too_often(*minutes),
        Refusal::SwitchedOff => texts.switched_off().to_owned(),
        Refusal::Ended => texts.ended().to_owned(),
    }
}

#[cfg(test)]
pub mod samples {
    //! The sign-in form of the design's screen.

    use super::*;

    /// The form after a wrong password.
    pub fn sign_in(language: Language) -> SignInPage {
        SignInPage {
            bare: Bare {
                language,
                languages: ["/signin?language=de".to_owned(), "/signin?language=en".to_owned()],
            },
            company: "Brückner Objektmöbel GmbH".to_owned(),
            address: "m.thoms@brueckner-objekt.example".to_owned(),
            refusal: Some(Refusal::Wrong),
            back: Some("/tickets/48213".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::samples::{LANGUAGES, check};

    #[test]
    fn the_form_keeps_the_address_and_says_what_was_wrong() {
        for language in LANGUAGES {
            let mut form = samples::sign_in(language);
            let refusals = [
                Refusal::Wrong,
                Refusal::TooOften { minutes: 5 },
                Refusal::SwitchedOff,
                Refusal::Ended,
            ];
            for refusal in refusals {
                form.refusal = Some(refusal);
                check(language, &page(&form));
            }
        }
        let html = page(&samples::sign_in(Language::German)).0;
        assert!(html.contains("value=\"m.thoms@brueckner-objekt.example\""), "{html}");
        assert!(html.contains("E-Mail oder Passwort stimmt nicht."), "{html}");
        assert!(html.contains("aria-describedby=\"password-error\""), "{html}");
    }
}
