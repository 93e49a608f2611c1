//! SQL of the ticket page.

use db::{Db, Query, Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::read::NoteReading;
use crate::record::actor::Actor;
use crate::record::draft::{self, Saved};
use crate::record::packed::Packed;
use crate::record::ticket::{StoredStage, Ticket};
use crate::record::{AttachmentId, EntryId, MailboxId, MessageId};

/// Other tickets of the customer.
const OTHERS_MAX: i64 = 6;
/// Rows of the ticket itself: one for each kind of draft, and that which was sent last.
const DRAFTS_MAX: i64 = 4;
/// Files of one message.
const FILES_MAX: i64 = 1_000;

from_row! {
    /// Another ticket of the same customer.
    #[derive(Clone, Debug)]
    pub struct OtherTicket {
        /// Its number.
        pub number: String,
        /// Its subject.
        pub subject: String,
        /// Its status.
        pub status: EntryId,
        /// Its stage.
        pub stage: StoredStage,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// Up to which message the reader has read the ticket of the page.
        pub read_to: Option<MessageId>,
        /// What a draft of the reader is, if this is the ticket of the page.
        pub draft_kind: Option<String>,
        /// What it says.
        pub draft_content: Option<String>,
        /// When it was saved.
        pub draft_saved_at: Option<Timestamp>,
        /// 0 for the ticket of the page.
        pub place: i64,
        /// Whether the same person asks.
        pub is_of_person: bool,
        /// Whether somebody said that it is not about the same as the ticket of the page.
        pub is_distinct: bool,
    }
}

impl OtherTicket {
    /// Whether it is the ticket of the page.
    pub fn is_own(&self) -> bool {
        self.place == 0
    }

    /// The draft in this row.
    pub fn draft(&self) -> Option<Saved> {
        let content = self.draft_content.as_deref()?;
        draft::read_columns(self.draft_kind.as_deref()?, content, self.draft_saved_at?)
    }
}

/// The ticket itself first, then others of the same person or company that the actor may see, the
/// last changed first.
pub async fn others(
    view: &mut View<'_>,
    actor: &Actor,
    ticket: &Ticket,
) -> Result<Vec<OtherTicket>> {
    let mut query = Query::new(
        "select t.number, t.subject, t.status, t.stage, t.updated_at, r.message as read_to,
                d.kind as draft_kind, d.content as draft_content, d.saved_at as draft_saved_at,
                (case when t.id =",
    );
    query.bind(ticket.id).push("then 0 else 1 end) as place, (case when t.contact =");
    query.bind(ticket.contact).push("or t.requester_email =");
    query.bind(ticket.requester_email.as_deref()).push("then 1 else 0 end) as is_of_person,");
    query.push(
        "(case when exists (select 1 from ticket_distinct n where n.other = t.id and n.ticket =",
    );
    query.bind(ticket.id).push(") then 1 else 0 end) as is_distinct, t.id from ticket t");
    query.push("left join reading r on r.ticket = t.id and r.agent =").bind(actor.agent);
    query.push("left join draft d on d.ticket = t.id and d.agent =").bind(actor.agent);
    query.push("and t.id =").bind(ticket.id);
    query.push("where t.id in (select id from ticket where id =").bind(ticket.id);
    query.push("union select id from (select id from ticket where contact =").bind(ticket.contact);
    query.push("order by id desc limit").bind(OTHERS_MAX + 1).push(") by_contact");
    query.push("union select id from (select id from ticket where requester_email =");
    query.bind(ticket.requester_email.as_deref());
    query.push("order by id desc limit").bind(OTHERS_MAX + 1).push(") by_address");
    query.push("union select id from (select id from ticket where company =").bind(ticket.company);
    query.push("order by id desc limit").bind(OTHERS_MAX + 1).push(") by_company )");
    actor.push_visible(&mut query);
    query.push("order by place, t.updated_at desc, t.id desc limit").bind(OTHERS_MAX + DRAFTS_MAX);
    view.list(&query).await
}

from_row! {
    /// Where a message belongs.
    #[derive(Clone, Debug)]
    pub struct Belonging {
        /// The number of its ticket.
        pub number: String,
        /// The state of its mail, if it came as one.
        pub state: Option<String>,
        /// What became of its mail.
        pub outcome: Option<String>,
        /// The mailbox by which it came.
        pub mailbox: Option<MailboxId>,
    }
}

/// The ticket that a message is in, and what became of its mail.
pub async fn belonging(view: &mut View<'_>, message: MessageId) -> Result<Option<Belonging>> {
    view.optional(
        sql!(
            "select t.number, j.state, j.outcome, j.mailbox
             from message m join ticket t on t.id = m.ticket left join inbound_mail j on j.id = m.mail
             where m.id = $1"
        ),
        params![message],
    )
    .await
}

from_row! {
    /// The HTML of a segment.
    #[derive(Clone, Debug)]
    pub struct StoredHtml {
        /// The HTML, cleaned.
        pub html: Packed,
        /// The version of the cleaner.
        pub cleaner: i64,
    }
}

/// The HTML of one segment of a message.
pub async fn html(db: &Db, message: MessageId, segment: i64) -> Result<Option<StoredHtml>> {
    db.optional(
        sql!(
            "select h.html, m.cleaner
             from message_html h join message m on m.id = h.message
             where h.message = $1 and h.segment = $2"
        ),
        params![message, segment],
    )
    .await
}

from_row! {
    /// A file that the HTML of its message may show.
    #[derive(Clone, Debug)]
    pub struct InlineFile {
        /// The file.
        pub id: AttachmentId,
        /// The name by which the HTML calls it (RFC 2392).
        pub content_id: Option<String>,
    }
}

/// The files of a message.
pub async fn inline_files(db: &Db, message: MessageId) -> Result<Vec<InlineFile>> {
    db.all(
        sql!("select id, content_id from attachment where message = $1 order by id limit $2"),
        params![message, FILES_MAX],
    )
    .await
}

/// Remembers how far an agent has read a ticket.
pub async fn note_reading(tx: &mut Tx<'_>, note: &NoteReading) -> Result<()> {
    tx.execute(
        sql!(
            "insert into reading (agent, ticket, message) values ($1, $2, $3)
             on conflict (agent, ticket) do update set message = excluded.message
             where reading.message < excluded.message"
        ),
        params![note.agent, note.ticket, note.message],
    )
    .await
    .map(drop)
}
