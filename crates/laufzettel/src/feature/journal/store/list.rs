//! SQL of lists of entries, and of how many there are.

use db::{Query, Result, View, from_row, json_list};
use values::Timestamp;

use super::{Key, Mailboxes};
use crate::record::actor::ids_json;
use crate::record::{MailId, MailboxId, RegroupingId};

/// Up to so many mailboxes are read one after the other and merged; beyond that they are a filter.
const MERGED_MAILBOXES_MAX: usize = 16;

from_row! {
    /// An entry in a list.
    #[derive(Clone, Debug)]
    pub struct ListedMail {
        /// The entry.
        pub id: MailId,
        /// The mailbox.
        pub mailbox: MailboxId,
        /// The state, see the migration.
        pub state: String,
        /// The outcome of interface.md.
        pub outcome: Option<String>,
        /// How it came.
        pub source: String,
        /// The number of the ticket.
        pub number: Option<String>,
        /// The number of the ticket in which the mail lies of which it is a duplicate.
        pub first_number: Option<String>,
        /// The sender's name.
        pub from_name: Option<String>,
        /// The sender's address.
        pub from_address: Option<String>,
        /// The sender in the envelope.
        pub envelope_from: Option<String>,
        /// The subject.
        pub subject: Option<String>,
        /// When it was noted.
        pub arrived_at: Timestamp,
        /// How often it was tried.
        pub attempts: i64,
        /// Evidence and notices as JSON.
        pub evidence: Option<String>,
        /// What is odd about it, as JSON.
        pub oddities: Option<String>,
        /// The files of its message, as JSON.
        pub attachments: Option<String>,
        /// What brought its message from another ticket to this one.
        pub regrouped: Option<RegroupingId>,
    }
}

/// Which entries of all are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// Their states; none for all.
    pub states: &'static [&'static str],
    /// Their outcome; `None` for all.
    pub outcome: Option<&'static str>,
    /// The class of their message; `None` for all.
    pub class: Option<&'static str>,
}

/// A list of entries, newest first.
pub struct List<'a> {
    /// Whose entries.
    pub mailboxes: &'a Mailboxes,
    /// Which of them.
    pub within: Within,
    /// What is looked for; an entry with one of these is found. `None` for everything.
    pub keys: Option<&'a [Key]>,
    /// From this one on.
    pub since: MailId,
    /// Entries before this one.
    pub before: MailId,
    /// How many.
    pub limit: i64,
}

/// The rows of a list.
pub async fn list(view: &mut View<'_>, list: &List<'_>) -> Result<Vec<ListedMail>> {
    view.list(&list.query()).await
}

/// A part of a list that one index gives in order.
#[derive(Clone, Copy, Default)]
struct Strand<'a> {
    mailbox: Option<MailboxId>,
    state: Option<&'static str>,
    key: Option<&'a Key>,
}

