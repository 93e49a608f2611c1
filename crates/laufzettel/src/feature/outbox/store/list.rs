//! Lists of mails that leave, newest first, as far as somebody may read them.

use db::{Query, Result, View, from_row, json_list, params, sql};
use values::Timestamp;

use crate::record::actor::ids_json;
use crate::record::{AgentId, AreaId, OutboundId, TicketId};

/// Mails whose subjects and recipients are compared with words.
const NEWEST_MAX: i64 = 1_000;
/// Greater than every letter that follows a beginning; text compares byte by byte.
const AFTER_ALL: char = '\u{10ffff}';

/// The areas whose mails are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readable {
    /// All, and the mails without a ticket.
    All,
    /// These.
    Some(Vec<AreaId>),
}

/// Mails that are looked for by something exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A recipient whose address begins so.
    To(String),
    /// The Message-ID.
    MessageId(String),
    /// The ticket.
    Ticket(TicketId),
    /// The mails themselves.
    Ids(Vec<i64>),
}

from_row! {
    /// A mail in a list.
    #[derive(Clone, Debug)]
    pub struct ListedOut {
        /// The mail.
        pub id: OutboundId,
        /// The number of the ticket.
        pub number: Option<String>,
        /// What it is ([`crate::service::outbox::Kind`]).
        pub kind: String,
        /// Who wrote or caused it.
        pub agent: Option<AgentId>,
        /// The sender's name.
        pub from_name: String,
        /// The sender's address.
        pub from_address: String,
        /// The subject.
        pub subject: String,
        /// The Message-ID.
        pub message_id: String,
        /// Where it stands ([`rules::sending::MailState`]).
        pub state: String,
        /// When it was written.
        pub created_at: Timestamp,
        /// When something has to be done with it.
        pub next_at: Option<Timestamp>,
        /// Tries so far.
        pub attempts: i64,
        /// What was said last.
        pub words: Option<String>,
        /// When the server took it.
        pub sent_at: Option<Timestamp>,
        /// Whether it may have arrived twice.
        pub perhaps_twice: bool,
    }
}

/// A list of mails, newest first.
pub struct List<'a> {
    /// Whose mails.
    pub readable: &'a Readable,
    /// The states; none for all.
    pub states: &'a [&'static str],
    /// What is looked for; a mail with one of these is found. `None` for everything.
    pub keys: Option<&'a [Key]>,
    /// From this one on.
    pub since: OutboundId,
    /// Mails before this one.
    pub before: OutboundId,
    /// How many.
    pub limit: i64,
}

/// The rows of a list.
pub async fn list(view: &mut View<'_>, list: &List<'_>) -> Result<Vec<ListedOut>> {
    view.list(&list.query()).await
}

