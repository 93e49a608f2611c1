//! The page of tokens: one's own, and for administrators those of all.

use maud::{Markup, html};
use values::Language;
use web::Form;

use crate::feature::agents::words;
use crate::record::actor::Scope;
use crate::record::frame::fields::{Labelled, Typed, check_one, line, select};
use crate::record::frame::{self, Frame, Layout, icon, icon_small};
use crate::texts;

/// Days that a token may work, as the form offers them; nothing for no end.
pub const DAYS: [&str; 4] = ["30", "90", "365", ""];

/// The tokens.
#[derive(Clone, Debug)]
pub struct TokensPage {
    /// What was typed for a new one.
    pub form: Form,
    /// For whom it can be; nobody to choose from if there is only oneself.
    pub people: Vec<(String, String)>,
    /// The secret of the one that was just made.
    pub secret: Option<String>,
    /// The tokens, newest first.
    pub tokens: Vec<TokenRow>,
    /// The way to older ones.
    pub older: Option<String>,
    /// Whether its reader may change settings and came from there.
    pub has_settings: bool,
}

/// A token.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// As whom it acts.
    pub person: String,
    /// What it may do, in words.
    pub scopes: String,
    /// When it was made, in words.
    pub made: String,
    /// When it ends, in words.
    pub until: Option<String>,
    /// How it stands.
    pub state: State,
}

/// How a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It works.
    Valid,
    /// Its time is over.
    Expired,
    /// Somebody revoked it.
    Revoked,
}

/// Prints the page.
pub fn page(frame: &Frame, page: &TokensPage) -> Markup {
    let language = frame.language;
    let (texts, common) = (texts::tokens(language), texts::common(language));
    let main = html! {
        header {
            div class="bar" {
                (frame::navigation_button(language))
                @if page.has_settings {
                    nav class="row row-tight trunc" aria-label=(common.settings()) {
                        a class="soft" href="/settings" { (common.settings()) }
                        span class="muted" aria-hidden="true" { "/" }
                    }
                }
                h1 { (texts.title()) }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.title()) {
            div class="setpage setform" {
                header { p class="soft" { (texts.about()) } }
                @if let Some(secret) = &page.secret { (once(language, secret)) }
                h2 { (texts.all()) }
                (list(language, page))
                h2 { (texts.new_token()) }
                (new(language, page))
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.title(), &main)
}

/// The secret, once.
fn once(language: Language, secret: &str) -> Markup {
    let texts = texts::tokens(language);
    html! {
        div class="note-line" role="status" {
            (icon("key-round"))
            div class="stack stack-tight" {
                b { (texts.once()) }
                input class="input secret" readonly value=(secret) aria-label=(texts.secret()) spellcheck="false";
            }
        }
    }
}

fn list(language: Language, page: &TokensPage) -> Markup {
    let texts = texts::tokens(language);
    html! {
        @if page.tokens.is_empty() { p class="soft" { (texts.none()) } } @else {
            div class="card tablewrap" tabindex="0" role="region" aria-label=(texts.all()) {
                table class="table" {
                    caption class="vh" { (texts.all()) }
                    thead {
                        tr {
                            th scope="col" { (texts.name()) }
                            th scope="col" { (texts.person()) }
                            th scope="col" { (texts.scopes()) }
                            th scope="col" { (texts.made()) }
                            th scope="col" { (texts.until()) }
                            th scope="col" { (texts.state()) }
                            td {}
                        }
                    }
                    tbody { @for one in &page.tokens { (row(language, one)) } }
                }
            }
        }
        @if let Some(older) = &page.older { a class="btn" href=(older) { (texts.older()) } }
    }
}

fn row(language: Language, one: &TokenRow) -> Markup {
    let texts = texts::tokens(language);
    let state = match one.state {
        State::Valid => texts.valid(),
        State::Expired => texts.expired(),
        State::Revoked => texts.revoked(),
    };
    html! {
        tr {
            th scope="row" { (one.name) }
            td { (one.person) }
            td { (one.scopes) }
            td { (one.made) }
            td { (one.until.as_deref().unwrap_or(texts.expires_never())) }
            td { (state) }
            td {
                @if one.state == State::Valid {
                    form method="post" action={ "/settings/tokens/" (one.id) "/revoke" } {
                        button class="btn btn-sm" aria-label=(texts.revoke_of(&one.name)) { (texts.revoke()) }
                    }
                }
            }
        }
    }
}

fn new(language: Language, page: &TokensPage) -> Markup {
    let (texts, form) = (texts::tokens(language), &page.form);
    let words_of = |days: &str| match days {
        "30" => texts.expires_30(),
        "90" => texts.expires_90(),
        "365" => texts.expires_365(),
        _ => texts.expires_never(),
    };
    let days = DAYS.map(|days| (days.to_owned(), words_of(days).to_owned()));
    html! {
        form class="stack" method="post" action="/settings/tokens" {
            (line(form, &Labelled::new("name", texts.name()).with(texts.name_hint()), Typed::NEEDED))
            fieldset class="stack stack-tight" aria-describedby=[form.problem("scopes").map(|_| "scopes-error")] {
                legend class="flabel" { (texts.scopes()) }
                @for scope in Scope::ALL { (check_one(form, "scopes", scope.code(), words::scope(language, scope))) }
                @if let Some(sentence) = form.problem("scopes") {
                    span class="error" id="scopes-error" role="alert" { (icon_small("circle-alert")) (sentence) }
                }
            }
            div class="fields" {
                (select(form, &Labelled::new("expires", texts.expires()), &days))
                @if page.people.len() > 1 { (select(form, &Labelled::new("agent", texts.person()), &page.people)) }
            }
            div { button class="btn btn-primary" { (texts.create()) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::Place;
    use crate::record::frame::samples::{LANGUAGES, check, frame};

    #[test]
    fn tokens_are_printed_in_both_languages_and_the_secret_once() {
        for language in LANGUAGES {
            let row = |state| TokenRow {
                id: "7".to_owned(),
                name: "<b>ERP</b>".to_owned(),
                person: "Mareike Thoms".to_owned(),
                scopes: words::scope(language, Scope::TicketsRead).to_owned(),
                made: "24.11.2026".to_owned(),
                until: None,
                state,
            };
            let mut form = Form::with_values([("expires", "90")]);
            form.refuse("scopes", texts::tokens(language).scopes_missing());
            let shown = TokensPage {
                form,
                people: vec![("7".to_owned(), "A".to_owned()), ("8".to_owned(), "B".to_owned())],
                secret: Some("lz_geheim".to_owned()),
                tokens: [State::Valid, State::Expired, State::Revoked].map(row).into(),
                older: Some("/x".to_owned()),
                has_settings: true,
            };
            let html = page(&frame(language, Place::Settings), &shown);
            check(language, &html);
            assert_eq!(html.0.matches("/revoke").count(), 1, "{}", html.0);
            assert!(html.0.contains("lz_geheim") && !html.0.contains("<b>ERP"), "{}", html.0);
            let none = TokensPage { secret: None, tokens: Vec::new(), older: None, ..shown };
            check(language, &page(&frame(language, Place::Settings), &none));
        }
    }
}
