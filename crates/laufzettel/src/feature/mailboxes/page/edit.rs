//! Changing a mailbox: its name, the area of its tickets, its password, on and off.

use maud::{Markup, html};
use web::Form;

use crate::record::frame::{self, Frame, Layout, icon_small};
use crate::texts;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct EditPage {
    /// The mailbox's name in addresses.
    pub name: String,
    /// Its main address.
    pub address: String,
    /// Whether mails are fetched with a password.
    pub has_account: bool,
    /// The areas: their keys and names.
    pub areas: Vec<(String, String)>,
    /// `label`, `area`, `enabled`, `version`.
    pub form: Form,
}

/// Prints the page.
pub fn edit(frame: &Frame, page: &EditPage) -> Markup {
    let texts = texts::mailboxes(frame.language);
    let form = &page.form;
    let main = html! {
        header {
            div class="bar" { (frame::navigation_button(frame.language)) h1 { (texts.edit_title()) } }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.edit_title()) {
            form class="setpage" method="post" action={ "/mailboxes/" (page.name) "/edit" } {
                p class="soft" { (page.address) }
                input type="hidden" name="version" value=(form.raw("version"));
                div class="field" {
                    label for="label" { (texts.label()) }
                    input class="input" id="label" name="label" required maxlength="200" value=(form.raw("label"))
                        aria-invalid=[form.problem("label").map(|_| "true")] aria-describedby="label-error";
                    (error(form, "label"))
                }
                div class="field" {
                    label for="area" { (texts.area()) }
                    select class="select" id="area" name="area" aria-describedby="area-error" {
                        @for (key, name) in &page.areas { option value=(key) selected[key == form.raw("area")] { (name) } }
                    }
                    (error(form, "area"))
                }
                @if page.has_account {
                    div class="field" {
                        label for="password" { (texts.new_password()) }
                        input class="input" id="password" type="password" name="password" autocomplete="off"
                            aria-describedby="password-hint";
                        span class="hint" id="password-hint" { (texts.new_password_hint()) }
                    }
                }
                label class="check" {
                    input type="checkbox" name="enabled" value="yes" checked[form.has("enabled")]; " " (texts.enabled())
                }
                div class="row" {
                    button class="btn btn-primary" { (texts.save()) }
                    a class="btn" href="/mailboxes" { (texts.cancel()) }
                }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.edit_title(), &main)
}

fn error(form: &Form, field: &str) -> Markup {
    html! {
        @if let Some(problem) = form.problem(field) {
            span class="error" id={ (field) "-error" } role="alert" { (icon_small("circle-alert")) (problem) }
        }
    }
}
