//! What the navigation points out.

use maud::{Markup, html};
use web::Form;

use super::bar;
use crate::record::frame::fields::{Labelled, check, trouble};
use crate::record::frame::{self, Frame, Layout};
use crate::texts;

/// What is pointed out, as the form has it.
#[derive(Clone, Debug)]
pub struct HintsPage {
    /// `unplaced_mails`, `without_category`.
    pub form: Form,
    /// The version of the settings.
    pub version: i64,
}

/// Prints the page.
pub fn hints_page(frame: &Frame, page: &HintsPage) -> Markup {
    let language = frame.language;
    let texts = texts::settings(language);
    let one = |name: &str, label: &str, hint: &str| {
        check(&page.form, &Labelled::new(name, label).with(hint))
    };
    let main = html! {
        header { (bar(language, texts.hints())) (frame::banners(frame)) }
        div class="page" tabindex="0" role="region" aria-label=(texts.hints()) {
            form class="setpage setform" method="post" action="/settings/hints" {
                header { p class="soft" { (texts.about_hints()) } }
                (trouble(&page.form, "form"))
                input type="hidden" name="version" value=(page.version);
                (one("unplaced_mails", texts.unplaced_mails(), texts.unplaced_mails_hint()))
                (one("without_category", texts.without_category(), texts.without_category_hint()))
                button class="btn btn-primary" { (texts.save()) }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.hints(), &main)
}
