//! SQL of the set-up.

use db::{Result, View, from_row, params, sql};
use values::Timestamp;

use crate::record::OutboundId;

from_row! {
    struct Found {
        found: i64,
    }
}

/// Whether anybody was ever added who can sign in.
pub async fn is_anybody_there(view: &mut View<'_>) -> Result<bool> {
    let row: Found = view
        .one(sql!("select count(*) as found from (select id from agent limit 1) one"), [])
        .await?;
    Ok(row.found > 0)
}

from_row! {
    /// The test mail on its way.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TestMail {
        /// When it was put into the outbox.
        pub created_at: Timestamp,
        /// Where it stands there.
        pub state: String,
        /// What a mail server said last.
        pub words: Option<String>,
        /// The number of the ticket that it became.
        pub number: Option<String>,
        /// The subject of that ticket.
        pub subject: Option<String>,
        /// Who wrote it.
        pub requester_name: Option<String>,
        /// When that ticket was made.
        pub arrived_at: Option<Timestamp>,
    }
}

/// The test mail and what became of it.
pub async fn test_mail(view: &mut View<'_>, mail: OutboundId) -> Result<Option<TestMail>> {
    view.optional(
        sql!(
            "select o.created_at, o.state, o.words, t.number, t.subject, t.requester_name,
                    t.created_at as arrived_at
             from outbound_mail o
             left join message_reference r on r.message_id = o.message_id
             left join ticket t on t.id = r.ticket
             where o.id = $1 limit 1"
        ),
        params![mail],
    )
    .await
}
