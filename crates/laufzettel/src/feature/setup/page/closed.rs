//! The page for whoever comes without a link that can be used.

use maud::{Markup, html};
use values::Language;

use super::super::link::Key;
use crate::http::screen::bare;
use crate::record::frame::bare_page;
use crate::texts;

/// Says why the set-up does not open, and what to do.
pub fn closed(language: Language, key: Key) -> Markup {
    let texts = texts::setup(language);
    let (heading, text) = match key {
        Key::SetUp => (texts.set_up(), texts.set_up_text()),
        Key::Expired => (texts.expired(), texts.expired_text()),
        Key::Opens(_) | Key::Unknown => (texts.no_link(), texts.no_link_text()),
    };
    let content = html! {
        div class="stack signin" {
            h1 { (heading) }
            p class="soft" { (text) }
            @if key == Key::SetUp {
                a class="btn btn-primary btn-lg btn-block" href="/signin" { (texts.sign_in()) }
            }
        }
    };
    bare_page(&bare(language, "/setup"), heading, &content, &html! {})
}
