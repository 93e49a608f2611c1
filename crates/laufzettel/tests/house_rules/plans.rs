//! No statement reads a whole table that grows.

use db::{Engine, Query, Sql};
use laufzettel::feature::lists::{CountUses, List};

use crate::assert_none;
use crate::statements::statements_in_the_source;
use crate::world::World;

/// Tables that grow with every mail and every change. Lists, agents and settings are small.
const GROWING: [&str; 38] = [
    "ticket",
    "ticket_tag",
    "ticket_link",
    "ticket_participant",
    "message",
    "message_html",
    "message_reference",
    "attachment",
    "contact",
    "contact_address",
    "contact_key",
    "contact_phone",
    "company_key",
    "customer_event",
    "customer_joined",
    "history_event",
    "settings_event",
    "blob",
    "inbound_mail",
    "mail_event",
    "reconciliation",
    "outbound_mail",
    "outbound_recipient",
    "outbound_attempt",
    "sent_copy",
    "reading",
    "session",
    "idempotency",
    "draft",
    "begun_ticket",
    "regrouping",
    "ticket_distinct",
    "automatic_answer",
    "proved_address",
    "token_echo",
    "muted_pair",
    "regrouping",
    "ticket_distinct",
];

/// Statements that read a whole table on purpose: part of their text, and why.
const ON_PURPOSE: [(&str, &str); 0] = [];

#[tokio::test]
async fn no_statement_scans_a_growing_table() {
    let world: World = testkit::world(Engine::Sqlite).await;
    let (mut findings, mut steps) = (Vec::new(), 0);
    let is_product = |place: &str| !place.contains("/tests/") && !place.contains("/tests.rs:");
    for statement in statements_in_the_source().into_iter().filter(|s| is_product(&s.place)) {
        let text = statement.text(Engine::Sqlite);
        if text.starts_with("pragma") || ON_PURPOSE.iter().any(|(part, _)| text.contains(part)) {
            continue;
        }
        let leaked: &'static str = text.to_owned().leak();
        let query = Query::from(Sql { sqlite: leaked, postgres: leaked });
        for step in world.db.explain(&query).await.unwrap() {
            steps += 1;
            if scanned_table(&step, text).is_some_and(|table| GROWING.contains(&table)) {
                findings.push(format!("{}: {step}", statement.place));
            }
        }
    }
    assert_none("a statement reads a whole table", &findings);
    assert!(steps > 20, "only {steps} steps were looked at");
}

/// The pages of the settings say how many tickets hang on each entry.
#[tokio::test]
async fn the_tickets_of_an_entry_are_counted_by_an_index_alone() {
    let world: World = testkit::world(Engine::Sqlite).await;
    for list in List::ALL {
        for id in [None, Some(7)] {
            let plan = world.db.explain(&CountUses { list, id }.query()).await.unwrap();
            let of_tickets: Vec<&String> = plan.iter().filter(|step| is_of_tickets(step)).collect();
            let [step] = of_tickets.as_slice() else { panic!("{list:?}: {plan:?}") };
            assert!(step.starts_with("SEARCH t USING COVERING INDEX"), "{list:?}: {step}");
        }
    }
}

fn is_of_tickets(step: &str) -> bool {
    ["SEARCH t ", "SCAN t "].iter().any(|begin| step.starts_with(begin))
}

/// The table that a step of a plan reads from end to end. A walk along an index that a `limit`
/// ends is none.
fn scanned_table<'a>(step: &str, text: &'a str) -> Option<&'a str> {
    let name = step.strip_prefix("SCAN ")?.split(' ').next()?;
    let is_walk = step.contains(" USING ") && text.contains("limit");
    if is_walk { None } else { table_called(name, text) }
}

/// The table behind the name that a statement gives it: the plan shows only the name.
fn table_called<'a>(name: &str, text: &'a str) -> Option<&'a str> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|window| match window {
        [before, table, alias]
            if ["from", "join", "update", "into"].contains(before)
                && (*table == name || *alias == name) =>
        {
            Some(*table)
        }
        _ => None,
    })
}

#[test]
fn a_scan_is_told_from_a_walk_along_an_index() {
    let text = "select t.id from ticket t where t.subject = $1";
    let walk = "select id from ticket order by id limit 50";

    assert_eq!(scanned_table("SCAN t", text), Some("ticket"));
    assert_eq!(scanned_table("SEARCH t USING INDEX x (subject=?)", text), None);
    assert_eq!(scanned_table("SCAN ticket USING COVERING INDEX x", walk), None);
    assert_eq!(scanned_table("SCAN t USING COVERING INDEX x", text), Some("ticket"));
}

/// They are few among the open ones, and counted on each page.
#[tokio::test]
async fn new_tickets_are_counted_along_an_index() {
    let world: World = testkit::world(Engine::Sqlite).await;
    let steps = world.db.explain(&laufzettel::record::counters::fresh_query(None)).await.unwrap();
    let step = steps.iter().find(|step| step.contains(" t ")).unwrap();
    let expected = "SEARCH t USING INDEX ticket_inbox_assignee (assignee=? AND stage<?)";
    assert_eq!(step, expected, "{steps:#?}");
}

/// The journal is read newest first along one index, whatever it is limited to.
#[tokio::test]
async fn each_list_of_the_journal_walks_along_an_index() {
    use laufzettel::feature::journal::store::{List, Mailboxes, Within};
    use laufzettel::record::MailId;

    let world: World = testkit::world(Engine::Sqlite).await;
    let mailboxes = Mailboxes::All;
    let plan = async |within: Within| {
        let list = List {
            mailboxes: &mailboxes,
            within,
            keys: None,
            since: MailId::from_number(0),
            before: MailId::from_number(i64::MAX),
            limit: 51,
        };
        let steps = world.db.explain(&list.query()).await.unwrap();
        let sorts = steps.iter().filter(|step| step.contains("TEMP B-TREE")).count();
        // Only the rows that are shown are sorted once more, by the outer statement.
        assert!(sorts <= 1, "{steps:#?}");
        let step = steps.iter().find(|step| step.contains("inbound_mail_")).cloned();
        step.unwrap_or_else(|| panic!("{steps:#?}"))
    };
    let within = Within::default();
    let unassigned = plan(Within { outcome: Some("unassigned"), ..within }).await;
    assert!(
        unassigned.contains("inbound_mail_outcome (outcome=? AND id>? AND id<?)"),
        "{unassigned}"
    );
    let class = plan(Within { class: Some("newsletter"), ..within }).await;
    assert!(class.contains("inbound_mail_class (class=? AND id>? AND id<?)"), "{class}");
    let quarantined = plan(Within { states: &["quarantined"], ..within }).await;
    assert!(
        quarantined.contains("inbound_mail_state (state=? AND id>? AND id<?)"),
        "{quarantined}"
    );
}

/// Each page counts the mails that have to be placed.
#[tokio::test]
async fn mails_to_be_placed_are_counted_along_an_index() {
    let world: World = testkit::world(Engine::Sqlite).await;
    let query = laufzettel::record::counters::unplaced_query();
    let steps = world.db.explain(&query).await.unwrap();
    let step = steps.iter().find(|step| step.contains(" m ")).unwrap();
    assert_eq!(step, "SEARCH m USING INDEX inbound_mail_outcome (outcome=?)", "{steps:#?}");
}
