//! Tickets. There is no way to load one without an actor and a right.

use db::{FromColumn, Query, Result, Value, View, from_row, params, sql};
use rules::intake::rule::Mark;
use rules::right::{Place, Right, Whose};
use rules::status::Stage;
use values::Timestamp;

use super::actor::{Actor, Denied};
use super::{AgentId, AreaId, CompanyId, ContactId, EntryId, TicketId};

/// The stored value of "no deadline", greater than every moment, so that one index sorts all.
pub const NO_DEADLINE: i64 = 9_007_199_254_740_991;

/// A deadline as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due(pub Option<Timestamp>);

impl FromColumn for Due {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Int(NO_DEADLINE) => Some(Self(None)),
            Value::Int(millis) => Some(Self(Some(Timestamp::from_millis(millis)))),
            _ => None,
        }
    }
}

impl Due {
    /// The value for the column.
    pub fn stored(self) -> i64 {
        self.0.map_or(NO_DEADLINE, Timestamp::millis)
    }
}

/// The stage in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredStage(pub Stage);

impl FromColumn for StoredStage {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Int(number) => Stage::ALL.get(usize::try_from(number).ok()?).copied().map(Self),
            _ => None,
        }
    }
}

impl StoredStage {
    /// The value for the column: the place in [`Stage::ALL`].
    pub fn number(self) -> i64 {
        match self.0 {
            Stage::Open => 0,
            Stage::Waiting => 1,
            Stage::Closed => 2,
            Stage::Trash => 3,
            Stage::Merged => 4,
        }
    }
}

from_row! {
    /// A ticket with all its fields.
    #[derive(Clone, Debug)]
    pub struct Ticket {
        /// The ticket.
        pub id: TicketId,
        /// The number, as shown.
        pub number: String,
        /// 16 characters that nobody can guess, for links of customers (F-NUM-07).
        pub public_id: String,
        /// The subject.
        pub subject: String,
        /// The area.
        pub area: AreaId,
        /// The request type.
        pub request_type: Option<EntryId>,
        /// The category.
        pub category: Option<EntryId>,
        /// The priority.
        pub priority: EntryId,
        /// The queue.
        pub queue: Option<EntryId>,
        /// The status.
        pub status: EntryId,
        /// What the status means for lists.
        pub stage: StoredStage,
        /// The agent responsible.
        pub assignee: Option<AgentId>,
        /// The agent who made it.
        pub creator: Option<AgentId>,
        /// How it came: `mail`, `web`, `phone`, `api`.
        pub channel: String,
        /// The requester's name.
        pub requester_name: String,
        /// The requester's address.
        pub requester_email: Option<String>,
        /// The requester's telephone number.
        pub requester_phone: Option<String>,
        /// The person on record.
        pub contact: Option<ContactId>,
        /// The company on record.
        pub company: Option<CompanyId>,
        /// The name of the person on record.
        pub contact_name: Option<String>,
        /// The person's own telephone number.
        pub contact_phone: Option<String>,
        /// The name of the company on record.
        pub company_name: Option<String>,
        /// The company's number as a customer.
        pub customer_number: Option<String>,
        /// The number that the customer has for it (F-FLD-32).
        pub reference: Option<String>,
        /// The tags, as a JSON list of names.
        pub tags: String,
        /// Whether nobody has seen what came last.
        pub unseen: bool,
        /// Whether the requester is told of what is done (F-FLD-09).
        pub notify: bool,
        /// Whether it has the mark "private" (F-FLD-24).
        pub private: bool,
        /// Whether it has the mark "personal".
        pub personal: bool,
        /// Whether it is relevant to the GDPR.
        pub gdpr: bool,
        /// The deadline.
        pub due_at: Due,
        /// When it comes back.
        pub resubmit_at: Option<Timestamp>,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// When an agent first read it.
        pub first_read_at: Option<Timestamp>,
        /// When it was closed.
        pub closed_at: Option<Timestamp>,
        /// When the customer last wrote.
        pub last_customer_at: Option<Timestamp>,
        /// When an agent last wrote to the customer.
        pub last_agent_at: Option<Timestamp>,
        /// The number of messages.
        pub message_count: i64,
        /// Grows with each change.
        pub version: i64,
    }
}

impl Ticket {
    /// What the requester is found by.
    pub fn requester_key(&self) -> String {
        requester_key(&self.requester_name, self.requester_email.as_deref())
    }

    /// Its marks.
    pub fn marks(&self) -> Vec<Mark> {
        let set = [
            (Mark::Private, self.private),
            (Mark::Personal, self.personal),
            (Mark::Gdpr, self.gdpr),
        ];
        set.into_iter().filter(|(_, is_set)| *is_set).map(|(mark, _)| mark).collect()
    }

    /// Sets a mark or takes it away.
    pub fn set_mark(&mut self, mark: Mark, is_set: bool) {
        match mark {
            Mark::Private => self.private = is_set,
            Mark::Personal => self.personal = is_set,
            Mark::Gdpr => self.gdpr = is_set,
        }
    }

    /// The names of the tags.
    pub fn tag_names(&self) -> Vec<String> {
        names(&self.tags)
    }
}

