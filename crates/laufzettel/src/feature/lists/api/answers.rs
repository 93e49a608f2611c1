//! What a body says about the answers of an area, or everything that is wrong with it.

use super::bodies::Body;
use super::run::within;
use crate::api::{Call, Findings, html, invalid, sender, word};
use crate::feature::lists::{AnswerFields, Row, told};
use crate::feature::notify::closing::TEXT_LETTERS_MAX;
use web::Problem;

/// Days after closing until a mail makes a new ticket.
const DAYS: std::ops::RangeInclusive<i64> = 0..=3650;

/// The fields about answers. `before` is the area as it is; a new one is not there yet.
pub fn answers(
    call: &Call,
    body: &Body,
    before: Option<&Row>,
    findings: &mut Findings,
) -> AnswerFields {
    let mut chosen = |field: &str, text: &Option<String>, words: &[&'static str]| {
        let checked = text.as_deref().map(|text| word(field, text, words)).transpose();
        findings.keep(checked).flatten()
    };
    let answers = AnswerFields {
        quote: chosen("quote", &body.quote, &["none", "last", "all"]),
        on_answer: chosen(
            "on_answer",
            &body.on_answer,
            &["keep", "in_progress", "waiting_requester", "done"],
        ),
        on_customer_answer: chosen(
            "on_customer_answer",
            &body.on_customer_answer,
            &["by_assignee", "unread", "in_progress"],
        ),
        after_closing: chosen(
            "after_closing",
            &body.after_closing,
            &["as_new", "as_open", "linked"],
        ),
        closing_mail: chosen("closing_mail", &body.closing_mail, &["ask", "send", "none"]),
        inform_assignee: chosen(
            "inform_assignee",
            &body.inform_assignee,
            &["ask", "always", "never"],
        ),
        confirm_closing: body.confirm_closing,
        notify_requester: body.notify_requester,
        ..AnswerFields::default()
    };
    let by = body.sender.as_ref();
    let by = by.map(|text| sender(&call.directory, "sender", text.as_deref())).transpose();
    let days = body.linked_after_days;
    let days = days.map(|days| within("linked_after_days", days, DAYS)).transpose();
    let piece = |field: &str, text: &Option<Option<String>>| {
        text.as_ref().map(|text| html(field, text.as_deref())).transpose()
    };
    let answers = AnswerFields {
        sender: findings.keep(by).flatten(),
        linked_after_days: findings.keep(days).flatten(),
        mail_header: findings.keep(piece("mail_header", &body.mail_header)).flatten(),
        mail_footer: findings.keep(piece("mail_footer", &body.mail_footer)).flatten(),
        closing_text: findings.keep(long_text("closing_text", &body.closing_text)).flatten(),
        told_new: findings.keep(told_new(call, &body.told_new)).flatten(),
        told_new_text: findings.keep(long_text("told_new_text", &body.told_new_text)).flatten(),
        ..answers
    };
    if is_without_days(&answers, before) {
        let problem = invalid("linked_after_days", "missing", "after how many days");
        findings.keep::<()>(Err(problem));
    }
    answers
}

/// Addresses that hear of new tickets; none is none.
fn told_new(
    call: &Call,
    addresses: &Option<Option<Vec<String>>>,
) -> Result<Option<Option<String>>, Problem> {
    let Some(addresses) = addresses else { return Ok(None) };
    let text = addresses.as_deref().unwrap_or_default().join("\n");
    match told::list(&call.directory, &text) {
        Ok(list) => Ok(Some(list)),
        Err(wrong) => Err(invalid("told_new", wrong.code, &wrong.text)),
    }
}

/// A text of a mail; a blank one is none.
fn long_text(
    field: &str,
    text: &Option<Option<String>>,
) -> Result<Option<Option<String>>, Problem> {
    let Some(Some(text)) = text else { return Ok(text.clone()) };
    if text.chars().count() > TEXT_LETTERS_MAX {
        return Err(invalid(field, "too_long", "at most 10,000 letters"));
    }
    let text = text.replace('\0', "");
    Ok(Some((!text.trim().is_empty()).then_some(text)))
}

/// Whether mails to closed tickets shall make new ones, but nobody says from when on.
fn is_without_days(answers: &AnswerFields, before: Option<&Row>) -> bool {
    let stored = before.and_then(|row| row.after_closing.as_deref());
    let stored_days = before.and_then(|row| row.linked_after_days);
    let is_linked = answers.after_closing.as_deref().or(stored) == Some("linked");
    is_linked && answers.linked_after_days.unwrap_or(stored_days).is_none()
}
