//! What left of late, for the limits of automatic mails.

use std::time::Duration;

use db::{Result, Tx, from_row, params, sql};
use rules::sending::Recent;
use values::Timestamp;

use super::Recipient;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

from_row! {
    struct Counted {
        count: i64,
    }
}

from_row! {
    struct Late {
        sent: i64,
        bounced: Option<i64>,
    }
}

/// What left of late, as far as it matters for one more automatic mail. What is being handed over
/// counts as well: many are taken at once.
pub async fn recent(tx: &mut Tx<'_>, to: &Recipient, now: Timestamp) -> Result<Recent> {
    let to_domain: Counted = tx
        .one(
            sql!(
                "select count(*) as count from outbound_recipient r
                 join outbound_mail m on m.id = r.mail
                 where r.domain = $1 and r.changed_at > $2 and r.automatic = 1
                   and r.state <> 'cancelled'
                   and (r.state <> 'waiting' or m.state in ('sending', 'dot', 'uncertain'))"
            ),
            params![to.domain.as_str(), now.minus(HOUR)],
        )
        .await?;
    let to_address: Counted = tx
        .one(
            sql!(
                "select count(*) as count from outbound_recipient r
                 join outbound_mail m on m.id = r.mail
                 where r.address = $1 and r.changed_at > $2 and r.automatic = 1
                   and r.state <> 'cancelled' and m.kind <> 'notice'
                   and (r.state <> 'waiting' or m.state in ('sending', 'dot', 'uncertain'))"
            ),
            params![to.address.as_str(), now.minus(DAY)],
        )
        .await?;
    let late: Late = tx
        .one(
            sql!(
                "select count(*) as sent,
                        cast(sum(case when state = 'bounced' then 1 else 0 end) as bigint) as bounced
                 from (select state from outbound_mail where id > 0 and next_at is null
                       order by id desc limit 100) late"
            ),
            [],
        )
        .await?;
    Ok(Recent {
        to_domain: to_domain.count,
        to_address: to_address.count,
        sent: late.sent,
        bounced: late.bounced.unwrap_or_default(),
    })
}