impl List<'_> {
    fn query(&self) -> Query {
        let mut query = Query::new(
            "select m.id, t.number, m.kind, m.agent, m.from_name, m.from_address, m.subject,
                    m.message_id, m.state, m.created_at, m.next_at, m.attempts, m.words, m.sent_at,
                    m.perhaps_twice
             from outbound_mail m left join ticket t on t.id = m.ticket
             where m.id in (",
        );
        match (self.keys, self.states) {
            (Some([]), _) => {
                query.push("select m.id from outbound_mail m where 1 = 0");
            }
            (Some(keys), _) => {
                for (place, key) in keys.iter().enumerate() {
                    self.push_strand(&mut query, place, Some(key), self.states);
                }
            }
            (None, []) => self.push_strand(&mut query, 0, None, &[]),
            (None, states) => {
                for (place, state) in states.iter().enumerate() {
                    self.push_strand(&mut query, place, None, std::slice::from_ref(state));
                }
            }
        }
        query.push(") order by m.id desc limit").bind(self.limit);
        query
    }

    /// A part of the list that one index gives in order.
    fn push_strand(
        &self,
        query: &mut Query,
        place: usize,
        key: Option<&Key>,
        states: &[&'static str],
    ) {
        query.push(if place == 0 { "" } else { "union all" });
        query.push("select id from (select m.id as id from outbound_mail m where m.id <");
        query.bind(self.before).push("and m.id >=").bind(self.since);
        if let Some(key) = key {
            push_key(query, key);
        }
        push_states(query, states);
        push_readable(query, self.readable);
        query.push("order by m.id desc limit").bind(self.limit).push(") part");
    }
}

fn push_key(query: &mut Query, key: &Key) {
    match key {
        Key::To(beginning) => {
            query.push("and m.id in (select r.mail from outbound_recipient r where r.address >=");
            query.bind(beginning.as_str()).push("and r.address <");
            query.bind(format!("{beginning}{AFTER_ALL}")).push(")")
        }
        Key::MessageId(id) => query.push("and m.message_id =").bind(id.as_str()),
        Key::Ticket(ticket) => query.push("and m.ticket =").bind(*ticket),
        Key::Ids(ids) => query.push("and").push_in_ids("m.id", json_list(ids.iter().copied())),
    };
}

fn push_states(query: &mut Query, states: &[&'static str]) {
    match states {
        [] => {}
        [state] => {
            query.push("and m.state =").bind(*state);
        }
        states => {
            for (place, state) in states.iter().enumerate() {
                query.push(if place == 0 { "and m.state in (" } else { "," }).bind(*state);
            }
            query.push(")");
        }
    }
}

fn push_readable(query: &mut Query, readable: &Readable) {
    if let Readable::Some(areas) = readable {
        query.push("and exists (select 1 from ticket r where r.id = m.ticket and");
        query.push_in_ids("r.area", ids_json(areas)).push(")");
    }
}

from_row! {
    struct Count {
        count: i64,
    }
}

/// How many mails there are in each of these groups of states, counted up to the limit.
pub async fn counts(
    view: &mut View<'_>,
    readable: &Readable,
    groups: &[&[&'static str]],
    limit: i64,
) -> Result<Vec<i64>> {
    let mut query = Query::default();
    for (place, states) in (0_i64..).zip(groups) {
        if place > 0 {
            query.push("union all");
        }
        query.push("select").bind(place).push("as place, count(*) as count");
        query.push("from (select 1 from outbound_mail m where 1 = 1");
        push_states(&mut query, states);
        push_readable(&mut query, readable);
        query.push("limit").bind(limit).push(") part");
    }
    query.push("order by place");
    let counts: Vec<Count> = view.list(&query).await?;
    Ok(counts.into_iter().map(|row| row.count).collect())
}

from_row! {
    struct TicketRow {
        id: TicketId,
    }
}

/// The ticket with this number.
pub async fn ticket(view: &mut View<'_>, number: &str) -> Result<Option<TicketId>> {
    let row: Option<TicketRow> = view
        .optional(
            sql!("select coalesce(merged_into, id) as id from ticket where number_key = $1"),
            params![rules::number::fold_number(number)],
        )
        .await?;
    Ok(row.map(|row| row.id))
}

from_row! {
    struct IdRow {
        id: i64,
    }
}

/// The mails of messages.
pub async fn of_messages(view: &mut View<'_>, messages: &[i64]) -> Result<Vec<i64>> {
    let mut query = Query::new("select id from outbound_mail where message is not null and");
    query.push_in_ids("message", json_list(messages.iter().copied()));
    let rows: Vec<IdRow> = view.list(&query).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

from_row! {
    /// What a mail is found by without its message.
    #[derive(Clone, Debug)]
    pub struct Named {
        /// The mail.
        pub id: i64,
        /// Its subject, folded.
        pub subject_key: String,
        /// The name of one recipient.
        pub name: String,
        /// Its address.
        pub address: String,
    }
}

/// Subjects and recipients of the newest mails.
pub async fn newest(view: &mut View<'_>) -> Result<Vec<Named>> {
    view.all(
        sql!(
            "select m.id, m.subject_key, r.name, r.address
             from (select id, subject_key from outbound_mail
                   where id > 0 order by id desc limit $1) m
             join outbound_recipient r on r.mail = m.id"
        ),
        params![NEWEST_MAX],
    )
    .await
}
