//! The page that corrects a message.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::{self, Frame, Layout};
use crate::texts;

/// The page.
#[derive(Clone, Debug)]
pub struct CorrectPage {
    /// The message.
    pub id: String,
    /// The number of its ticket.
    pub number: String,
    /// Whether its words may be changed.
    pub words: bool,
    /// What it is about.
    pub subject: String,
    /// Its own words.
    pub text: String,
    /// When it was written, for a field.
    pub at: String,
    /// Who can be concerned: id, name, and whether he is.
    pub team: Vec<(String, String, bool)>,
    /// The field that is to be mended and why.
    pub problem: Option<(&'static str, String)>,
}

/// Prints the page.
pub fn page(frame: &Frame, page: &CorrectPage) -> Markup {
    let language = frame.language;
    let texts = texts::correct(language);
    let back = format!("/tickets/{}", page.number);
    let main = html! {
        header {
            div class="bar" { (frame::navigation_button(language)) h1 { (texts.title()) } }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.title()) {
            form class="setpage" method="post" action={ "/messages/" (page.id) "/correct" } {
                p class="soft" { (texts.of_ticket(&page.number)) }
                @if page.words { (words(language, page)) } @else { p class="muted" { (texts.has_left()) } }
                (moment(language, page))
                (concerned(language, page))
                div class="row row-tight" {
                    button class="btn btn-primary" { (texts.save()) }
                    a class="btn" href=(back) { (texts.cancel()) }
                }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.title(), &main)
}

fn words(language: Language, page: &CorrectPage) -> Markup {
    let texts = texts::correct(language);
    let wrong = page.problem.as_ref().filter(|(field, _)| *field == "text");
    html! {
        div class="field" {
            label for="subject" { (texts.subject()) }
            input class="input" id="subject" size="60" name="subject" maxlength="500" value=(page.subject);
        }
        div class="field" {
            label for="text" { (texts.text()) }
            textarea class="textarea" id="text" name="text" rows="8" aria-invalid=[wrong.map(|_| "true")]
                aria-describedby="text-hint" { (maud::PreEscaped("\n")) (page.text) }
            span class="hint" id="text-hint" { (texts.text_hint()) }
            (error(wrong))
        }
    }
}

fn moment(language: Language, page: &CorrectPage) -> Markup {
    let texts = texts::correct(language);
    let wrong = page.problem.as_ref().filter(|(field, _)| *field == "at");
    html! {
        div class="field" {
            label for="at" { (texts.at()) }
            input class="input" id="at" type="datetime-local" name="at" required value=(page.at)
                aria-invalid=[wrong.map(|_| "true")];
            (error(wrong))
        }
    }
}

fn concerned(language: Language, page: &CorrectPage) -> Markup {
    let wrong = page.problem.as_ref().filter(|(field, _)| *field == "concerns");
    html! {
        fieldset class="stack stack-tight" {
            legend class="flabel" { (texts::correct(language).concerns()) }
            @for (id, name, is_chosen) in &page.team {
                label class="check" {
                    input type="checkbox" name="concerns" value=(id) checked[*is_chosen];
                    " " (name)
                }
            }
            (error(wrong))
        }
    }
}

fn error(wrong: Option<&(&'static str, String)>) -> Markup {
    html! { @if let Some((_, sentence)) = wrong { span class="error" role="alert" { (sentence) } } }
}
