//! The pages on the way to a provider and back.

use maud::{Markup, html};

use super::{head, sheet};
use crate::record::frame::{self, Frame, Layout, icon};
use crate::record::oauth::Provider;
use crate::texts;

/// On to the provider: a link, because a form may lead to no other server.
pub fn go(frame: &Frame, provider: Provider, (account, address): (&str, &str)) -> Markup {
    let texts = texts::oauth(frame.language);
    let title = texts.go(provider.name());
    let body = html! {
        p { (texts.go_about(account)) }
        div class="row" {
            a class="btn btn-primary" href=(address) autofocus rel="noreferrer" { (icon("key-round")) (title) }
        }
    };
    let main = html! { (head(frame, &title)) (sheet(&title, &body)) };
    frame::page(frame, Layout::Overview, &title, &main)
}

/// What a provider sent along with the person.
#[derive(Clone, Debug)]
pub struct CallbackPage {
    /// The provider.
    pub provider: Provider,
    /// What tells who was sent.
    pub state: String,
    /// What becomes tokens.
    pub code: String,
}

/// Back from the provider: what came is taken only when the button is pressed.
pub fn callback(frame: &Frame, page: &CallbackPage) -> Markup {
    let texts = texts::oauth(frame.language);
    let action = format!("/oauth/{}/finish", page.provider.code());
    let body = html! {
        p { (texts.almost_about(page.provider.name())) }
        form method="post" action=(action) data-once {
            input type="hidden" name="state" value=(page.state);
            input type="hidden" name="code" value=(page.code);
            button class="btn btn-primary" autofocus { (icon("check")) (texts.connect()) }
        }
    };
    let main = html! { (head(frame, texts.almost())) (sheet(texts.almost(), &body)) };
    frame::page(frame, Layout::Overview, texts.almost(), &main)
}

/// Why nobody is signed in, and what helps.
#[derive(Clone, Debug)]
pub struct Failed {
    /// What the matter is.
    pub sentence: String,
    /// What the provider said.
    pub words: String,
    /// Where one tries again.
    pub again: String,
}

/// Prints it.
pub fn failed(frame: &Frame, page: &Failed) -> Markup {
    let texts = texts::oauth(frame.language);
    let body = html! {
        p class="banner" data-tone="red" role="alert" { (icon("circle-alert")) span class="grow" { (page.sentence) } }
        @if !page.words.is_empty() {
            details { summary { (texts.words()) } code class="words" { (page.words) } }
        }
        div class="row" { a class="btn btn-primary" href=(page.again) autofocus { (texts.again()) } }
    };
    let main = html! { (head(frame, texts.not_signed_in())) (sheet(texts.not_signed_in(), &body)) };
    frame::page(frame, Layout::Overview, texts.not_signed_in(), &main)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::Place;
    use crate::record::frame::samples::{LANGUAGES, check, frame};

    #[test]
    fn the_pages_are_printed_in_both_languages() {
        for language in LANGUAGES {
            let frame = frame(language, Place::Settings);
            let provider = Provider::Microsoft;
            check(language, &go(&frame, provider, ("a@firma.example", "https://login.example/?a")));
            let (state, code) = ("s".to_owned(), "c".to_owned());
            check(language, &callback(&frame, &CallbackPage { provider, state, code }));
            let sentence = texts::oauth(language).unknown_state().to_owned();
            let again = "/settings/oauth/microsoft".to_owned();
            check(language, &failed(&frame, &Failed { sentence, words: "no".to_owned(), again }));
        }
    }
}
