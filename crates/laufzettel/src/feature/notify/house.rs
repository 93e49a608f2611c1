//! Who else hears of tickets: the addresses that the house and its areas name (F-MAIL-60 to 64), and senders
//! of mails that were too large. What causes such a mail writes a job; the mail is made when the job is done.

use db::{Result, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use values::{EmailAddress, IdMaker, Timestamp};

use super::put;
use crate::record::directory::{Directory, by_id};
use crate::record::mail_rules::is_mailbox;
use crate::record::mailbox::Mailbox;
use crate::record::message::Mailbox as Named;
use crate::record::{AreaId, MessageId, TicketId};

/// Jobs that tell of a new ticket.
pub const NEW: &str = "house_new";
/// Jobs that tell of a customer's answer.
pub const ANSWER: &str = "house_answer";
/// Jobs that tell a sender that his mail was too large.
pub const TOO_LARGE: &str = "too_large";

/// Whether a job is one of these.
pub fn is_for_house(kind: &str) -> bool {
    matches!(kind, NEW | ANSWER | TOO_LARGE)
}

/// The facts of such a job.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// The message that it is about.
    pub message: Option<String>,
    /// Who is told, where the settings do not say so.
    pub to: Option<Named>,
    /// The largest mail that would have been taken, in MiB.
    pub mebibytes: i64,
}

/// Somebody who is told, and what the mail says first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The address.
    pub address: EmailAddress,
    /// Words of the area; `None` for the usual sentence.
    pub words: Option<String>,
}

/// Who hears of a new ticket, each address once; the area's own words go before the usual ones.
pub fn told_of_new(directory: &Directory, area: AreaId) -> Vec<Told> {
    let rules = &directory.mail_rules;
    let area = by_id(&directory.areas, area.number());
    let of_area = area.and_then(|area| area.told_new.as_deref()).unwrap_or_default();
    let words = area.and_then(|area| area.told_new_text.clone());
    let of_area = of_area.split(',').map(|text| (text, words.clone()));
    let house = rules.address.as_deref().filter(|_| rules.tells_new);
    let of_house = house.into_iter().chain(rules.told_of_new.as_deref()).map(|text| (text, None));
    each_once(directory, of_area.chain(of_house))
}

/// Who hears of a customer's answer.
pub fn told_of_answers(directory: &Directory) -> Vec<Told> {
    let rules = &directory.mail_rules;
    let house = rules.address.as_deref().filter(|_| rules.tells_answers);
    each_once(directory, house.into_iter().map(|text| (text, None)))
}

fn each_once<'a>(
    directory: &Directory,
    all: impl Iterator<Item = (&'a str, Option<String>)>,
) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for (text, words) in all {
        let Ok(address) = EmailAddress::parse(text.trim()) else { continue };
        let is_known = told.iter().any(|one| one.address == address);
        if directory.mail_rules.sends && !is_known && !is_mailbox(directory, &address) {
            told.push(Told { address, words });
        }
    }
    told
}

/// Tells of a new ticket.
pub async fn created(
    tx: &mut Tx<'_>,
    directory: &Directory,
    (ticket, area): (TicketId, AreaId),
    message: MessageId,
    (ids, now): (&IdMaker, Timestamp),
) -> Result<()> {
    if told_of_new(directory, area).is_empty() {
        return Ok(());
    }
    put(tx, NEW, ticket, about(message), ids, now).await
}

/// Tells of a customer's answer.
pub async fn answered(
    tx: &mut Tx<'_>,
    directory: &Directory,
    ticket: TicketId,
    message: MessageId,
    (ids, now): (&IdMaker, Timestamp),
) -> Result<()> {
    if told_of_answers(directory).is_empty() {
        return Ok(());
    }
    put(tx, ANSWER, ticket, about(message), ids, now).await
}

fn about(message: MessageId) -> serde_json::Value {
    json!(Detail { message: Some(message.to_string()), ..Detail::default() })
}

/// Tells a sender that his mail was too large.
pub async fn too_large(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    to: Named,
    mailbox: &Mailbox,
    (ids, now): (&IdMaker, Timestamp),
) -> Result<()> {
    let mebibytes = mailbox.options().mail_mebibytes_max;
    let detail = json!(Detail { to: Some(to), mebibytes, message: None });
    put(tx, TOO_LARGE, ticket, detail, ids, now).await
}
