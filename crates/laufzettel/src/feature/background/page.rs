//! The workers as a page.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::{self, Frame, Layout, Moment};
use crate::service::watch::Round;
use crate::texts;

/// The workers.
#[derive(Clone, Debug)]
pub struct JobsPage {
    /// One row each.
    pub rows: Vec<Row>,
}

/// One worker.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which.
    pub round: Round,
    /// When it last ended a round.
    pub last: Option<Moment>,
    /// When it runs next.
    pub next: Option<Moment>,
    /// How it fares.
    pub state: State,
}

/// How a worker fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It has not run yet.
    Never,
    /// Its last round ended well.
    Well,
    /// Its last round failed, with these words for an operator.
    Failed(String),
    /// It should have run by now.
    Late,
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &JobsPage) -> Markup {
    let language = frame.language;
    let texts = texts::background(language);
    let main = html! {
        header {
            div class="bar" { (frame::navigation_button(language)) h1 { (texts.title()) } }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.title()) {
            div class="setpage" {
                header { p class="soft" { (texts.about()) } }
                div class="tablewrap" tabindex="0" role="region" aria-label=(texts.worker()) {
                    table class="table" {
                        thead { tr {
                            th scope="col" { (texts.worker()) }
                            th scope="col" { (texts.result()) }
                            th scope="col" { (texts.last()) }
                            th scope="col" { (texts.next()) }
                        } }
                        tbody { @for row in &page.rows { (print_row(language, row)) } }
                    }
                }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.title(), &main)
}

fn print_row(language: Language, row: &Row) -> Markup {
    html! {
        tr {
            th scope="row" { (name(language, row.round)) }
            td { span class="row row-tight" { (result(language, &row.state)) } }
            td { @if let Some(at) = &row.last { (frame::moment(at)) } @else { "–" } }
            td { @if let Some(at) = &row.next { (frame::moment(at)) } @else { "–" } }
        }
    }
}

fn result(language: Language, state: &State) -> Markup {
    let texts = texts::background(language);
    match state {
        State::Never => html! { span class="muted" { (texts.never()) } },
        State::Well => html! { (frame::icon_small("check")) " " (texts.well()) },
        State::Failed(words) => html! { (pill("red", texts.failed())) code { (words) } },
        State::Late => html! { (pill("amber", texts.late())) },
    }
}

fn pill(tone: &str, words: &str) -> Markup {
    html! { span class="pill" data-tone=(tone) { (frame::icon("triangle-alert")) (words) } }
}

fn name(language: Language, round: Round) -> &'static str {
    let texts = texts::background(language);
    match round {
        Round::Intake => texts.intake(),
        Round::Fetching => texts.fetching(),
        Round::Sending => texts.sending(),
        Round::SentCopies => texts.sent_copies(),
        Round::Notices => texts.notices(),
        Round::Resubmissions => texts.resubmissions(),
        Round::TidyingUp => texts.tidying_up(),
        Round::Files => texts.files(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::Place;
    use crate::record::frame::samples::{check, frame};

    #[test]
    fn every_worker_has_a_name_and_each_state_its_words() {
        let states =
            [State::Never, State::Well, State::Failed("disk is full".to_owned()), State::Late];
        for language in [Language::German, Language::English] {
            let rows = Round::ALL.into_iter().zip(states.iter().cycle());
            let rows = rows.map(|(round, state)| Row {
                round,
                last: None,
                next: None,
                state: state.clone(),
            });
            let page = page(&frame(language, Place::Elsewhere), &JobsPage { rows: rows.collect() });
            check(language, &page);
            let page = page.into_string();
            assert_eq!(page.matches("<th scope=\"row\"").count(), Round::ALL.len());
            assert!(page.contains("disk is full"));
        }
    }
}