/// What a requester is found by: name and address, folded.
pub fn requester_key(name: &str, email: Option<&str>) -> String {
    rules::text::fold_text(&format!("{name} {}", email.unwrap_or_default()))
}

/// The names in a JSON list of the column `tags`.
pub fn names(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}

/// The ticket with this number, for something that needs this right.
///
/// What the actor may not see is not found; what he sees but may not do is not allowed.
pub async fn open(
    view: &mut View<'_>,
    actor: &Actor,
    right: Right,
    number: &str,
) -> Result<std::result::Result<Ticket, Denied>> {
    let mut query = select();
    push_numbered(query.push("where"), number);
    actor.push_visible(&mut query);
    let Some(ticket) = view.list::<Ticket>(&query).await?.into_iter().next() else {
        return Ok(Err(Denied::NotFound));
    };
    match may(actor, right, ticket.area, is_own(actor, &ticket)) {
        true => Ok(Ok(ticket)),
        false => Ok(Err(Denied::NotAllowed)),
    }
}

/// Tickets that bear these numbers, as far as the actor may see them; in no order. A number that leads to
/// another ticket finds none.
pub async fn numbered(
    view: &mut View<'_>,
    actor: &Actor,
    numbers: &[String],
) -> Result<Vec<Ticket>> {
    let mut query = select();
    query.push("where t.number_key in (''");
    for number in numbers {
        query.push(",").bind(rules::number::fold_number(number));
    }
    query.push(")");
    actor.push_visible(&mut query);
    view.list(&query).await
}

/// Adds the condition for the ticket `t` to which a number leads: that with the number, or the one
/// into which it was merged.
pub fn push_numbered(query: &mut Query, number: &str) {
    query.push("t.id = (select coalesce(g.merged_into, g.id) from ticket g where g.number_key =");
    query.bind(rules::number::fold_number(number)).push(")");
}

/// Whether a number is the ticket's own. That of a ticket that was merged into it is another one.
pub fn is_numbered(ticket: &Ticket, number: &str) -> bool {
    rules::number::fold_number(&ticket.number) == rules::number::fold_number(number)
}

/// The ticket behind the number that leads here, if that is the id of a merged one.
pub async fn merged(
    view: &mut View<'_>,
    actor: &Actor,
    right: Right,
    ticket: TicketId,
) -> Result<std::result::Result<Ticket, Denied>> {
    let mut query = select();
    query.push("where t.id =").bind(ticket);
    actor.push_entered(&mut query);
    let Some(ticket) = view.list::<Ticket>(&query).await?.into_iter().next() else {
        return Ok(Err(Denied::NotFound));
    };
    match may(actor, right, ticket.area, is_own(actor, &ticket)) {
        true => Ok(Ok(ticket)),
        false => Ok(Err(Denied::NotAllowed)),
    }
}

/// Tickets by their ids, as far as the actor may see them; in no order.
pub async fn visible(
    view: &mut View<'_>,
    actor: &Actor,
    tickets: &[TicketId],
) -> Result<Vec<Ticket>> {
    let mut query = select();
    query.push("where").push_in_ids("t.id", super::actor::ids_json(tickets));
    actor.push_visible(&mut query);
    view.list(&query).await
}

from_row! {
    struct NumberRow {
        number: String,
    }
}

/// The number of the ticket with this public id. Whoever asks loads the ticket with a right then.
pub async fn number_of(view: &mut View<'_>, public_id: &str) -> Result<Option<String>> {
    let row: Option<NumberRow> = view
        .optional(
            sql!(
                "select t.number from ticket g join ticket t on t.id = coalesce(g.merged_into, g.id)
                 where g.public_id = $1"
            ),
            params![public_id],
        )
        .await?;
    Ok(row.map(|row| row.number))
}

fn select() -> Query {
    Query::new(
        "select t.id, t.number, t.public_id, t.subject, t.area, t.request_type, t.category,
                t.priority, t.queue, t.status, t.stage, t.assignee, t.creator, t.channel,
                t.requester_name, t.requester_email, t.requester_phone, t.contact, t.company,
                c.name as contact_name, (select p.number from contact_phone p where p.contact = c.id
                 order by p.position limit 1) as contact_phone,
                o.name as company_name, o.customer_number, t.reference, t.tags, t.unseen, t.notify,
                t.private, t.personal, t.gdpr, t.due_at, t.resubmit_at,
                t.created_at, t.updated_at,
                t.first_read_at, t.closed_at, t.last_customer_at, t.last_agent_at,
                t.message_count, t.version
         from ticket t
         left join contact c on c.id = t.contact
         left join company o on o.id = t.company",
    )
}

/// Whether the ticket is the actor's own: he asks, made it or is responsible (decision 12).
pub fn is_own(actor: &Actor, ticket: &Ticket) -> bool {
    ticket.assignee == Some(actor.agent)
        || ticket.creator == Some(actor.agent)
        || ticket.requester_email.as_deref() == Some(actor.email.as_str())
}

/// Whether the actor has a right on tickets of an area.
pub fn may(actor: &Actor, right: Right, area: AreaId, is_own: bool) -> bool {
    let whose = if is_own { Whose::Own } else { Whose::Other };
    rules::right::allows(&actor.rights, right, Place::Ticket { area: area.number(), whose })
}
