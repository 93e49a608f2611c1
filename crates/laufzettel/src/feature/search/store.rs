//! SQL of the search: the messages of a page, and what the palette proposes.

use db::{Query, Result, View, from_row, json_list};
use values::Timestamp;

use crate::record::actor::{Actor, Areas};
use crate::record::packed::Packed;
use crate::record::{AreaId, EntryId, MessageId, TicketId};
use rules::right::Level;

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
         where t.id in (select id from (select id from ticket where number_key >=",
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

from_row! {
    /// A customer that the palette proposes.
    #[derive(Clone, Debug)]
    pub struct ProposedContact {
        /// The name.
        pub name: String,
        /// The main address.
        pub email: Option<String>,
        /// The company's name.
        pub company_name: Option<String>,
    }
}

from_row! {
    /// A company that the palette proposes.
    #[derive(Clone, Debug)]
    pub struct ProposedCompany {
        /// The name.
        pub name: String,
        /// Its number as a customer.
        pub customer_number: Option<String>,
    }
}

/// Companies whose name begins like this, as far as the actor sees a ticket of theirs.
pub async fn companies(
    view: &mut View<'_>,
    beginning: &str,
    actor: &Actor,
    limit: i64,
) -> Result<Vec<ProposedCompany>> {
    let end = format!("{beginning}{AFTER_ALL}");
    let mut query = Query::new(
        "select o.name, o.customer_number
         from (select id, name, name_key, customer_number from company where name_key >=",
    );
    query.bind(beginning).push("and name_key <").bind(end.as_str());
    query.push("order by name_key, id limit").bind(READ_FOR_ONE * limit).push(") o where 1 = 1");
    if actor.areas_with(Level::Read) != Areas::All {
        query.push("and exists (select 1 from ticket t where t.company = o.id");
        actor.push_visible(&mut query);
        query.push(")");
    }
    query.push("order by o.name_key, o.id limit").bind(limit);
    view.list(&query).await
}

/// Contacts whose name or address begins like this, as far as the actor sees a ticket of theirs.
pub async fn contacts(
    view: &mut View<'_>,
    beginning: &str,
    actor: &Actor,
    limit: i64,
) -> Result<Vec<ProposedContact>> {
    let end = format!("{beginning}{AFTER_ALL}");
    let mut query = Query::new(
        "select c.name,
                (select a.address from contact_address a where a.contact = c.id
                 order by a.position, a.address limit 1) as email,
                o.name as company_name
         from contact c
         left join company o on o.id = c.company
         where c.id in (select id from (select id from contact where name_key >=",
    );
    query.bind(beginning).push("and name_key <").bind(end.as_str());
    query.push("order by name_key, id limit").bind(READ_FOR_ONE * limit).push(") named");
    query.push(
        "union all select contact from (select contact from contact_address where address >=",
    );
    query.bind(beginning).push("and address <").bind(end.as_str());
    query.push("order by address limit").bind(READ_FOR_ONE * limit).push(") addressed )");
    if actor.areas_with(Level::Read) != Areas::All {
        query.push("and exists (select 1 from ticket t where t.contact = c.id");
        actor.push_visible(&mut query);
        query.push(")");
    }
    query.push("order by c.name_key, c.id limit").bind(limit);
    view.list(&query).await
}

/// Contacts that are read for each that is proposed, because some of them may not be seen.
const READ_FOR_ONE: i64 = 10;
