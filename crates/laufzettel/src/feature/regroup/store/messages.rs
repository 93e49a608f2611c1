//! SQL of the messages that are carried, of the mails behind them and their search documents.

use db::{Query, Result, Tx, from_row, params, sql};
use values::Timestamp;

use crate::record::actor::ids_json;
use crate::record::message::{self, Segment, files_of};
use crate::record::packed::Packed;
use crate::record::{AreaId, MailId, MessageId, RegroupingId, TicketId};
use crate::service::search::{self, Document, Visibility};

from_row! {
    /// A message that is carried, without its words.
    #[derive(Clone, Debug)]
    pub struct Carried {
        /// The message.
        pub id: MessageId,
        /// `internal` or `external`.
        pub visibility: String,
        /// `in`, `out`, or nothing for an internal one.
        pub direction: Option<String>,
        /// `mail`, `web`, `phone` or `api`.
        pub channel: String,
        /// The name of who wrote it.
        pub author_name: String,
        /// The address of who wrote it.
        pub author_email: Option<String>,
        /// When it was written.
        pub at: Timestamp,
        /// What it is about.
        pub subject: String,
        /// To whom it went, as JSON.
        pub recipients: String,
        /// Its files, as JSON.
        pub attachments: String,
        /// The class of an automatic mail.
        pub mail_class: Option<String>,
        /// The journal entry it came with.
        pub mail: Option<MailId>,
        /// What brought it here before.
        pub regrouped: Option<RegroupingId>,
    }
}

impl Carried {
    /// The message with what brought it here, for the way back.
    pub fn before(&self) -> Option<(i64, i64)> {
        self.regrouped.map(|before| (self.id.number(), before.number()))
    }

    /// Whether it came from outside.
    pub fn is_of_person(&self) -> bool {
        self.visibility == "external" && self.direction.as_deref() == Some("in")
    }

    /// Whether a customer wrote it, and no machine.
    pub fn is_of_customer(&self) -> bool {
        self.is_of_person() && matches!(self.mail_class.as_deref(), None | Some("list"))
    }

    /// How many files it has.
    pub fn files(&self) -> usize {
        files_of(&self.attachments).iter().filter(|file| !file.inline).count()
    }
}

fn select() -> Query {
    Query::new(
        "select m.id, m.visibility, m.direction, m.channel, m.author_name, m.author_email, m.at,
                m.subject, m.recipients, m.attachments, m.mail_class, m.mail, m.regrouped
         from message m where m.ticket =",
    )
}

/// The messages of a ticket, oldest first.
pub async fn of_ticket(tx: &mut Tx<'_>, ticket: TicketId, limit: usize) -> Result<Vec<Carried>> {
    let mut query = select();
    query.bind(ticket).push("order by m.id limit");
    query.bind(i64::try_from(limit).unwrap_or(i64::MAX));
    tx.list(&query).await
}

/// Those of these messages that lie in the ticket, oldest first.
pub async fn chosen(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    messages: &[MessageId],
) -> Result<Vec<Carried>> {
    let mut query = select();
    query.bind(ticket).push("and").push_in_ids("m.id", ids_json(messages));
    query.push("order by m.id");
    tx.list(&query).await
}

/// The messages that a regrouping brought into a ticket and that are still there.
pub async fn brought(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    regrouping: RegroupingId,
) -> Result<Vec<Carried>> {
    let mut query = select();
    query.bind(ticket).push("and m.regrouped =").bind(regrouping).push("order by m.id");
    tx.list(&query).await
}

from_row! {
    struct CountRow {
        count: i64,
    }
}

/// How many messages a ticket has.
pub async fn count(tx: &mut Tx<'_>, ticket: TicketId) -> Result<usize> {
    let row: CountRow = tx
        .one(sql!("select count(*) as count from message where ticket = $1"), params![ticket])
        .await?;
    Ok(usize::try_from(row.count).unwrap_or_default())
}

/// Puts messages into a ticket.
pub async fn take(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    regrouping: RegroupingId,
    messages: &[MessageId],
) -> Result<()> {
    let mut query = Query::new("update message set ticket =");
    query.bind(ticket).push(", regrouped =").bind(regrouping);
    query.push("where").push_in_ids("id", ids_json(messages));
    tx.execute_query(&query).await.map(drop)
}

/// Puts messages back into the ticket they came from, with what had brought them there.
pub async fn give_back(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    messages: &[MessageId],
    before: &[(i64, i64)],
) -> Result<()> {
    let mut query = Query::new("update message set ticket =");
    query.bind(ticket).push(", regrouped = null where").push_in_ids("id", ids_json(messages));
    tx.execute_query(&query).await?;
    let mut by_regrouping: Vec<(i64, i64)> = before.iter().map(|(id, by)| (*by, *id)).collect();
    by_regrouping.sort_unstable();
    for alike in by_regrouping.chunk_by(|one, other| one.0 == other.0) {
        let Some((by, _)) = alike.first() else { continue };
        let ids: Vec<MessageId> = alike
            .iter()
            .map(|(_, id)| MessageId::from_number(*id))
            .filter(|id| messages.contains(id))
            .collect();
        let mut query = Query::new("update message set regrouped =");
        query.bind(*by).push("where").push_in_ids("id", ids_json(&ids));
        tx.execute_query(&query).await?;
    }
    Ok(())
}

/// The journal and the outbox say where the messages of their mails are.
pub async fn take_mails(tx: &mut Tx<'_>, ticket: TicketId, messages: &[Carried]) -> Result<()> {
    let mails: Vec<MailId> = messages.iter().filter_map(|message| message.mail).collect();
    let mut query = Query::new("update inbound_mail set ticket =");
    query.bind(ticket).push("where").push_in_ids("id", ids_json(&mails));
    tx.execute_query(&query).await?;
    let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
    let mut query = Query::new("update outbound_mail set ticket =");
    query.bind(ticket).push("where message is not null and");
    query.push_in_ids("message", ids_json(&ids));
    tx.execute_query(&query).await.map(drop)
}

from_row! {
    struct MessageText {
        id: MessageId,
        visibility: String,
        subject: String,
        author_name: String,
        author_email: Option<String>,
        is_mail: bool,
        segments: Packed,
        attachments: String,
    }
}

/// Writes the search documents of messages again: they are in another area.
pub async fn index_messages(tx: &mut Tx<'_>, messages: &[MessageId], area: AreaId) -> Result<()> {
    let mut query = Query::new(
        "select id, visibility, subject, author_name, author_email,
                (case when mail is null then 0 else 1 end) as is_mail, segments, attachments
         from message where",
    );
    query.push_in_ids("id", ids_json(messages)).push("order by id");
    for text in tx.list::<MessageText>(&query).await? {
        let segments: Vec<Segment> = serde_json::from_str(&text.segments).unwrap_or_default();
        // A mail is found by the address it came from, too.
        let author = match &text.author_email {
            Some(email) if text.is_mail => format!("{} {email}", text.author_name),
            _ => text.author_name.clone(),
        };
        let files = files_of(&text.attachments);
        let words = message::search_text(&text.subject, &author, &segments, &files);
        let visibility = match text.visibility.as_str() {
            "internal" => Visibility::Internal,
            _ => Visibility::External,
        };
        search::replace(tx, &Document::new(text.id.number(), &words), area, visibility).await?;
    }
    Ok(())
}
