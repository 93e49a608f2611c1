//! SQL of the search: the messages of a page, and what the palette proposes.

use db::{Query, Result, View, from_row, json_list};
use values::Timestamp;

use crate::record::actor::Actor;
use crate::record::packed::Packed;
use crate::record::{AreaId, EntryId, MessageId, TicketId};

/// The end of every text that begins with some text, in the order of bytes.
const AFTER_ALL: char = '\u{10ffff}';

from_row! {
    /// A message that was found.
    #[derive(Clone, Debug)]
    pub struct FoundMessage {
        /// The message.
        pub id: MessageId,
        /// The number of its ticket.
        pub number: String,
        /// What its ticket is about.
        pub subject: String,
        /// `internal` or `external`.
        pub visibility: String,
        /// `in`, `out`, or nothing for an internal one.
        pub direction: Option<String>,
        /// The name of who wrote it.
        pub author_name: String,
        /// When it was written.
        pub at: Timestamp,
        /// To whom it went, as JSON.
        pub recipients: String,
        /// Its parts, as JSON.
        pub segments: Packed,
        /// Its files, as JSON.
        pub attachments: String,
    }
}

/// These messages, as far as the actor may see them, newest first.
pub async fn messages(
    view: &mut View<'_>,
    messages: &[i64],
    actor: &Actor,
) -> Result<Vec<FoundMessage>> {
    let mut query = Query::new(
        "select m.id, t.number, t.subject, m.visibility, m.direction, m.author_name, m.at, m.recipients,
                m.segments, m.attachments
         from message m join ticket t on t.id = m.ticket
         where",
    );
    query.push_in_ids("m.id", json_list(messages.iter().copied()));
    actor.push_visible(&mut query);
    query.push("order by m.id desc limit");
    query.bind(i64::try_from(messages.len()).unwrap_or(i64::MAX));
    view.list(&query).await
}

from_row! {
    /// A ticket that the palette proposes.
    #[derive(Clone, Debug)]
    pub struct ProposedTicket {
        /// The ticket.
        pub id: TicketId,
        /// Its number.
        pub number: String,
        /// Its number, folded.
        pub number_key: String,
        /// Its subject.
        pub subject: String,
        /// Its status.
        pub status: EntryId,
        /// Its area.
        pub area: AreaId,
    }
}

/// Tickets whose number begins like this, then these: open ones first, then the newest.
pub async fn tickets(
    view: &mut View<'_>,
    number: &str,
    found: impl IntoIterator<Item = i64>,
    actor: &Actor,
    limit: i64,
) -> Result<Vec<ProposedTicket>> {
    let (from, to) = (number.to_owned(), format!("{number}{AFTER_ALL}"));
    let mut query = Query::new(
        "select t.id, t.number, t.number_key, t.subject, t.status, t.area
         from ticket t
         where t.id in (select id from (select coalesce(merged_into, id) as id from ticket where number_key >=",
    );
    query.bind(from.as_str()).push("and number_key <").bind(to.as_str());
    query.push("order by number_key limit").bind(limit);
    query.push(") numbered union all select id from ticket where");
    query.push_in_ids("id", json_list(found)).push(")");
    actor.push_visible(&mut query);
    query.push("order by case when t.number_key >=").bind(from.as_str());
    query.push("and t.number_key <").bind(to.as_str());
    query.push("then 0 else 1 end, case when t.stage < 2 then 0 else 1 end, t.id desc limit");
    query.bind(limit);
    view.list(&query).await
}
