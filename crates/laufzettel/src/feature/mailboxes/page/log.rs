//! The last mails of a mailbox.

use maud::{Markup, html};
use values::Language;

use crate::feature::journal::page::{Row, row};
use crate::texts;

/// What came last.
#[derive(Clone, Debug)]
pub struct Log {
    /// The mails, newest first.
    pub rows: Vec<Row>,
    /// The journal with all of them.
    pub all: String,
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
        }
    }
}
