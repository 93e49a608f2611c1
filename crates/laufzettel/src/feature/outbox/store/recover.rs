//! What a sender before this one left.

use std::time::Duration;

use db::{Operation, Query, Result, Tx, params, sql};
use values::Timestamp;

use crate::record::OutboundId;
use crate::record::actor::ids_json;
use crate::service::lease::{self, Fence};

/// No mail waits longer for its next try, whatever the clock did.
const WAITS_MAX: Duration = Duration::from_secs(6 * 3600);

/// Looks after what a sender before this one left: what had no dot is sent again, what had one is in
/// the dark. `false` if the lease is lost.
pub struct Recover<'a> {
    /// The account.
    pub account: i64,
    /// Its lease.
    pub fence: &'a Fence,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for Recover<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(false);
        }
        note_interrupted(tx, self).await?;
        let uncertain_until = self.now.plus(rules::sending::UNCERTAIN_FOR);
        tx.execute(
            sql!(
                "update outbound_mail
                 set next_at = (case when state = 'dot' then cast($1 as bigint)
                                     else cast($2 as bigint) end),
                     attempts = attempts + 1,
                     state = (case when state = 'dot' then 'uncertain' else 'queued' end)
                 where account = $3 and next_at is not null and state in ('sending', 'dot')"
            ),
            params![uncertain_until, self.now, self.account],
        )
        .await?;
        tx.execute(
            sql!(
                "update outbound_mail set next_at = $1
                 where account = $2 and next_at > $3 and state in ('queued', 'deferred')"
            ),
            params![self.now, self.account, self.now.plus(WAITS_MAX)],
        )
        .await?;
        Ok(true)
    }
}

async fn note_interrupted(tx: &mut Tx<'_>, recover: &Recover<'_>) -> Result<()> {
    tx.execute(
        sql!(
            "insert into outbound_attempt (mail, number, at, ended_at, outcome, phase, words)
             select m.id, (select count(*) from outbound_attempt a where a.mail = m.id) + 1,
                    $1, $1, 'interrupted', (case when m.state = 'dot' then 'dot' else 'body' end), ''
             from outbound_mail m
             where m.account = $2 and m.next_at is not null and m.state in ('sending', 'dot')"
        ),
        params![recover.now, recover.account],
    )
    .await
    .map(drop)
}

/// Gives back what was taken and not begun: the process is about to end.
pub struct GiveBack<'a> {
    /// The lease of the account.
    pub fence: &'a Fence,
    /// The mails.
    pub mails: &'a [OutboundId],
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for GiveBack<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        if self.mails.is_empty() || !lease::is_held(tx, self.fence).await? {
            return Ok(());
        }
        let mut query = Query::new("update outbound_mail set next_at =");
        query.bind(self.now).push(
            ", state = (case when attempts > 0 then 'deferred' else 'queued' end)
             where state = 'sending' and",
        );
        query.push_in_ids("id", ids_json(self.mails));
        tx.execute_query(&query).await.map(drop)
    }
}
