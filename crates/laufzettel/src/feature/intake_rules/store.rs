//! SQL of intake rules.

use db::{Result, Tx, View, from_row, params, sql};

use crate::record::intake_rule::IntakeRule;
use crate::record::packed::Packed;
use crate::record::{MailId, MailboxId, RuleId};
use values::Timestamp;

/// The rule, held against other changes until the end of the transaction.
pub async fn hold(tx: &mut Tx<'_>, rule: RuleId) -> Result<Option<IntakeRule>> {
    tx.optional(
        sql!(
            sqlite: "select id, name, mailbox, condition, actions, position, active, version
                     from intake_rule where id = $1",
            postgres: "select id, name, mailbox, condition, actions, position, active, version
                       from intake_rule where id = $1 for update"
        ),
        params![rule],
    )
    .await
}

/// Makes the row, or writes it again.
pub async fn upsert(tx: &mut Tx<'_>, rule: &IntakeRule) -> Result<()> {
    tx.execute(
        sql!(
            "insert into intake_rule (id, name, mailbox, condition, actions, position, active,
                 version)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (id) do update
             set name = excluded.name, mailbox = excluded.mailbox,
                 condition = excluded.condition, actions = excluded.actions,
                 position = excluded.position, active = excluded.active,
                 version = excluded.version"
        ),
        params![
            rule.id,
            rule.name.as_str(),
            rule.mailbox,
            rule.condition.as_str(),
            rule.actions.as_str(),
            rule.position,
            rule.active,
            rule.version,
        ],
    )
    .await
    .map(drop)
}

/// Sets the place of a rule in the order.
pub async fn set_position(tx: &mut Tx<'_>, rule: RuleId, position: i64) -> Result<()> {
    tx.execute(sql!("update intake_rule set position = $1 where id = $2"), params![position, rule])
        .await
        .map(drop)
}

/// Deletes the row and what it fired on.
pub async fn delete(tx: &mut Tx<'_>, rule: RuleId) -> Result<()> {
    tx.execute(sql!("delete from intake_rule_hit where rule = $1"), params![rule]).await?;
    tx.execute(sql!("delete from intake_rule where id = $1"), params![rule]).await.map(drop)
}

from_row! {
    struct HitRow {
        rule: RuleId,
        hits: i64,
    }
}

/// How often each rule fired since then.
pub async fn hits(view: &mut View<'_>, since: MailId) -> Result<Vec<(RuleId, i64)>> {
    let rows: Vec<HitRow> = view
        .all(
            sql!(
                "select r.id as rule,
                        (select count(*) from intake_rule_hit h
                         where h.rule = r.id and h.mail >= $1) as hits
                 from intake_rule r
                 order by r.id
                 limit 2000"
            ),
            params![since],
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.rule, row.hits)).collect())
}

from_row! {
    /// A mail on which a rule fired.
    #[derive(Clone, Debug)]
    pub struct FiredMail {
        /// The mail.
        pub id: MailId,
        /// Its sender.
        pub from_address: Option<String>,
        /// Its sender's name.
        pub from_name: Option<String>,
        /// Its subject.
        pub subject: Option<String>,
        /// The number of its ticket.
        pub number: Option<String>,
    }
}

/// The last mails on which a rule fired.
pub async fn fired_on(view: &mut View<'_>, rule: RuleId, limit: i64) -> Result<Vec<FiredMail>> {
    view.all(
        sql!(
            "select m.id, m.from_address, m.from_name, m.subject, t.number
             from intake_rule_hit h
             join inbound_mail m on m.id = h.mail
             left join ticket t on t.id = m.ticket
             where h.rule = $1
             order by h.mail desc
             limit $2"
        ),
        params![rule, limit],
    )
    .await
}

from_row! {
    /// A mail that rules can be tried on.
    #[derive(Clone, Debug)]
    pub struct TriedMail {
        /// The mail.
        pub id: MailId,
        /// The mailbox it came to.
        pub mailbox: MailboxId,
        /// Its sender.
        pub from_address: Option<String>,
        /// Its sender's name.
        pub from_name: Option<String>,
        /// Its subject.
        pub subject: Option<String>,
        /// When it was noted.
        pub arrived_at: Timestamp,
        /// Its bytes.
        pub raw_hash: Option<Vec<u8>>,
        /// What was known of it.
        pub facts: Packed,
    }
}

/// The last mails that rules can be tried on.
pub async fn recent(view: &mut View<'_>, limit: i64) -> Result<Vec<TriedMail>> {
    view.all(
        sql!(
            "select m.id, m.mailbox, m.from_address, m.from_name, m.subject, m.arrived_at,
                    m.raw_hash, f.facts
             from mail_facts f join inbound_mail m on m.id = f.mail
             order by f.mail desc limit $1"
        ),
        params![limit],
    )
    .await
}

/// One such mail.
pub async fn tried(view: &mut View<'_>, mail: MailId) -> Result<Option<TriedMail>> {
    view.optional(
        sql!(
            "select m.id, m.mailbox, m.from_address, m.from_name, m.subject, m.arrived_at,
                    m.raw_hash, f.facts
             from mail_facts f join inbound_mail m on m.id = f.mail
             where f.mail = $1"
        ),
        params![mail],
    )
    .await
}
