//! Numbering: the mask, an example and the next number (F-NUM-04).

use maud::{Markup, html};
use values::Language;
use web::Form;

use super::bar;
use crate::record::frame::fields::{Labelled, trouble};
use crate::record::frame::{self, Frame, Layout, icon_small};
use crate::texts;

/// The numbering.
#[derive(Clone, Debug)]
pub struct NumbersPage {
    /// `number_mask`, and what is wrong with it.
    pub form: Form,
    /// The version of the settings.
    pub version: i64,
    /// The first number and the next one, if the mask can be read.
    pub preview: Option<(String, String)>,
}

/// Prints the page.
pub fn numbers_page(frame: &Frame, page: &NumbersPage) -> Markup {
    let language = frame.language;
    let texts = texts::settings(language);
    let main = html! {
        header { (bar(language, texts.numbers())) (frame::banners(frame)) }
        div class="page" tabindex="0" role="region" aria-label=(texts.numbers()) {
            form class="setpage setform" method="post" action="/settings/numbers" {
                header { p class="soft" { (texts.about_numbers()) } }
                (trouble(&page.form, "form"))
                input type="hidden" name="version" value=(page.version);
                (mask(language, &page.form))
                (preview(language, page))
                div class="row" {
                    button class="btn btn-primary" { (texts.save()) }
                    noscript { button class="btn" name="try" value="yes" { (texts.try_mask()) } }
                }
                (tags(language))
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.numbers(), &main)
}

fn mask(language: Language, form: &Form) -> Markup {
    let texts = texts::settings(language);
    let field = Labelled::new("number_mask", texts.mask()).with(texts.mask_hint());
    html! {
        div class="field" {
            label for=(field.name) { (field.label) }
            input class="input" id=(field.name) name=(field.name) value=(form.raw(field.name)) autocomplete="off"
                spellcheck="false" aria-describedby="mask-hint number_mask-error" hx-post="/settings/numbers"
                hx-vals="{\"try\":\"yes\"}" hx-trigger="input changed delay:200ms" hx-target="#mask-preview"
                hx-swap="morph:outerHTML" hx-sync="this:replace";
            span class="hint" id="mask-hint" { (texts.mask_hint()) }
        }
    }
}

/// The example and the next number, or what is wrong: the fragment that typing replaces.
pub fn preview(language: Language, page: &NumbersPage) -> Markup {
    let texts = texts::settings(language);
    html! {
        div class="maskpreview" id="mask-preview" aria-live="polite" {
            @if let Some((first, next)) = &page.preview {
                dl {
                    dt { (texts.example()) } dd class="num" { (first) }
                    dt { (texts.next_number()) } dd class="num" { b { (next) } }
                }
            }
            @if let Some(sentence) = page.form.problem("number_mask") {
                span class="error" id="number_mask-error" { (icon_small("circle-alert")) (sentence) }
            }
        }
    }
}

/// What can stand in brackets.
fn tags(language: Language) -> Markup {
    let texts = texts::settings(language);
    let tags = [
        ("{0000}", texts.tag_counter()),
        ("{0000+100}", texts.tag_offset()),
        ("{0000@99}", texts.tag_monthly()),
        ("{0000@1}", texts.tag_yearly()),
        ("{dd}", texts.tag_day()),
        ("{mm}", texts.tag_month()),
        ("{yy} {yyyy} {y}", texts.tag_year()),
    ];
    html! {
        h2 { (texts.tags()) }
        dl class="setfacts" { @for (tag, words) in tags { dt { code { (tag) } } dd { (words) } } }
    }
}
