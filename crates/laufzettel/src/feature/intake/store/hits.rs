//! SQL of which rule fired on which mail.

use db::{Result, Tx, params, sql};

use crate::record::MailId;
use crate::record::message::json;

/// Writes down that rules fired on a mail.
pub async fn add(tx: &mut Tx<'_>, mail: MailId, rules: &[i64]) -> Result<()> {
    if rules.is_empty() {
        return Ok(());
    }
    tx.execute(
        sql!(
            sqlite: "insert into intake_rule_hit (rule, mail)
                     select value, $1 from json_each($2) where true on conflict do nothing",
            postgres: "insert into intake_rule_hit (rule, mail)
                       select value::bigint, $1 from json_array_elements_text($2::json)
                       on conflict do nothing"
        ),
        params![mail, json(&rules)],
    )
    .await
    .map(drop)
}

/// Keeps what was known of a mail.
pub async fn keep_facts(tx: &mut Tx<'_>, mail: MailId, facts: &[u8]) -> Result<()> {
    tx.execute(
        sql!(
            "insert into mail_facts (mail, facts) values ($1, $2)
             on conflict (mail) do update set facts = excluded.facts"
        ),
        params![mail, facts],
    )
    .await
    .map(drop)
}
