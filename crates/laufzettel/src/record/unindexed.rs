//! Tickets and messages without a search document, which they lack after their database was copied:
//! the index of one engine cannot be read by the other. Each document says what the operations that
//! wrote the record said.

use db::{Db, Operation, Result, Tx, from_row, params, sql};
use tokio::task::spawn_blocking;

use super::message::{File, Segment, search_text};
use super::packed::Packed;
use super::ticket::names;
use super::{AreaId, MessageId, TicketId};
use crate::service::search::{self, Document, Visibility};

/// Documents that are written together.
const BATCH: i64 = 500;

/// Writes the documents that are missing. `told` hears how many were written.
pub async fn index_missing(db: &Db, mut told: impl FnMut(u64)) -> Result<()> {
    let mut written = 0;
    let mut last = 0;
    loop {
        let tickets = missing_tickets(db, last).await?;
        let Some(newest) = tickets.last() else { break };
        last = newest.id.number();
        written += write(db, move || tickets.iter().map(Unindexed::of_ticket).collect()).await?;
        told(written);
    }
    last = 0;
    loop {
        let messages = missing_messages(db, last).await?;
        let Some(newest) = messages.last() else { return Ok(()) };
        last = newest.id.number();
        written += write(db, move || messages.iter().map(Unindexed::of_message).collect()).await?;
        told(written);
    }
}

from_row! {
    struct TicketText {
        id: TicketId,
        area: AreaId,
        number: String,
        subject: String,
        requester_name: String,
        requester_email: Option<String>,
        company: Option<String>,
        tags: String,
        former: Option<String>,
    }
}

async fn missing_tickets(db: &Db, behind: i64) -> Result<Vec<TicketText>> {
    let statement = sql!(
        sqlite: "select t.id, t.area, t.number, t.subject, t.requester_name, t.requester_email,
                        c.name as company, t.tags,
                        (select string_agg(g.number || ' ' || g.subject, ' ') from ticket g
                         where g.merged_into = t.id) as former
                 from ticket t
                 left join company c on c.id = t.company
                 where t.id > $1 and t.stage < 4
                   and not exists (select 1 from search s where s.rowid = t.id)
                 order by t.id
                 limit $2",
        postgres: "select t.id, t.area, t.number, t.subject, t.requester_name, t.requester_email,
                          c.name as company, t.tags,
                          (select string_agg(g.number || ' ' || g.subject, ' ') from ticket g
                           where g.merged_into = t.id) as former
                   from ticket t
                   left join company c on c.id = t.company
                   where t.id > $1 and t.stage < 4
                     and not exists (select 1 from search s where s.id = t.id)
                   order by t.id
                   limit $2"
    );
    db.all(statement, params![behind, BATCH]).await
}

from_row! {
    struct MessageText {
        id: MessageId,
        area: AreaId,
        visibility: String,
        subject: String,
        author_name: String,
        author_email: Option<String>,
        is_mail: bool,
        segments: Packed,
        attachments: String,
    }
}

async fn missing_messages(db: &Db, behind: i64) -> Result<Vec<MessageText>> {
    let statement = sql!(
        sqlite: "select m.id, t.area, m.visibility, m.subject, m.author_name, m.author_email,
                        case when m.mail is null then 0 else 1 end as is_mail, m.segments, m.attachments
                 from message m
                 join ticket t on t.id = m.ticket
                 where m.id > $1 and not exists (select 1 from search s where s.rowid = m.id)
                 order by m.id
                 limit $2",
        postgres: "select m.id, t.area, m.visibility, m.subject, m.author_name, m.author_email,
                          case when m.mail is null then 0 else 1 end as is_mail, m.segments, m.attachments
                   from message m
                   join ticket t on t.id = m.ticket
                   where m.id > $1 and not exists (select 1 from search s where s.id = m.id)
                   order by m.id
                   limit $2"
    );
    db.all(statement, params![behind, BATCH]).await
}

/// A document that is ready to be written.
struct Unindexed {
    document: Document,
    area: AreaId,
    visibility: Visibility,
}

impl Unindexed {
    fn of_ticket(ticket: &TicketText) -> Self {
        let text = [
            ticket.number.as_str(),
            &ticket.subject,
            &ticket.requester_name,
            ticket.requester_email.as_deref().unwrap_or_default(),
            ticket.company.as_deref().unwrap_or_default(),
            &names(&ticket.tags).join(" "),
            ticket.former.as_deref().unwrap_or_default(),
        ]
        .join("\n");
        Self {
            document: Document::new(ticket.id.number(), &text),
            area: ticket.area,
            visibility: Visibility::External,
        }
    }

    fn of_message(message: &MessageText) -> Self {
        let segments: Vec<Segment> = serde_json::from_str(&message.segments).unwrap_or_default();
        let files: Vec<File> = serde_json::from_str(&message.attachments).unwrap_or_default();
        let author = match &message.author_email {
            Some(email) if message.is_mail => format!("{} {email}", message.author_name),
            _ => message.author_name.clone(),
        };
        let text = search_text(&message.subject, &author, &segments, &files);
        Self {
            document: Document::new(message.id.number(), &text),
            area: message.area,
            visibility: match message.visibility.as_str() {
                "internal" => Visibility::Internal,
                _ => Visibility::External,
            },
        }
    }
}

/// Analyses on a thread of its own: a batch takes longer than a request may wait.
async fn write(db: &Db, analyse: impl FnOnce() -> Vec<Unindexed> + Send + 'static) -> Result<u64> {
    let documents = spawn_blocking(analyse).await.map_err(db::Failure::other)?;
    db.write(&WriteDocuments { documents: &documents }).await?;
    Ok(documents.len() as u64)
}

struct WriteDocuments<'a> {
    documents: &'a [Unindexed],
}

impl Operation for WriteDocuments<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        for one in self.documents {
            search::insert(tx, &one.document, one.area, one.visibility).await?;
        }
        Ok(())
    }
}
