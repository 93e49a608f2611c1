//! Who takes part in a ticket.

use db::{Result, View, from_row, params, sql};

use crate::record::TicketId;

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
