//! What holds for the mails of the house.

use maud::{Markup, html};
use web::Form;

use super::bar;
use crate::record::frame::fields::{Labelled, Typed, check, line, lines, trouble};
use crate::record::frame::{self, Frame, Layout};
use crate::texts;

/// The rules as the form has them.
#[derive(Clone, Debug)]
pub struct MailsPage {
    /// The fields.
    pub form: Form,
    /// The version of the settings.
    pub version: i64,
}

/// Prints the page.
pub fn mails_page(frame: &Frame, page: &MailsPage) -> Markup {
    let language = frame.language;
    let (texts, form) = (texts::settings(language), &page.form);
    let yes =
        |name: &str, label: &str, hint: &str| check(form, &Labelled::new(name, label).with(hint));
    let email = Typed { kind: "email", ..Typed::OPTIONAL };
    let address = |name: &str, label: &str, hint: &str| {
        line(form, &Labelled::new(name, label).with(hint), email)
    };
    let list = |name: &str, label: &str, hint: &str| {
        lines(form, &Labelled::new(name, label).with(hint), 3)
    };
    let main = html! {
        header { (bar(language, texts.mails())) (frame::banners(frame)) }
        div class="page" tabindex="0" role="region" aria-label=(texts.mails()) {
            form class="setpage setform" method="post" action="/settings/mails" {
                header { p class="soft" { (texts.about_mails()) } }
                (trouble(form, "form"))
                input type="hidden" name="version" value=(page.version);
                h2 { (texts.mails_switches()) }
                (yes("processing", texts.mails_processing(), texts.mails_processing_hint()))
                (yes("sends", texts.mails_sends(), texts.mails_sends_hint()))
                (yes("sends_to_customers", texts.mails_to_customers(), texts.mails_to_customers_hint()))
                (yes("copies", texts.mails_copies(), texts.mails_copies_hint()))
                h2 { (texts.mails_told()) }
                (address("address", texts.mails_address(), texts.mails_address_hint()))
                (yes("tells_new", texts.mails_tells_new(), texts.mails_tells_new_hint()))
                (yes("tells_answers", texts.mails_tells_answers(), texts.mails_tells_answers_hint()))
                (address("told_of_new", texts.mails_told_of_new(), texts.mails_told_of_new_hint()))
                h2 { (texts.mails_certain()) }
                (list("linkless", texts.mails_linkless(), texts.mails_linkless_hint()))
                (list("hinted", texts.mails_hinted(), texts.mails_hinted_hint()))
                (list("hint", texts.mails_hint(), texts.mails_hint_hint()))
                button class="btn btn-primary" { (texts.save()) }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.mails(), &main)
}
