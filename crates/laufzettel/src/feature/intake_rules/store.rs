//! SQL of intake rules.

use db::{Query, Reading, Result, Tx, View, from_row, params, sql};

use crate::feature::journal::store::Mailboxes;
use crate::record::actor::ids_json;
use crate::record::intake_rule::IntakeRule;
use crate::record::packed::Packed;
use crate::record::{MailId, MailboxId, RuleId, TicketId};
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

/// The last mails on which a rule fired, of mailboxes that somebody may read.
pub async fn fired_on(
    view: &mut View<'_>,
    rule: RuleId,
    mailboxes: &Mailboxes,
    limit: i64,
) -> Result<Vec<FiredMail>> {
    let mut query = Query::new(
        "select m.id, m.from_address, m.from_name, m.subject, t.number
         from intake_rule_hit h
         join inbound_mail m on m.id = h.mail
         left join ticket t on t.id = m.ticket
         where h.rule =",
    );
    query.bind(rule);
    push_mailboxes(&mut query, mailboxes);
    query.push("order by h.mail desc limit").bind(limit);
    view.list(&query).await
}

/// Keeps the mails of these mailboxes. The mail is named `m`.
fn push_mailboxes(query: &mut Query, mailboxes: &Mailboxes) {
    if let Mailboxes::Some(some) = mailboxes {
        query.push("and").push_in_ids("m.mailbox", ids_json(some));
    }
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

fn tried_mails() -> Query {
    Query::new(
        "select m.id, m.mailbox, m.from_address, m.from_name, m.subject, m.arrived_at,
                m.raw_hash, f.facts
         from mail_facts f join inbound_mail m on m.id = f.mail
         where 1 = 1",
    )
}

/// The last mails that rules can be tried on, of mailboxes that somebody may read.
pub async fn recent(
    view: &mut View<'_>,
    mailboxes: &Mailboxes,
    limit: i64,
) -> Result<Vec<TriedMail>> {
    let mut query = tried_mails();
    push_mailboxes(&mut query, mailboxes);
    query.push("order by f.mail desc limit").bind(limit);
    view.list(&query).await
}

/// One such mail.
pub async fn tried(
    view: &mut View<'_>,
    mailboxes: &Mailboxes,
    mail: MailId,
) -> Result<Option<TriedMail>> {
    let mut query = tried_mails();
    query.push("and f.mail =").bind(mail);
    push_mailboxes(&mut query, mailboxes);
    query.push("order by f.mail limit 1");
    Ok(view.list(&query).await?.into_iter().next())
}

from_row! {
    /// The mail that a ticket began with.
    pub struct FirstOfTicket {
        /// The mailbox it came to.
        pub mailbox: MailboxId,
        /// Its bytes.
        pub raw_hash: Option<Vec<u8>>,
        /// What was known of it.
        pub facts: Packed,
    }
}

/// The mail that a ticket began with, if rules can be tried on it.
pub async fn first_mail(view: &mut View<'_>, ticket: TicketId) -> Result<Option<FirstOfTicket>> {
    view.optional(
        sql!(
            "select j.mailbox, j.raw_hash, f.facts
             from message m
             join inbound_mail j on j.id = m.mail
             join mail_facts f on f.mail = j.id
             where m.ticket = $1 and m.direction = 'in'
             order by m.id limit 1"
        ),
        params![ticket],
    )
    .await
}

from_row! {
    /// The last mail of a customer in a ticket.
    pub struct LastOfTicket {
        /// Its author's address.
        pub author_email: Option<String>,
        /// Its author's name.
        pub author_name: String,
        /// Its subject.
        pub subject: String,
        /// Its recipients, as JSON.
        pub recipients: String,
    }
}

/// The last mail of a customer in a ticket.
pub async fn last_mail(view: &mut View<'_>, ticket: TicketId) -> Result<Option<LastOfTicket>> {
    view.optional(
        sql!(
            "select author_email, author_name, subject, recipients from message
             where ticket = $1 and direction = 'in' and channel = 'mail'
             order by id desc limit 1"
        ),
        params![ticket],
    )
    .await
}

from_row! {
    /// A mail that was decided about.
    pub struct FactsRow {
        /// The mail.
        pub id: MailId,
        /// The mailbox it came to.
        pub mailbox: MailboxId,
        /// Its ticket.
        pub ticket: Option<TicketId>,
        /// Its bytes.
        pub raw_hash: Option<Vec<u8>>,
        /// What was known of it; nothing is kept of old ones.
        pub facts: Option<Packed>,
    }
}

from_row! {
    /// The text of a mail, as its message keeps it.
    pub struct TextRow {
        /// The mail.
        pub mail: MailId,
        /// The parts of its message, as JSON.
        pub segments: Packed,
    }
}

/// The texts of mails that became messages.
pub struct Texts {
    /// The mails.
    pub mails: Vec<MailId>,
}

impl Reading for Texts {
    type Outcome = Vec<TextRow>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<TextRow>> {
        let mut query = Query::new(
            "select m.id as mail, g.segments
             from inbound_mail m join message g on g.id = m.message
             where",
        );
        query.push_in_ids("m.id", ids_json(&self.mails));
        view.list(&query).await
    }
}

/// Mails that were decided, the newest first. History is left out: rules never saw it.
pub struct Decided<'a> {
    /// From this one on.
    pub since: MailId,
    /// Before this one.
    pub until: MailId,
    /// The mailboxes.
    pub mailboxes: &'a Mailboxes,
    /// How many.
    pub limit: i64,
}

impl Reading for Decided<'_> {
    type Outcome = Vec<FactsRow>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<FactsRow>> {
        let mut query = Query::new(
            "select m.id, m.mailbox, m.ticket, m.raw_hash, f.facts
             from inbound_mail m left join mail_facts f on f.mail = m.id
             where m.archive = 0 and m.state in ('applied', 'filtered') and m.id >=",
        );
        query.bind(self.since).push("and m.id <").bind(self.until);
        push_mailboxes(&mut query, self.mailboxes);
        query.push("order by m.id desc limit").bind(self.limit);
        view.list(&query).await
    }
}
