//! One ticket in a list.

use maud::{Markup, PreEscaped, html};
use values::Language;

use crate::record::frame::{
    self, Deadline, DeadlineState, Moment, Person, Priority, Status, Tinted,
};
use crate::texts;

/// One ticket in a list.
#[derive(Clone, Debug)]
pub struct Row {
    /// The ticket's number.
    pub number: String,
    /// Whether something in it is unread.
    pub reading: Reading,
    /// Its status.
    pub status: Status,
    /// Its priority.
    pub priority: Priority,
    /// The company, or the person if there is none.
    pub customer: String,
    /// The person beside the company, short: `K. Brandt`.
    pub contact: Option<String>,
    /// The subject.
    pub subject: String,
    /// The beginning of the last message.
    pub snippet: String,
    /// How many messages it has.
    pub messages: u64,
    /// Its tags; narrow screens show one.
    pub tags: Vec<Tinted>,
    /// Its area, for whoever sees more than one.
    pub area: Option<Tinted>,
    /// Its deadline.
    pub deadline: Deadline,
    /// When it comes back.
    pub resubmission: Option<Moment>,
    /// Who is responsible.
    pub assignee: Option<Person>,
    /// When the customer last wrote.
    pub time: Moment,
}

/// How a row is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Something is unread: dot and weight.
    Unseen,
    /// Everything was read.
    Seen,
    /// It is done: quieter.
    Done,
}

/// Bytes of a printed row, rather too many than too few.
const ROW_BYTES: usize = 1_200;

/// The rows of a list. There are fifty on a page, so each holds as few elements and classes as it can,
/// and they share a text that need not grow.
pub fn rows(language: Language, rows: &[Row]) -> Markup {
    let mut text = String::with_capacity(rows.len() * ROW_BYTES);
    rows.iter().for_each(|row| text.push_str(&print(language, row, None).0));
    PreEscaped(text)
}

/// A row that takes the place of its older self, wherever that stands on the page.
pub fn changed_row(language: Language, row: &Row) -> Markup {
    print(language, row, Some(&format!("morph:[id='t-{}']", row.number)))
}

fn print(language: Language, row: &Row, out_of_band: Option<&str>) -> Markup {
    let texts = texts::list(language);
    html! {
        li class="trow" id={ "t-" (row.number) } data-new[row.reading == Reading::Unseen]
            data-done[row.reading == Reading::Done] hx-swap-oob=[out_of_band] {
            span class="chk" {
                input type="checkbox" name="ticket" value=(row.number) aria-label=(texts.select_ticket(&row.number));
            }
            @if row.reading == Reading::Unseen { (frame::unread(language)) }
            (frame::status(language, &row.status))
            (frame::priority(language, &row.priority))
            span class="nr" { (row.number) }
            span class="cust" {
                b { (row.customer) }
                @if let Some(contact) = &row.contact { span class="org" { "· " (contact) } }
            }
            (subject(language, row))
            @if let Some(area) = &row.area { span class="area" data-hue=(area.hue) { (area.name) } }
            // What is put off says when it comes back; only a deadline that has passed is more urgent.
            @match &row.resubmission {
                Some(moment) if row.deadline.state != DeadlineState::Over => {
                    (frame::resubmission(language, moment))
                }
                _ => {
                    @if row.deadline.state != DeadlineState::None { (frame::deadline(&row.deadline)) }
                }
            }
            (frame::assignee(language, row.assignee.as_ref()))
            (frame::short_moment(&row.time))
        }
    }
}

/// Leads to the ticket, at its first unread message if it has one.
fn subject(language: Language, row: &Row) -> Markup {
    let place = if row.reading == Reading::Unseen { "#unread" } else { "" };
    html! {
        span class="sub" {
            a href={ "/tickets/" (row.number) (place) } { (row.subject) }
            @if row.messages > 1 {
                small class="num" title=(texts::list(language).messages(row.messages)) { (row.messages) }
            }
            span class="snip" { (row.snippet) }
            @if !row.tags.is_empty() {
                span class="tags" { @for tag in &row.tags { (frame::tag(tag)) } }
            }
        }
    }
}
