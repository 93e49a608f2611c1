//! Customers: found by whatever is known of them, as far as the reader may see them.

use db::{Operation, Tx, params, sql};
use laufzettel::record::actor::{self, Actor};
use laufzettel::record::customers::{FindCustomers, Found, keys};
use rules::right::Level;
use serde_json::json;

use crate::api::administrator;
use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    a_customer_is_found_by_whatever_is_known_of_him,
    a_customer_is_found_by_those_who_see_a_ticket_of_his,
    customers_of_an_older_version_are_found_too,
    a_person_has_several_telephone_numbers,
    a_look_up_reads_no_whole_table,
);

struct Find<'a> {
    reader: &'a Browser,
    words: &'a str,
    limit: i64,
}

impl db::Reading for Find<'_> {
    type Outcome = Found;

    async fn run(&self, view: &mut db::View<'_>) -> db::Result<Found> {
        let actor: Actor = actor::load(view, self.reader.agent).await?.unwrap();
        FindCustomers { actor: &actor, words: self.words, limit: self.limit }.run(view).await
    }
}

/// The names of companies, then of persons.
async fn names(world: &World, reader: &Browser, words: &str) -> Vec<String> {
    let found = world.app.db.read(&Find { reader, words, limit: 8 }).await.unwrap();
    let companies = found.companies.into_iter().map(|company| company.name);
    companies.chain(found.contacts.into_iter().map(|contact| contact.name)).collect()
}

/// Three people, two of them of one company.
async fn customers(world: &World) {
    let erp = administrator(world).await;
    let company = json!({
        "name": "Stadtwerke Lindenau", "customer_number": "20114",
        "domain": "sw-lindenau.example", "phone": "0341 5550-0",
    });
    let company = erp.post("/companies", company).await.done();
    for (name, address, phone, company) in [
        ("Katrin Brandt", "k.brandt@sw-lindenau.example", "0341 5550-214", Some(&company["id"])),
        (
            "Zoë Müller-Lüdenscheidt",
            "zoe@sw-lindenau.example",
            "+49 171 99887",
            Some(&company["id"]),
        ),
        ("Brandt, Otto", "otto@privat.example", "+43 (0)1 33344", None),
    ] {
        let mut body = json!({ "name": name, "addresses": [address], "phone": phone });
        if let Some(company) = company {
            body["company"] = company.clone();
        }
        erp.post("/contacts", body).await.done();
    }
}

async fn a_customer_is_found_by_whatever_is_known_of_him(world: World) {
    customers(&world).await;
    let ben = world.agent("Ben").await;
    let all = ["Stadtwerke Lindenau", "Katrin Brandt", "Zoë Müller-Lüdenscheidt"];
    let table: [(&str, &[&str]); 26] = [
        ("brandt", &["Brandt, Otto", "Katrin Brandt"]),
        ("BRAN", &["Brandt, Otto", "Katrin Brandt"]),
        ("katrin bra", &["Katrin Brandt"]),
        ("brandt kat", &["Katrin Brandt"]),
        ("mueller", &["Zoë Müller-Lüdenscheidt"]),
        ("lüden", &["Zoë Müller-Lüdenscheidt"]),
        ("Müller-Lü", &["Zoë Müller-Lüdenscheidt"]),
        ("zoe luden", &["Zoë Müller-Lüdenscheidt"]),
        ("stadt", &all),
        ("Lindenau", &all),
        ("stadtwerke brandt", &["Katrin Brandt"]),
        ("k.brandt", &["Katrin Brandt"]),
        ("K.Brandt@SW-Lindenau.example", &["Katrin Brandt"]),
        ("zoe@", &["Zoë Müller-Lüdenscheidt"]),
        ("sw-lindenau.ex", &all),
        ("20114", &all),
        ("201", &all),
        ("0341 5550-214", &["Katrin Brandt"]),
        ("+49 341 5550 21", &["Katrin Brandt"]),
        ("0049341/5550214", &["Katrin Brandt"]),
        ("5550214", &["Katrin Brandt"]),
        ("0431 33344", &[]),
        ("0043 1 333", &["Brandt, Otto"]),
        ("brandt 0171", &[]),
        ("%", &[]),
        ("'; drop", &[]),
    ];
    for (words, expected) in table {
        assert_eq!(names(&world, &ben, words).await, expected, "{words}");
    }
    let found = world.app.db.read(&Find { reader: &ben, words: "katrin", limit: 8 }).await.unwrap();
    let katrin = &found.contacts[0];
    assert_eq!(katrin.addresses, ["k.brandt@sw-lindenau.example"]);
    assert_eq!(katrin.phones, ["0341 5550-214"]);
    assert_eq!(katrin.company_name.as_deref(), Some("Stadtwerke Lindenau"));
    assert_eq!(katrin.open, 0);
    let first = world.app.db.read(&Find { reader: &ben, words: "brandt", limit: 1 }).await.unwrap();
    assert_eq!(first.contacts.len(), 1);
}

