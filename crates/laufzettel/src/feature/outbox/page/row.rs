//! One mail in the outbox: to whom and what, then what the server said.

use maud::{Markup, html};
use rules::sending::MailState;
use values::Language;

use super::state;
use crate::record::frame::{Current, Moment, icon, moment};
use crate::texts;

/// One mail in the outbox.
#[derive(Clone, Debug)]
pub struct Row {
    /// The mail's id.
    pub id: String,
    /// The address of the mail beside the list it stands in.
    pub href: String,
    /// Whether it is open beside the list.
    pub current: Current,
    /// Where it stands.
    pub state: MailState,
    /// When it was written.
    pub time: Moment,
    /// To whom it goes, ready to print.
    pub to: String,
    /// The subject; empty if it has none.
    pub subject: String,
    /// What the server said, or when it is tried next.
    pub said: String,
    /// What it is, or which ticket it is about.
    pub remark: String,
    /// Whether it may have arrived twice.
    pub perhaps_twice: bool,
}

/// One row of the outbox.
pub fn row(language: Language, row: &Row) -> Markup {
    let texts = texts::outbox(language);
    let subject = if row.subject.trim().is_empty() { texts.no_subject() } else { &row.subject };
    html! {
        li class="jrow" id={ "o" (row.id) } data-row=(row.id) data-tone=[state::tone(row.state)]
            aria-current=[row.current.mark()] {
            (icon(state::symbol(row.state)))
            span class="head" {
                (moment(&row.time))
                b class="trunc" { (row.to) }
                a class="trunc" href=(row.href) { (subject) }
            }
            span class="dec" { (state::short(row.state, language)) }
            span class="why trunc" { (row.said) }
            span class="odd" {
                @if row.perhaps_twice {
                    span class="pill" data-tone="amber" { (icon("triangle-alert")) (texts.twice()) }
                } @else { (row.remark) }
            }
        }
    }
}
