//! The rights matrix: everybody asks for everything, by every route there is (security.md, S15, S16,
//! S25, S26, S47, S52).
//!
//! The routes come from the source and the running router, what is expected of each stands in
//! `pages.txt` and `programs.txt`. A route without an entry fails, and so does an entry without a route.

mod ask;
mod digest;
mod fields;
mod house;
mod logs;
mod matrix;
mod persona;
mod routes;
mod table;

use std::collections::BTreeSet;

use db::Engine;

use self::ask::{Way, ask};
use self::digest::{changed, digest};
use self::house::House;
use self::matrix::Findings;
use self::persona::{Persona, Right, Verdict};
use self::routes::Route;
use self::table::Entry;
use crate::world::World;

testkit::on_both_engines!(
    pages_show_everybody_what_is_his_and_nothing_else,
    programs_are_told_what_is_theirs_and_nothing_else,
    forms_do_what_they_say_for_who_may_and_nothing_for_others,
    calls_do_what_they_say_for_who_may_and_nothing_for_others,
    what_is_sent_from_elsewhere_changes_nothing,
);

#[tokio::test]
async fn every_route_stands_in_the_table_and_every_entry_has_a_route() {
    let house = House::build(Engine::Sqlite).await;
    let routes = routes::all(&house.world.router).await;
    let entries: Vec<Entry> = table::pages().into_iter().chain(table::programs()).collect();
    let told: BTreeSet<Route> = entries.iter().map(Entry::route).collect();
    let without: Vec<_> = routes.difference(&told).collect();
    assert!(without.is_empty(), "routes that the table says nothing of: {without:#?}");
    let left: Vec<_> = told.difference(&routes).collect();
    assert!(left.is_empty(), "entries without a route: {left:#?}");
    assert_eq!(told.len(), entries.len(), "an entry stands there twice");
}

async fn pages_show_everybody_what_is_his_and_nothing_else(world: World) {
    let logs = logs::kept();
    let house = House::build(world.app.db.engine()).await;
    let mut findings = Findings::default();
    for entry in table::pages().iter().filter(|entry| !entry.writes()) {
        matrix::reads(&house, entry, &Persona::BROWSERS, &mut findings).await;
    }
    findings.none();
    logs.have_no_canary();
}

async fn programs_are_told_what_is_theirs_and_nothing_else(world: World) {
    let logs = logs::kept();
    let house = House::build(world.app.db.engine()).await;
    let mut findings = Findings::default();
    for entry in table::programs().iter().filter(|entry| !entry.writes()) {
        matrix::reads(&house, entry, &Persona::PROGRAMS, &mut findings).await;
    }
    findings.none();
    logs.have_no_canary();
}

async fn forms_do_what_they_say_for_who_may_and_nothing_for_others(world: World) {
    writes(world.app.db.engine(), &table::pages(), &Persona::BROWSERS).await;
}

async fn calls_do_what_they_say_for_who_may_and_nothing_for_others(world: World) {
    writes(world.app.db.engine(), &table::programs(), &Persona::PROGRAMS).await;
}

/// First all who may not, in one house that must not change; then for each route one who may, in a
/// house of its own.
async fn writes(engine: Engine, entries: &[Entry], personas: &[Persona]) {
    let logs = logs::kept();
    let house = House::build(engine).await;
    let mut findings = Findings::default();
    for entry in entries.iter().filter(|entry| entry.writes()) {
        matrix::refusals(&house, entry, personas, &mut findings).await;
    }
    for entry in entries.iter().filter(|entry| entry.writes()) {
        let house = House::build(engine).await;
        matrix::deed(&house, entry, &mut findings).await;
    }
    findings.none();
    logs.have_no_canary();
}

/// Neither forms of other sites nor clients that hide where they come from (S25).
async fn what_is_sent_from_elsewhere_changes_nothing(world: World) {
    let house = House::build(world.app.db.engine()).await;
    let before = digest(&house.world.app.db).await;
    let mut findings = Findings::default();
    for entry in table::pages().iter().filter(|entry| entry.writes()) {
        for way in [Way::CrossSite, Way::Silent] {
            let answer = ask(&house, Persona::Administrator, entry, None, way).await;
            findings
                .check(answer.status == 403, || format!("{}: {}", entry.title(), answer.status));
        }
    }
    findings.none();
    let after = digest(&house.world.app.db).await;
    assert_eq!(changed(&before, &after), Vec::<String>::new());
}

/// The least of those who may.
fn least(entry: &Entry) -> Persona {
    let order = [
        Persona::Nobody,
        Persona::Reader,
        Persona::TeamOne,
        Persona::Manager,
        Persona::HouseKeeper,
        Persona::Administrator,
    ];
    let is_each = entry.right == Right::Each;
    let may = |persona: &Persona| match persona {
        Persona::Reader if is_each => false,
        persona => entry.right.verdict(*persona) == Verdict::Done,
    };
    order.into_iter().find(may).unwrap_or_else(|| panic!("nobody may {}", entry.title()))
}

/// The browser story of all pages knows every address that shows something.
#[tokio::test]
async fn every_page_is_looked_at_in_both_languages() {
    let house = House::build(Engine::Sqlite).await;
    let routes = routes::all(&house.world.router).await;
    let shown = routes
        .into_iter()
        .filter(|(method, address)| method == "GET" && !address.starts_with("/api/v1"));
    let shown: BTreeSet<String> = shown.map(|(_, address)| address).collect();
    let list = include_str!("../../../../../e2e/support/pages.mjs");
    let list = list.split("export const PAGES = {").nth(1).unwrap().split("\n};").next().unwrap();
    let names = list.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once("\":"));
    let names: BTreeSet<String> = names.map(|(address, _)| address.to_owned()).collect();
    let without: Vec<_> = shown.difference(&names).collect();
    assert!(without.is_empty(), "addresses that e2e/support/pages.mjs does not know: {without:#?}");
    let left: Vec<_> = names.difference(&shown).collect();
    assert!(left.is_empty(), "pages that nothing shows: {left:#?}");
}
