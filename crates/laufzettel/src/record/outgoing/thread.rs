//! What a ticket says for a mail that is added to it: the mails before it, the last message, where
//! it came from.

use db::{Reading, Result, View, from_row, params, sql};
use values::{Language, Timestamp};

use super::sender::Origin;
use crate::record::message::{Recipients, Segment};
use crate::record::packed::Packed;
use crate::record::{MailboxId, MessageId, TicketId};

/// Mails that `References` names besides the anchor (RFC 5322 section 3.6.4 wants all; lines end).
const REFERENCES_MAX: i64 = 20;
/// Messages that "the whole conversation" quotes.
const QUOTED_MAX: i64 = 30;

/// How much of the conversation stands below a mail (F-OUT-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// Nothing.
    None,
    /// The last message.
    Last,
    /// All external messages, newest first.
    All,
}

impl Quote {
    /// What an area says.
    pub fn from_code(code: &str) -> Self {
        match code {
            "none" => Self::None,
            "all" => Self::All,
            _ => Self::Last,
        }
    }

    fn limit(self) -> i64 {
        match self {
            Self::None => 0,
            Self::Last => 1,
            Self::All => QUOTED_MAX,
        }
    }
}

/// A message that is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub author: String,
    /// The address of who wrote it.
    pub address: Option<String>,
    /// Its subject.
    pub subject: String,
    /// To whom it went.
    pub recipients: Recipients,
    /// Its text without signature and quotes.
    pub text: String,
    /// The same as cleaned HTML, if it came so.
    pub html: Option<String>,
}

/// What a ticket says for a mail.
#[derive(Clone, Debug, Default)]
pub struct Thread {
    /// Message-IDs of the mails before, oldest first.
    pub references: Vec<String>,
    /// What is quoted, newest first.
    pub quoted: Vec<Last>,
    /// Where the ticket came from.
    pub origin: Origin,
    /// The language of the customer, if it is known (F-OUT-11).
    pub language: Option<Language>,
    /// The newest message, whatever it is.
    pub newest: Option<MessageId>,
}

/// Reads it.
pub struct ReadThread {
    /// The ticket.
    pub ticket: TicketId,
    /// How much is quoted.
    pub quote: Quote,
    /// Whether the whole text is quoted with what it quotes itself, as a forwarded mail needs.
    pub is_whole: bool,
}

from_row! {
    struct IdRow {
        message_id: Option<String>,
    }
}

from_row! {
    struct OriginRow {
        mailbox: Option<MailboxId>,
        recipients: String,
    }
}

from_row! {
    struct NewestRow {
        newest: Option<MessageId>,
    }
}

from_row! {
    struct QuotedRow {
        at: Timestamp,
        author_name: String,
        author_email: Option<String>,
        subject: String,
        recipients: String,
        segments: Packed,
        html: Option<Packed>,
    }
}

impl Reading for ReadThread {
    type Outcome = Thread;

    async fn run(&self, view: &mut View<'_>) -> Result<Thread> {
        let newest: NewestRow = view
            .one(
                sql!("select max(id) as newest from message where ticket = $1"),
                params![self.ticket],
            )
            .await?;
        Ok(Thread {
            references: references(view, self.ticket).await?,
            quoted: self.quoted(view).await?,
            origin: origin(view, self.ticket).await?,
            language: language(view, self.ticket).await?,
            newest: newest.newest,
        })
    }
}

/// In the order in which they came: the clocks of customers are not to be trusted.
async fn references(view: &mut View<'_>, ticket: TicketId) -> Result<Vec<String>> {
    let rows: Vec<IdRow> = view
        .all(
            sql!(
                "select coalesce(j.message_id, o.message_id) as message_id
                 from message m
                 left join inbound_mail j on j.id = m.mail
                 left join outbound_mail o on o.message = m.id
                 where m.ticket = $1 and m.visibility = 'external'
                   and coalesce(j.message_id, o.message_id) is not null
                   and coalesce(o.kind, '') <> 'forward'
                 order by m.created_at desc, m.id desc
                 limit $2"
            ),
            params![ticket, REFERENCES_MAX],
        )
        .await?;
    Ok(rows.into_iter().rev().filter_map(|row| row.message_id).collect())
}

