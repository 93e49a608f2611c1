//! The rules of tickets that people make by hand.

use maud::{Markup, html};
use web::Form;

use super::bar;
use crate::feature::settings::words::required;
use crate::record::frame::fields::{Labelled, check, check_one, trouble};
use crate::record::frame::{self, Frame, Layout};
use crate::record::new_tickets::Field;
use crate::texts;

/// The rules as the form has them.
#[derive(Clone, Debug)]
pub struct NewTicketsPage {
    /// `starts_read`, `assigns_creator`, `preselects_type`, and `required` for each field.
    pub form: Form,
    /// The version of the settings.
    pub version: i64,
}

/// Prints the page.
pub fn new_tickets_page(frame: &Frame, page: &NewTicketsPage) -> Markup {
    let language = frame.language;
    let texts = texts::settings(language);
    let yes_or_no = |name: &str, label: &str, hint: &str| {
        check(&page.form, &Labelled::new(name, label).with(hint))
    };
    let main = html! {
        header { (bar(language, texts.new_tickets())) (frame::banners(frame)) }
        div class="page" tabindex="0" role="region" aria-label=(texts.new_tickets()) {
            form class="setpage setform" method="post" action="/settings/new-tickets" {
                header { p class="soft" { (texts.about_new_tickets()) } }
                (trouble(&page.form, "form"))
                input type="hidden" name="version" value=(page.version);
                (yes_or_no("starts_read", texts.starts_read(), texts.starts_read_hint()))
                (yes_or_no("assigns_creator", texts.assigns_creator(), texts.assigns_creator_hint()))
                (yes_or_no("preselects_type", texts.preselects_type(), texts.preselects_type_hint()))
                fieldset class="stack stack-tight" aria-describedby="required-hint" {
                    legend class="flabel" { (texts.required()) }
                    p class="hint muted fine" id="required-hint" { (texts.required_hint()) }
                    @for field in Field::ALL {
                        (check_one(&page.form, "required", field.code(), required(language, field)))
                    }
                }
                button class="btn btn-primary" { (texts.save()) }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.new_tickets(), &main)
}
