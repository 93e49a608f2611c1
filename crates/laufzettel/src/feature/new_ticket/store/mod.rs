//! SQL of the form for new tickets.

pub mod begun;

use db::{Query, Result, View, from_row};
use values::Timestamp;

use crate::record::actor::Actor;
use crate::record::ticket::{Due, StoredStage};
use crate::record::{CompanyId, ContactId, EntryId};

/// Tickets of a customer that are shown.
const TICKETS_MAX: i64 = 20;

from_row! {
    /// A ticket of the customer.
    #[derive(Clone, Debug)]
    pub struct Asked {
        /// Its number.
        pub number: String,
        /// Its subject.
        pub subject: String,
        /// Its status.
        pub status: EntryId,
        /// Its stage.
        pub stage: StoredStage,
        /// Its deadline.
        pub due_at: Due,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

/// The newest tickets of a contact, an address and a company that the actor may see.
pub async fn asked(
    view: &mut View<'_>,
    actor: &Actor,
    contact: Option<ContactId>,
    email: Option<&str>,
    company: Option<CompanyId>,
) -> Result<Vec<Asked>> {
    let mut query = Query::new(
        "select t.number, t.subject, t.status, t.stage, t.due_at, t.updated_at from ticket t
         where t.id in (select id from (select id from ticket where contact =",
    );
    query.bind(contact).push("order by id desc limit").bind(TICKETS_MAX).push(") by_contact");
    query.push("union select id from (select id from ticket where requester_email =").bind(email);
    query.push("order by id desc limit").bind(TICKETS_MAX).push(") by_address");
    query.push("union select id from (select id from ticket where company =").bind(company);
    query.push("order by id desc limit").bind(TICKETS_MAX).push(") by_company )");
    actor.push_visible(&mut query);
    query.push("order by t.updated_at desc, t.id desc limit").bind(TICKETS_MAX);
    view.list(&query).await
}
