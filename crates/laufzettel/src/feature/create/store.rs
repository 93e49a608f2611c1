//! SQL of making a ticket.

use db::{Query, Result, Tx, View, from_row, params, sql};
use rules::status::{Stage, StatusKind};
use rules::text::fold_text;
use values::{EmailAddress, Timestamp};

use super::{Asking, CreateTicket};
use crate::record::actor::Actor;
use crate::record::contact::name_key;
use crate::record::customers::push_visible_contact;
use crate::record::message::json;
use crate::record::tags::Tag;
use crate::record::ticket::{Due, StoredStage, requester_key};
use crate::record::{CompanyId, ContactId, EntryId, TicketId};
use crate::service::search::{self, Document, Visibility};

from_row! {
    struct Company {
        name: String,
    }
}

/// The name of a company, if there is one with this id.
pub async fn company_name(view: &mut View<'_>, company: CompanyId) -> Result<Option<String>> {
    let found: Option<Company> =
        view.optional(sql!("select name from company where id = $1"), params![company]).await?;
    Ok(found.map(|company| company.name))
}

from_row! {
    /// Somebody of a name, with one of the telephone numbers.
    #[derive(Clone, Debug)]
    pub struct Namesake {
        /// The contact.
        pub id: ContactId,
        /// The company the person works for.
        pub company: Option<CompanyId>,
        /// The first address.
        pub email: Option<String>,
        /// A telephone number.
        pub phone: Option<String>,
    }
}

/// Rows of people of one name among whom a caller is looked for.
const NAMESAKES_MAX: i64 = 200;

/// The contacts of this name that the actor may see, the oldest first, once for each number.
pub async fn namesakes(view: &mut View<'_>, actor: &Actor, name: &str) -> Result<Vec<Namesake>> {
    let mut query = Query::new(
        "select c.id, c.company, p.number as phone,
                (select min(a.address) from contact_address a where a.contact = c.id) as email
         from contact c
         left join contact_phone p on p.contact = c.id
         where c.name_key =",
    );
    query.bind(name_key(name));
    push_visible_contact(&mut query, actor);
    query.push("order by c.id, p.position limit").bind(NAMESAKES_MAX);
    view.list(&query).await
}

/// What follows from the first status and from who speaks first.
struct Start {
    status: Option<EntryId>,
    stage: Stage,
    unseen: bool,
    read_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    customer_at: Option<Timestamp>,
}

impl Start {
    fn of(create: &CreateTicket<'_>) -> Self {
        let (new, now) = (create.new, create.acting.now);
        let (stage, unseen) = (new.status.stage(), new.status == StatusKind::Unread);
        Self {
            status: create.directory.status_of_kind(new.status).map(|status| status.id),
            stage,
            unseen,
            read_at: (!unseen).then_some(now),
            closed_at: (stage == Stage::Closed).then_some(now),
            // Only what a customer brought is a message of the customer.
            customer_at: new.requester.as_ref().filter(|_| !new.is_mail).map(|_| now),
        }
    }
}

/// Makes the row of the ticket, or says `false` if its number is taken.
pub async fn insert(tx: &mut Tx<'_>, create: &CreateTicket<'_>, asking: &Asking) -> Result<bool> {
    let (new, now, start) = (create.new, create.acting.now, Start::of(create));
    let email = asking.email.as_ref().map(EmailAddress::as_str);
    let inserted = tx
        .execute(
            sql!(
                "insert into ticket (id, number, number_key, public_id, subject, subject_key,
                     preview, area, request_type, category, priority, queue, status, stage,
                     assignee, creator, channel, requester_name, requester_email, requester_phone,
                     requester_key, contact, company, tags, unseen, due_at, resubmit_at, queue_at,
                     created_at, updated_at, first_read_at, closed_at, last_customer_at,
                     last_agent_at, last_sent_at, message_count, status_before_trash, version,
                     notify)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                     $17, $18, $19, $20, $21, $22, $23, '[]', $24, $25, null, $26, $26, $26, $27,
                     $28, $29, null, null, $30, null, 1, $31)
                 on conflict do nothing"
            ),
            params![
                create.id,
                create.number,
                rules::number::fold_number(create.number),
                create.public_id,
                new.subject.as_str(),
                fold_text(&new.subject),
                new.body.preview(),
                new.area,
                new.request_type,
                new.category,
                new.priority,
                new.queue,
                start.status,
                StoredStage(start.stage).number(),
                new.assignee,
                create.acting.actor.agent,
                new.channel,
                asking.name.as_str(),
                email,
                asking.phone.as_deref(),
                requester_key(&asking.name, email),
                asking.contact.as_ref().map(|contact| contact.id),
                asking.company.as_ref().map(|(company, _)| *company),
                start.unseen,
                Due(new.due_at).stored(),
                now,
                start.read_at,
                start.closed_at,
                start.customer_at,
                i64::from(!new.is_mail),
                new.notify,
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// Keeps the names of the tags beside the ticket.
pub async fn set_tags(tx: &mut Tx<'_>, ticket: TicketId, names: &[String]) -> Result<()> {
    tx.execute(sql!("update ticket set tags = $1 where id = $2"), params![json(&names), ticket])
        .await
        .map(drop)
}

/// Who asks takes part.
pub async fn add_requester(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    email: &EmailAddress,
    name: &str,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into ticket_participant (ticket, address, name, role)
             values ($1, $2, $3, 'requester')
             on conflict (ticket, address) do nothing"
        ),
        params![ticket, email, name],
    )
    .await
    .map(drop)
}

/// Writes the ticket's own search document.
pub async fn index(tx: &mut Tx<'_>, create: &CreateTicket<'_>, asking: &Asking) -> Result<()> {
    let email = asking.email.as_ref().map(EmailAddress::as_str);
    let tags: Vec<&str> = create.new.tags.iter().map(Tag::name).collect();
    let text = [
        create.number,
        &create.new.subject,
        &asking.name,
        email.unwrap_or_default(),
        asking.company.as_ref().map_or("", |(_, name)| name),
        &tags.join(" "),
    ]
    .join("\n");
    let document = Document::new(create.id.number(), &text);
    search::insert(tx, &document, create.new.area, Visibility::External).await
}

from_row! {
    /// What is on record of an address.
    #[derive(Clone, Debug, Default)]
    pub struct Known {
        /// The name.
        pub name: Option<String>,
        /// The language.
        pub language: Option<String>,
    }
}

/// What is on record of an address.
pub async fn known(view: &mut View<'_>, address: &EmailAddress) -> Result<Known> {
    let known = view
        .optional(
            sql!(
                "select c.name, c.language
                 from contact_address a join contact c on c.id = a.contact
                 where a.address = $1"
            ),
            params![address],
        )
        .await?;
    Ok(known.unwrap_or_default())
}

/// A mail that names this one belongs to the ticket.
pub async fn refer(tx: &mut Tx<'_>, create: &CreateTicket<'_>, message_id: &str) -> Result<()> {
    tx.execute(
        sql!(
            "insert into message_reference (message_id, ticket, message) values ($1, $2, $3)
             on conflict (message_id, ticket) do nothing"
        ),
        params![message_id, create.id, create.message],
    )
    .await
    .map(drop)
}
