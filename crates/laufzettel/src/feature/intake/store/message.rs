//! Writing the message of a mail: its row, the HTML of its parts, its files, what refers to it,
//! its search document.

use db::{Result, Tx, params, sql};
use rules::intake::Decided;
use serde_json::{Value, json};

use crate::feature::intake::apply::ApplyMail;
use crate::feature::intake::read::name_key;
use crate::record::message::{self, NewMessage};
use crate::record::{AreaId, AttachmentId, TicketId};
use crate::service::search::{self, Visibility};

/// Unknown mails by which a ticket is found: the one that is answered and some before it.
const UNKNOWN_MAX: usize = 3;

/// Writes the message of a mail into a ticket.
pub async fn message(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    ticket: TicketId,
    area: AreaId,
    decided: &Decided,
) -> Result<()> {
    let read = apply.read;
    let author = read.author();
    let subject: String = read.mail.subject.replace('\0', "");
    let message = NewMessage {
        id: read.message,
        ticket,
        visibility: "external",
        direction: Some(if apply.waiting.is_sent { "out" } else { "in" }),
        channel: "mail",
        author_name: &author,
        author_email: read.from().map(values::EmailAddress::as_str),
        agent: apply.sent_by(),
        at: read.at,
        created_at: apply.now,
        subject: &subject,
        recipients: &read.recipients,
        segments: &read.segments,
        files: &read.files,
        blocked_remote: read.blocked_remote,
        cleaner: read.cleaner,
        mail: Some(apply.waiting.id),
        mail_class: (read.class != rules::intake::MailClass::Personal).then(|| read.class.code()),
        evidence: Some(evidence(decided)),
        oddities: Some(read.oddities.clone()),
        concerns: None,
    };
    message::insert(tx, &message).await?;
    for (segment, html) in &read.html {
        message::insert_html(tx, read.message, *segment, html).await?;
    }
    attachments(tx, apply).await?;
    if let Some(message_id) = &read.mail.message_id {
        refer(tx, message_id, ticket, apply).await?;
    }
    search::insert(tx, &read.document, area, Visibility::External).await
}

async fn attachments(tx: &mut Tx<'_>, apply: &ApplyMail<'_>) -> Result<()> {
    let read = apply.read;
    for (file, found) in read.files.iter().zip(&read.attachments) {
        tx.execute(
            sql!(
                "insert into attachment (id, message, name, name_key, type, size_bytes, sha256,
                     raw_hash, part_path, blob_hash, content_id, is_inline, uploaded_by, created_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, $10, $11, null, $12)"
            ),
            params![
                AttachmentId::from_number(file.id),
                read.message,
                file.name.as_str(),
                name_key(&file.name),
                file.media_type.as_str(),
                file.size_bytes,
                found.sha256.as_slice(),
                read.raw_hash.as_slice(),
                found.path.as_str(),
                found.content_id.as_deref().map(|id| id.replace('\0', "")),
                found.is_inline,
                apply.now,
            ],
        )
        .await?;
    }
    Ok(())
}

/// Makes the ticket findable by the mails that its first one answers and nobody here knows: they may
/// come late, and others may answer them too.
pub async fn refer_to_unknown(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    apply: &ApplyMail<'_>,
) -> Result<()> {
    let named = apply.read.references.iter().filter(|referred| referred.own.is_none());
    for referred in named.take(UNKNOWN_MAX) {
        refer(tx, &referred.message_id, ticket, apply).await?;
    }
    Ok(())
}

/// Makes the ticket findable by a Message-ID, for answers to it.
async fn refer(
    tx: &mut Tx<'_>,
    message_id: &str,
    ticket: TicketId,
    apply: &ApplyMail<'_>,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into message_reference (message_id, ticket, message) values ($1, $2, $3)
             on conflict (message_id, ticket) do nothing"
        ),
        params![message_id.replace('\0', ""), ticket, apply.read.message],
    )
    .await
    .map(drop)
}

/// The evidence as it is stored: clue, detail, weight; notices with the weight 0.
pub fn evidence(decided: &Decided) -> String {
    let clues = decided.evidence.iter().map(|evidence| {
        json!({
            "clue": evidence.clue.code(),
            "detail": evidence.detail.replace('\0', ""),
            "weight": evidence.weight,
        })
    });
    let notices = decided.notices.iter().map(|notice| {
        json!({ "clue": notice.code(), "detail": notice.detail().replace('\0', ""), "weight": 0 })
    });
    Value::Array(clues.chain(notices).collect()).to_string()
}
