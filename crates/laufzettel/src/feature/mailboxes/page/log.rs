//! The last mails of a mailbox, and its last reconciliations.

use maud::{Markup, html};
use values::Language;

use crate::feature::journal::page::{Row, row};
use crate::record::frame::{Moment, moment};
use crate::texts;

/// What came last.
#[derive(Clone, Debug)]
pub struct Log {
    /// The mails, newest first.
    pub rows: Vec<Row>,
    /// The journal with all of them.
    pub all: String,
    /// The reconciliations, newest first.
    pub days: Vec<Day>,
}

/// One reconciliation. Figures are ready to print.
#[derive(Clone, Debug)]
pub struct Day {
    /// When.
    pub time: Moment,
    /// Mails that the server showed; `None` if there is none.
    pub on_server: Option<String>,
    /// Mails in the journal.
    pub in_journal: String,
    /// Mails in tickets.
    pub in_tickets: String,
    /// Mails among the exceptions.
    pub exceptions: String,
    /// Mails that are not accounted for.
    pub difference: String,
    /// Whether there are none.
    pub is_even: bool,
}

/// Prints them.
pub fn log(language: Language, log: &Log) -> Markup {
    let texts = texts::mailboxes(language);
    html! {
        div class="boxlog" {
            header class="row wrap" {
                h2 { (texts.last_mails()) }
                a class="linked" href=(log.all) { (texts.whole_journal()) }
            }
            @if log.rows.is_empty() { p class="soft" { (texts.no_mails()) } }
            @else { ul { @for one in &log.rows { (row(language, one)) } } }
            @if !log.days.is_empty() { (days(language, &log.days)) }
        }
    }
}

fn days(language: Language, days: &[Day]) -> Markup {
    let texts = texts::mailboxes(language);
    html! {
        header { h2 { (texts.reconciliations()) } }
        div class="tablewrap" tabindex="0" role="region" aria-label=(texts.reconciliations()) {
            table class="table" {
                thead {
                    tr {
                        th scope="col" { (texts.reconciliation_time()) }
                        @for name in [texts.seen(), texts.stored(), texts.applied(), texts.exceptions(), texts.difference()] {
                            th class="num" scope="col" { (name) }
                        }
                    }
                }
                tbody {
                    @for day in days {
                        tr data-tone=[(!day.is_even).then_some("red")] {
                            td { (moment(&day.time)) }
                            td class="num" { (day.on_server.as_deref().unwrap_or(texts.not_counted())) }
                            @for figure in [&day.in_journal, &day.in_tickets, &day.exceptions] { td class="num" { (figure) } }
                            td class="num" { b { (day.difference) } }
                        }
                    }
                }
            }
        }
    }
}
