//! The page about oneself.

use maud::{Markup, html};
use values::Language;
use web::Form;

use crate::feature::agents::{NOTICES, UNDO_SECONDS};
use crate::record::frame::{self, Frame, Layout};
use crate::texts;

/// What an agent sees of himself, and what was typed.
#[derive(Clone, Debug)]
pub struct ProfilePage {
    /// The name.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// `phone`, `undo_seconds`, `text` and `html` of the signature, `notices`.
    pub form: Form,
}

/// Prints the page.
pub fn page(frame: &Frame, page: &ProfilePage) -> Markup {
    let language = frame.language;
    let texts = texts::profile(language);
    let main = html! {
        header {
            div class="bar" { (frame::navigation_button(language)) h1 { (texts.title()) } }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.title()) {
            form class="setpage" method="post" action="/profile" {
                p class="soft" { b { (page.name) } ", " (page.email) }
                (phone(language, &page.form))
                (signature(language, &page.form))
                (undo(language, &page.form))
                (notices(language, &page.form))
                button class="btn btn-primary" { (texts.save()) }
                p { a class="linked" href="/settings/tokens" { (texts::tokens(language).title()) } }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.title(), &main)
}

fn phone(language: Language, form: &Form) -> Markup {
    let wrong = form.problem("phone");
    html! {
        div class="field" {
            label for="phone" { (texts::profile(language).phone()) }
            input class="input" id="phone" type="tel" name="phone" autocomplete="tel" maxlength="60"
                value=(form.raw("phone")) aria-invalid=[wrong.map(|_| "true")]
                aria-describedby=[wrong.map(|_| "phone-error")];
            (error("phone", wrong))
        }
    }
}

fn signature(language: Language, form: &Form) -> Markup {
    let texts = texts::profile(language);
    let wrong = form.problem("text");
    html! {
        div class="field profile-signature" {
            label for="signature" { (texts.signature()) }
            textarea class="input" id="signature" name="text" rows="6" data-editor
                aria-invalid=[wrong.map(|_| "true")] aria-describedby="signature-hint" {
                (maud::PreEscaped("\n")) (form.raw("text"))
            }
            input type="hidden" name="html" value=(form.raw("html"));
            span class="hint" id="signature-hint" { (texts.signature_hint("{name}, {telefon}, {email}, {bereich}")) }
            (error("text", wrong))
        }
    }
}

fn undo(language: Language, form: &Form) -> Markup {
    let texts = texts::profile(language);
    let wrong = form.problem("undo_seconds");
    html! {
        div class="field" {
            label for="undo" { (texts.undo()) }
            input class="input" id="undo" type="number" name="undo_seconds" min=(UNDO_SECONDS.start())
                max=(UNDO_SECONDS.end()) required value=(form.raw("undo_seconds"))
                aria-invalid=[wrong.map(|_| "true")] aria-describedby="undo-hint";
            span class="hint" id="undo-hint" { (texts.undo_hint()) }
            (error("undo", wrong))
        }
    }
}

fn notices(language: Language, form: &Form) -> Markup {
    let texts = texts::profile(language);
    let name = |code: &str| match code {
        "assigned" => texts.notice_assigned(),
        "answered" => texts.notice_answered(),
        _ => texts.notice_failed(),
    };
    html! {
        fieldset class="stack stack-tight" {
            legend class="flabel" { (texts.notices()) }
            @for code in NOTICES {
                label class="check" {
                    input type="checkbox" name="notices" value=(code)
                        checked[form.all("notices").any(|wanted| wanted == code)];
                    " " (name(code))
                }
            }
        }
    }
}

fn error(field: &str, wrong: Option<&str>) -> Markup {
    html! { @if let Some(sentence) = wrong { span class="error" id={ (field) "-error" } role="alert" { (sentence) } } }
}
