//! Who takes part in a ticket.

use db::{Result, View, from_row, params, sql};

use crate::record::message::json;
use crate::record::{AgentId, TicketId};
use crate::service::outbox::Recipient;

from_row! {
    /// Somebody with an address.
    #[derive(Clone, Debug)]
    pub struct Known {
        /// The name, or nothing.
        pub name: String,
        /// The address.
        pub address: String,
    }
}

impl Known {
    /// As it is typed into a field of recipients.
    pub fn typed(&self) -> String {
        let name = self.name.replace(['"', '\\', '<', '>'], " ");
        match name.trim() {
            "" => self.address.clone(),
            name if name.contains([',', ';', '@', ':', '(', ')']) => {
                format!("\"{name}\" <{}>", self.address)
            }
            name => format!("{name} <{}>", self.address),
        }
    }
}

/// Who takes part in a ticket, and who was named in it. Whoever asks has loaded it with a right.
pub async fn known(view: &mut View<'_>, ticket: TicketId) -> Result<Vec<Known>> {
    view.all(
        sql!(
            "select name, address from ticket_participant where ticket = $1
             order by (case when role = 'requester' then 0 when role = 'cc' then 1 else 2 end), address
             limit 200"
        ),
        params![ticket],
    )
    .await
}

from_row! {
    /// An agent with his address.
    pub struct AgentAt {
        /// The agent.
        pub id: AgentId,
        /// The address.
        pub email: String,
    }
}

/// The agents who have these addresses, also those who do not work here any more.
pub async fn agents_at(view: &mut View<'_>, recipients: &[Recipient]) -> Result<Vec<AgentAt>> {
    let addresses: Vec<&str> = recipients.iter().map(|one| one.address.as_str()).collect();
    view.all(
        sql!(
            sqlite: "select id, email from agent where email in (select value from json_each($1))
                     order by id limit 1000",
            postgres: "select id, email from agent
                       where email in (select value from json_array_elements_text($1::json))
                       order by id limit 1000"
        ),
        params![json(&addresses)],
    )
    .await
}
