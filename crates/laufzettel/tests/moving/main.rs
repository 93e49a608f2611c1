//! From the embedded database to a real PostgreSQL, by the real binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test fails by panicking"
)]

mod house;

use std::fs::File;
use std::process::Output;

use house::{House, new_postgres};
use serde_json::Value;

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every answer of the API is the same afterwards, search included, and the old database takes
/// nothing any more.
#[test]
fn a_whole_company_moves_and_answers_as_before() {
    let house = House::filled();
    let token = house.token();
    let before = house.answers(&token);
    assert!(before.len() > 600, "only {} answers", before.len());

    let new = new_postgres();
    let moved = house.run(&["move", "--to", &new, "--json"], b"");
    assert!(moved.status.success(), "{}", said(&moved));
    let lines = lines(&moved);
    assert_eq!(lines.last().unwrap()["set"], "database_url");
    let rows =
        |table: &str| lines.iter().find(|line| line["table"] == table).unwrap()["rows"].clone();
    assert!(rows("ticket").as_i64() > Some(150) && rows("blob").as_i64() > Some(150));
    assert!(lines[..lines.len() - 1].iter().all(|line| line["equal"] == true), "{lines:?}");

    let late = house.run(&["deliver", "--mailbox", "service"], b"Subject: too late\n\n?\n");
    assert_eq!(late.status.code(), Some(75), "the mail server keeps it");
    assert!(said(&late).contains("was moved to PostgreSQL"), "{}", said(&late));

    house.use_database(&new);
    let after = house.answers(&token);
    assert_eq!(before.len(), after.len());
    for (one, other) in before.iter().zip(&after) {
        assert_eq!(one, other);
    }
    let taken = house.run(&["deliver", "--mailbox", "service"], b"Subject: in time\n\n?\n");
    assert!(taken.status.success(), "{}", said(&taken));
}

#[test]
fn whoever_is_killed_in_the_midst_goes_on_where_it_ended() {
    let house = House::filled();
    let new = new_postgres();
    for told in [1, 2, 3, 4, 4] {
        house.move_until_killed(&new, told);
        house.use_database(&new);
        let early = house.run(&["user", "list"], b"");
        assert!(said(&early).contains("start laufzettel move again"), "{}", said(&early));
        house.use_database("sqlite");
    }
    let moved = house.run(&["move", "--to", &new, "--json"], b"");
    assert!(moved.status.success(), "{}", said(&moved));
    assert!(lines(&moved).len() > 20);
    house.use_database(&new);
    let checked = house.run(&["user", "list"], b"");
    assert!(checked.status.success(), "{}", said(&checked));
}

#[test]
fn what_cannot_work_is_refused_with_what_to_do() {
    let house = House::empty();
    let refused = |to: &str| {
        let output = house.run(&["move", "--to", to], b"");
        assert_eq!(output.status.code(), Some(1), "{to}");
        said(&output)
    };
    assert!(refused("mysql://a:geheim@b/c").contains("like postgres://"));
    let unreachable = refused("postgres://a:geheim@127.0.0.1:1/c");
    assert!(unreachable.contains("check the address after --to"), "{unreachable}");
    assert!(!unreachable.contains("geheim"), "{unreachable}");

    let used = new_postgres();
    house.use_database(&used);
    assert!(house.run(&["user", "list"], b"").status.success());
    assert!(refused(&used).contains("nothing to move"));
    house.use_database("sqlite");
    assert!(refused(&used).contains("is not empty"));

    let new = new_postgres();
    let serving = File::create(house.path("data/serve.lock")).unwrap();
    serving.lock().unwrap();
    assert!(refused(&new).contains("stop it first"));
    drop(serving);
    let moved = house.run(&["move", "--to", &new], b"");
    assert!(moved.status.success(), "{}", said(&moved));
    assert!(refused(&new).contains("was moved to PostgreSQL"));
    assert!(String::from_utf8_lossy(&moved.stdout).contains("database_url = "));
}