async fn a_customer_is_found_by_those_who_see_a_ticket_of_his(world: World) {
    customers(&world).await;
    world.area("technik").await;
    world.mailbox("hilfe", "technik").await;
    world.mail("hilfe", "From: k.brandt@sw-lindenau.example\nSubject: Frage\n\nWo?\n").await;
    let all = world.agent("Ben").await;
    let technik = world.agent_of("Tara", &[("technik", Level::Read)]).await;
    let support = world.agent_of("Sven", &[("support", Level::Work)]).await;
    let own = world.agent_of("Olga", &[("technik", Level::Own)]).await;
    let nobody = world.agent_of("Nils", &[]).await;
    let open = async |reader: &Browser| {
        let find = Find { reader, words: "katrin brandt", limit: 8 };
        let found = world.app.db.read(&find).await.unwrap();
        found.contacts.first().map(|contact| contact.open)
    };
    assert_eq!(open(&all).await, Some(1));
    assert_eq!(open(&technik).await, Some(1));
    assert_eq!(open(&support).await, None);
    assert_eq!(open(&own).await, None);
    assert_eq!(open(&nobody).await, None);
    // Otto has no ticket, so there is nothing to hide; who enters no area sees nobody.
    assert_eq!(names(&world, &support, "otto").await, ["Brandt, Otto"]);
    assert_eq!(names(&world, &nobody, "otto").await, Vec::<String>::new());
}

struct WriteAsBefore;

impl Operation for WriteAsBefore {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        for statement in [
            sql!("delete from contact_key where contact > $1"),
            sql!("delete from company_key where company > $1"),
            sql!("update contact set key_rule = 0 where id > $1"),
            sql!("update company set key_rule = 0 where id > $1"),
        ] {
            tx.execute(statement, params![0_i64]).await?;
        }
        Ok(())
    }
}

async fn customers_of_an_older_version_are_found_too(world: World) {
    customers(&world).await;
    let ben = world.agent("Ben").await;
    world.app.db.write(&WriteAsBefore).await.unwrap();
    assert_eq!(names(&world, &ben, "brandt").await, Vec::<String>::new());
    keys::bring_in_line(&world.app.db).await.unwrap();
    for words in ["katrin brandt", "0341 5550-214", "20114 brandt"] {
        assert_eq!(names(&world, &ben, words).await, ["Katrin Brandt"], "{words}");
    }
}

async fn a_person_has_several_telephone_numbers(world: World) {
    let erp = administrator(&world).await;
    let body = json!({
        "name": "Ann", "phones": ["0341 1", " 0171  2 ", "0341 1", ""],
        "job": "Einkauf", "notes": "Ruft an.\r\n\r\nImmer.",
    });
    let ann = erp.post("/contacts", body).await.done();
    assert_eq!(ann["phones"], json!(["0341 1", "0171 2"]));
    assert_eq!(ann["phone"], "0341 1");
    assert_eq!((&ann["job"], &ann["notes"]), (&json!("Einkauf"), &json!("Ruft an.\n\nImmer.")));
    let path = format!("/contacts/{}", ann["id"].as_str().unwrap());
    let changed = erp.patch(&path, json!({ "phone": "0228 3" })).await.done();
    assert_eq!(changed["phones"], json!(["0228 3", "0171 2"]));
    let changed = erp.patch(&path, json!({ "phone": null, "notes": null })).await.done();
    assert_eq!((&changed["phones"], &changed["notes"]), (&json!(["0171 2"]), &json!(null)));
    let ben = world.agent("Ben").await;
    assert_eq!(names(&world, &ben, "0171 2").await, ["Ann"]);
    assert_eq!(names(&world, &ben, "0228 3").await, Vec::<String>::new());
    let long =
        json!({ "phones": ["1".repeat(61)], "job": "x".repeat(201), "notes": "x".repeat(10_001) });
    assert_eq!(
        erp.patch(&path, long).await.fields(),
        "phones[0] too_long, job too_long, notes too_long"
    );
    world.mailbox("hilfe", "support").await;
    let ours = json!({ "addresses": ["Hilfe@firma.example"] });
    assert_eq!(erp.patch(&path, ours).await.fields(), "addresses[0] ours");
    assert_eq!(erp.delete_if("*", &path).await.status, 204);
}

async fn a_look_up_reads_no_whole_table(world: World) {
    customers(&world).await;
    let ben = world.agent("Ben").await;
    let sven = world.agent_of("Sven", &[("support", Level::Work)]).await;
    for reader in [&ben, &sven] {
        let before = world.app.db.statements_run();
        let find = Find { reader, words: "stadtwerke brandt", limit: 8 };
        world.app.db.read(&find).await.unwrap();
        assert!(world.app.db.statements_run() - before <= 6, "with the one that loads the actor");
        let actor = world.app.db.read(&LoadActor(reader)).await.unwrap();
        for words in ["m", "müller zoe", "k.brandt@", "0341 5550", "20114", "brandt 0171 stadt"] {
            let find = FindCustomers { actor: &actor, words, limit: 8 };
            for statement in find.statements() {
                let plan = world.app.db.explain(&statement).await.unwrap();
                let scans: Vec<&String> = plan.iter().filter(|step| is_scan(step)).collect();
                assert_eq!(scans, Vec::<&String>::new(), "{words}: {plan:?}");
            }
        }
    }
}

/// Whether a step of a plan reads a table from end to end, on either engine.
fn is_scan(step: &str) -> bool {
    let tables = ["contact", "company", "ticket", "c", "o", "t", "k", "p", "a"];
    let begins = |table: &&str| {
        let rest = step.strip_prefix("SCAN ").and_then(|rest| rest.strip_prefix(*table));
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    step.contains("Seq Scan on") || tables.iter().any(begins)
}

struct LoadActor<'a>(&'a Browser);

impl db::Reading for LoadActor<'_> {
    type Outcome = Actor;

    async fn run(&self, view: &mut db::View<'_>) -> db::Result<Actor> {
        Ok(actor::load(view, self.0.agent).await?.unwrap())
    }
}
