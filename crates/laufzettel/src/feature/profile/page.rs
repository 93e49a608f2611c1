//! The page about oneself.

mod access;

use maud::{Markup, html};
use values::Language;
use web::Form;

use crate::feature::agents::{NOTICES, UNDO_SECONDS};
use crate::record::frame::fields::{Labelled, Typed, check_one, line};
use crate::record::frame::{self, Frame, Layout, Moment};
use crate::texts;

/// What an agent sees of himself, and what was typed.
#[derive(Clone, Debug)]
pub struct ProfilePage {
    /// The address to sign in with.
    pub email: String,
    /// `name`, `phone`, `undo_seconds`, `text` and `html` of the signature, `notices`.
    pub form: Form,
    /// `current`, `password`, `again`; what was typed there is never printed.
    pub password: Form,
    /// Where he is signed in, the session used last first.
    pub sessions: Vec<SessionRow>,
}

/// A session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// What tells it from the others.
    pub mark: String,
    /// Browser and system, in words.
    pub browser: String,
    /// Whether this page was asked for with it.
    pub is_here: bool,
    /// When it began.
    pub began: Moment,
    /// When it was used last.
    pub seen: Moment,
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
            div class="setpage setform ownaccount" {
                form class="stack" method="post" action="/profile" {
                    (who(language, page))
                    (signature(language, &page.form))
                    (undo(language, &page.form))
                    (notices(language, &page.form))
                    div { button class="btn btn-primary" { (texts.save()) } }
                }
                h2 id="screen" { (texts.screen()) }
                div class="ownscreen" { (frame::own_settings(frame, "/profile#screen")) }
                (access::password(language, page))
                (access::sessions(language, &page.sessions))
                p { a class="linked" href="/settings/tokens" { (texts::tokens(language).title()) } }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.title(), &main)
}

fn who(language: Language, page: &ProfilePage) -> Markup {
    let texts = texts::profile(language);
    let name = Typed { autocomplete: "name", ..Typed::NEEDED };
    let phone = Typed { kind: "tel", required: false, autocomplete: "tel" };
    html! {
        p class="soft" { (texts.signed_in_as(&page.email)) }
        div class="fields" {
            (line(&page.form, &Labelled::new("name", texts.name()), name))
            (line(&page.form, &Labelled::new("phone", texts.phone()), phone))
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

/// What a notice is about.
pub fn notice(language: Language, code: &str) -> &'static str {
    let texts = texts::profile(language);
    match code {
        "assigned" => texts.notice_assigned(),
        "answered" => texts.notice_answered(),
        _ => texts.notice_failed(),
    }
}

fn notices(language: Language, form: &Form) -> Markup {
    html! {
        fieldset class="stack stack-tight" id="notices" {
            legend class="flabel" { (texts::profile(language).notices()) }
            @for code in NOTICES { (check_one(form, "notices", code, notice(language, code))) }
        }
    }
}

fn error(field: &str, wrong: Option<&str>) -> Markup {
    html! { @if let Some(sentence) = wrong { span class="error" id={ (field) "-error" } role="alert" { (sentence) } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::samples::{LANGUAGES, at, check, frame};

    #[test]
    fn the_page_is_printed_in_both_languages_and_never_with_a_password() {
        for language in LANGUAGES {
            let session = SessionRow {
                mark: "00ff".to_owned(),
                browser: "Firefox · <b>Linux</b>".to_owned(),
                is_here: true,
                began: at("08:12"),
                seen: at("09:12"),
            };
            let other = SessionRow { is_here: false, ..session.clone() };
            let mut password = Form::with_values([("current", "geheim-1"), ("password", "kurz")]);
            password.refuse("current", texts::profile(language).current_wrong());
            let shown = ProfilePage {
                email: "m.thoms@brueckner-objekt.example".to_owned(),
                form: Form::with_values([("name", "Mareike <b>Thoms"), ("undo_seconds", "10")]),
                password,
                sessions: vec![session, other],
            };
            let html = page(&frame(language, frame::Place::Elsewhere), &shown);
            check(language, &html);
            for never in ["geheim-1", "value=\"kurz\"", "<b>Thoms", "<b>Linux"] {
                assert!(!html.0.contains(never), "{never}");
            }
            let alone = ProfilePage { sessions: Vec::new(), ..shown };
            check(language, &page(&frame(language, frame::Place::Elsewhere), &alone));
        }
    }
}