impl List<'_> {
    /// The statement; a test reads its plan.
    pub fn query(&self) -> Query {
        let mut query = Query::new(
            "select m.id, m.mailbox, m.state, m.outcome, m.source, t.number,
                    ft.number as first_number, m.from_name, m.from_address,
                    m.envelope_from, m.subject, m.arrived_at,
                    m.attempts + m.deaths as attempts, m.evidence, m.oddities,
                    g.attachments, g.regrouped
             from inbound_mail m
             left join ticket t on t.id = m.ticket
             left join message g on g.id = m.message
             left join inbound_mail f on f.id = m.duplicate_of
             left join ticket ft on ft.id = f.ticket
             where m.id in (",
        );
        let strands = self.strands();
        if strands.is_empty() {
            query.push("select m.id from inbound_mail m where 1 = 0");
        }
        for (place, strand) in strands.iter().enumerate() {
            query.push(if place == 0 { "" } else { "union all" });
            self.push_strand(&mut query, strand);
        }
        query.push(") order by m.id desc limit").bind(self.limit);
        query
    }

    fn strands(&self) -> Vec<Strand<'_>> {
        if let Some(keys) = self.keys {
            return keys.iter().map(|key| Strand { key: Some(key), ..Strand::default() }).collect();
        }
        if self.within.outcome.is_some() || self.within.class.is_some() {
            return vec![Strand::default()];
        }
        match (self.within.states, self.mailboxes) {
            ([], Mailboxes::Some(some)) if some.len() <= MERGED_MAILBOXES_MAX => some
                .iter()
                .map(|mailbox| Strand { mailbox: Some(*mailbox), ..Strand::default() })
                .collect(),
            ([], _) => vec![Strand::default()],
            (states, _) => states
                .iter()
                .map(|state| Strand { state: Some(state), ..Strand::default() })
                .collect(),
        }
    }

    fn push_strand(&self, query: &mut Query, strand: &Strand<'_>) {
        query.push("select id from (select m.id as id from inbound_mail m where m.id <");
        query.bind(self.before).push("and m.id >=").bind(self.since);
        match strand.mailbox {
            Some(mailbox) => {
                query.push("and m.mailbox =").bind(mailbox);
            }
            None => push_mailboxes(query, self.mailboxes),
        }
        match (strand.state, strand.key) {
            (Some(state), _) => {
                query.push("and m.state =").bind(state);
            }
            (None, key) => {
                if let Some(key) = key {
                    push_key(query, key);
                }
                push_within(query, &self.within);
            }
        }
        query.push("order by m.id desc limit").bind(self.limit).push(") part");
    }
}

fn push_mailboxes(query: &mut Query, mailboxes: &Mailboxes) {
    if let Mailboxes::Some(some) = mailboxes {
        query.push("and").push_in_ids("m.mailbox", ids_json(some));
    }
}

fn push_key(query: &mut Query, key: &Key) {
    match key {
        Key::From(address) => query.push("and m.from_address =").bind(address),
        Key::MessageId(id) => query.push("and m.message_id =").bind(id.as_str()),
        Key::Ticket(ticket) => query.push("and m.ticket =").bind(*ticket),
        Key::Ids(ids) => query.push("and").push_in_ids("m.id", json_list(ids.iter().copied())),
    };
}

/// Keeps what is meant. The index of outcomes gives them newest first; where a class is meant, too, the
/// messages say it.
fn push_within(query: &mut Query, within: &Within) {
    if let Some(outcome) = within.outcome {
        query.push("and m.outcome =").bind(outcome);
    }
    if let Some(class) = within.class {
        query.push("and m.class =").bind(class);
    }
    push_states(query, within.states);
}

fn push_states(query: &mut Query, states: &[&'static str]) {
    for (place, state) in states.iter().enumerate() {
        query.push(if place == 0 { "and m.state in (" } else { "," }).bind(*state);
    }
    if !states.is_empty() {
        query.push(")");
    }
}

from_row! {
    struct Count {
        count: i64,
    }
}

/// Entries to be counted.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// Which ones.
    pub within: Within,
    /// From this one on.
    pub since: MailId,
    /// Counted up to here.
    pub limit: i64,
}

/// How many entries there are of each of these four kinds.
pub async fn counts(
    view: &mut View<'_>,
    mailboxes: &Mailboxes,
    kinds: &[Counted; 4],
) -> Result<Vec<i64>> {
    let mut query = Query::default();
    for (place, kind) in (0_i64..).zip(kinds) {
        if place > 0 {
            query.push("union all");
        }
        query.push("select").bind(place).push("as place, count(*) as count");
        query.push("from (select 1 from inbound_mail m where m.id >=").bind(kind.since);
        push_within(&mut query, &kind.within);
        push_mailboxes(&mut query, mailboxes);
        query.push("limit").bind(kind.limit).push(") part");
    }
    query.push("order by place");
    let counts: Vec<Count> = view.list(&query).await?;
    Ok(counts.into_iter().map(|row| row.count).collect())
}
