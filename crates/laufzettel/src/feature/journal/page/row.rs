//! One mail in the journal: who and what, then why.

use maud::{Markup, html};
use values::Language;

use super::reason::{Outcome, Reason};
use crate::record::frame::{Current, Moment, icon, moment};
use crate::texts;

/// One mail in the journal.
#[derive(Clone, Debug)]
pub struct Row {
    /// The mail's id.
    pub id: String,
    /// The address of the mail beside the list it stands in.
    pub href: String,
    /// Whether it is open beside the list.
    pub state: Current,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// Whether it can be chosen, to be placed with others.
    pub select: Select,
    /// When it arrived.
    pub time: Moment,
    /// The sender, ready to print.
    pub from: String,
    /// The subject; empty if it has none.
    pub subject: String,
    /// What stands at the end.
    pub remark: Remark,
}

/// Whether a mail can be chosen in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Select {
    /// There is nothing to choose it for.
    #[default]
    Withheld,
    /// It has a box.
    Offered,
    /// Its box is ticked.
    Chosen,
}

/// What stands at the end of a row: something odd, else the mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Into which mailbox it came.
    Mailbox(String),
    /// It has attachments.
    Attachments(u64),
    /// Something is odd about it.
    Oddities(u64),
    /// It reports that a mail of ours did not arrive.
    Bounce,
    /// The sender does not take part in the ticket.
    Stranger,
    /// It could not be read.
    Quarantined,
}

/// One row of the journal.
pub fn row(language: Language, row: &Row) -> Markup {
    let texts = texts::journal(language);
    let subject = if row.subject.trim().is_empty() { texts.no_subject() } else { &row.subject };
    html! {
        li class="jrow" id={ "m" (row.id) } data-row=(row.id) data-tone=[row.outcome.tone()]
            aria-current=[row.state.mark()] {
            @if row.select == Select::Withheld { (icon(row.outcome.icon())) } @else {
                span class="pick" {
                    input type="checkbox" name="mail" value=(row.id) form="place" checked[row.select == Select::Chosen]
                        aria-label=(texts.choose(subject));
                }
            }
            span class="head" {
                (moment(&row.time))
                b class="trunc" { (row.from) }
                a class="trunc" href=(row.href) { (subject) }
            }
            span class="dec" { (row.outcome.short(language)) }
            span class="why trunc" { (row.reason.short(language)) }
            span class="odd" { (remark(language, &row.remark)) }
        }
    }
}

fn remark(language: Language, remark: &Remark) -> Markup {
    let texts = texts::journal(language);
    let pill = |tone: &str, symbol: &str, word: &str| html! { span class="pill" data-tone=(tone) { (icon(symbol)) (word) } };
    match remark {
        Remark::Mailbox(name) => html! { (name) },
        Remark::Attachments(count) => html! { (texts.attachments(*count)) },
        Remark::Oddities(count) => html! { (texts::ticket(language).oddities(*count)) },
        Remark::Bounce => pill("amber", "triangle-alert", texts.bounce()),
        Remark::Stranger => pill("plum", "user", texts.stranger()),
        Remark::Quarantined => pill("red", "triangle-alert", texts.quarantine()),
    }
}
