//! What the office sees of its tickets.

use std::time::Duration;

use db::{from_row, sql};
use testkit::wait;
use tokio::time::Instant;

use crate::house::PATIENCE;
use crate::office::Office;

from_row! {
    /// The newest ticket.
    #[derive(Clone, Debug)]
    pub struct Ticket {
        pub number: String,
        pub subject: String,
        /// The kind of its status.
        pub status: String,
        pub unseen: bool,
        pub messages: i64,
        /// How many tickets there are.
        pub tickets: i64,
    }
}

impl Office {
    /// Waits until the one ticket has a status of this kind and so many messages.
    pub async fn wait_for(&self, status: &str, messages: i64) -> Ticket {
        let is_so = |ticket: &Ticket| ticket.status == status && ticket.messages == messages;
        let ticket = self.wait_until(&format!("{status} with {messages}"), is_so).await;
        assert_eq!(ticket.tickets, 1, "{ticket:?}");
        ticket
    }

    /// Waits until the one ticket calls for somebody.
    pub async fn wait_for_unseen(&self, status: &str) -> Ticket {
        self.wait_until(status, |ticket| ticket.status == status && ticket.unseen).await
    }

    async fn wait_until(&self, what: &str, is_so: impl Fn(&Ticket) -> bool) -> Ticket {
        let begun = Instant::now();
        loop {
            let ticket = self.newest_ticket().await;
            if let Some(ticket) = ticket.clone().filter(&is_so) {
                return ticket;
            }
            let log = || format!("{}\n{}", self.house.log(), self.postfix.log());
            assert!(begun.elapsed() < PATIENCE, "not {what}: {ticket:?}\n{}", log());
            wait::pass(Duration::from_millis(50));
        }
    }

    async fn newest_ticket(&self) -> Option<Ticket> {
        let tickets: Vec<Ticket> = self
            .house
            .app
            .db
            .all(
                sql!(
                    "select t.number, t.subject, s.kind as status, t.unseen,
                            (select count(*) from message m where m.ticket = t.id) as messages,
                            (select count(*) from ticket) as tickets
                     from ticket t join status s on s.id = t.status
                     order by t.id desc limit 1"
                ),
                [],
            )
            .await
            .unwrap();
        tickets.into_iter().next()
    }
}