from_row! {
    struct LanguageRow {
        language: Option<String>,
    }
}

async fn language(view: &mut View<'_>, ticket: TicketId) -> Result<Option<Language>> {
    let row: Option<LanguageRow> = view
        .optional(
            sql!(
                "select c.language from ticket t join contact c on c.id = t.contact where t.id = $1"
            ),
            params![ticket],
        )
        .await?;
    Ok(row.and_then(|row| row.language).as_deref().and_then(Language::from_code))
}

async fn origin(view: &mut View<'_>, ticket: TicketId) -> Result<Origin> {
    let row: Option<OriginRow> = view
        .optional(
            sql!(
                "select j.mailbox, m.recipients
                 from message m join inbound_mail j on j.id = m.mail
                 where m.ticket = $1
                 order by m.id desc
                 limit 1"
            ),
            params![ticket],
        )
        .await?;
    let Some(row) = row else { return Ok(Origin::default()) };
    let recipients: Recipients = serde_json::from_str(&row.recipients).unwrap_or_default();
    let all = recipients.to.iter().chain(&recipients.cc);
    let addresses: Vec<String> = all.map(|mailbox| mailbox.email.to_lowercase()).collect();
    let received: Option<AddressRow> = view
        .optional(
            sql!(
                sqlite: "select address from mailbox_address where mailbox = $1
                         and address in (select value from json_each($2))
                         order by position limit 1",
                postgres: "select address from mailbox_address where mailbox = $1
                           and address in (select value from json_array_elements_text($2::json))
                           order by position limit 1"
            ),
            params![row.mailbox, crate::record::message::json(&addresses)],
        )
        .await?;
    Ok(Origin { mailbox: row.mailbox, received_by: received.map(|row| row.address) })
}

from_row! {
    struct AddressRow {
        address: String,
    }
}

impl ReadThread {
    async fn quoted(&self, view: &mut View<'_>) -> Result<Vec<Last>> {
        if self.quote == Quote::None {
            return Ok(Vec::new());
        }
        // An answer quotes what it answers, even after words of ours.
        let is_last_received = self.quote == Quote::Last && !self.is_whole;
        let rows: Vec<QuotedRow> = view
            .all(
                sql!(
                    "select m.at, m.author_name, m.author_email, m.subject, m.recipients, m.segments,
                            h.html
                     from message m
                     left join message_html h on h.message = m.id and h.segment = 0
                     where m.ticket = $1 and m.visibility = 'external'
                     order by (case when $3 = 1 and m.direction <> 'in' then 1 else 0 end), m.at desc, m.id desc
                     limit $2"
                ),
                params![self.ticket, self.quote.limit(), is_last_received],
            )
            .await?;
        Ok(rows.into_iter().map(|row| self.last(row)).collect())
    }

    fn last(&self, row: QuotedRow) -> Last {
        let segments: Vec<Segment> = serde_json::from_str(&row.segments).unwrap_or_default();
        let is_quoted = |segment: &&Segment| self.is_whole || segment.kind == "new";
        let text: Vec<&str> =
            segments.iter().filter(is_quoted).map(|segment| segment.text.as_str()).collect();
        // HTML is kept for each part on its own; the first part stands for the whole only if it is all.
        let is_all = segments.iter().filter(is_quoted).count() == 1;
        let is_html = segments.first().is_some_and(|first| first.html && is_quoted(&first));
        Last {
            at: row.at,
            author: row.author_name,
            address: row.author_email,
            subject: row.subject,
            recipients: serde_json::from_str(&row.recipients).unwrap_or_default(),
            text: text.join("\n").trim().to_owned(),
            html: row.html.map(|html| html.to_string()).filter(|_| is_html && is_all),
        }
    }
}
