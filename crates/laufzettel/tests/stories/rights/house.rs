//! The house of the matrix: two teams, and everything that team 1 has bears a word of its own that
//! nobody else may ever read.

use std::collections::HashMap;

use axum::body::Body;
use axum::http::header;
use db::Engine;
use laufzettel::App;
use laufzettel::feature::agents::SetRights;
use laufzettel::feature::tokens::{CreateToken, NewToken, RevokeToken};
use laufzettel::record::AgentId;
use laufzettel::record::actor::Scope;
use laufzettel::record::administration::By;
use rules::right::{Flag, Level};
use serde_json::{Value, json};

use super::persona::Persona;
use crate::api::{Program, number};
use crate::world::World;
use crate::world::browser::Browser;

/// What every word of team 1 begins with.
pub const CANARY: &str = "kanari";

/// The mail of team 1's customer.
const MAIL: &str = "From: Kanarikunde <kanarikunde@kanarihaus.example>\nTo: werkstatt@firma.example\n\
    Subject: Kanaribetreff\nMessage-ID: <kanarimail@kanarihaus.example>\nMIME-Version: 1.0\n\
    Content-Type: multipart/mixed; boundary=grenze\n\n--grenze\nContent-Type: text/plain\n\n\
    Kanarizeilen im Text.\n--grenze\nContent-Type: text/html\n\n<p>Kanarizeilen in HTML.</p>\n\
    --grenze\nContent-Type: text/plain; name=kanaridatei.txt\n\
    Content-Disposition: attachment; filename=kanaridatei.txt\n\nKanariinhalt\n--grenze--\n";

/// The words for entries of the lists that nothing uses.
const KEYS: [&str; 6] = [
    "areas_key",
    "queues_key",
    "request_types_key",
    "categories_key",
    "priorities_key",
    "statuses_key",
];

/// The house, who is in it, and what things are called.
pub struct House {
    pub world: World,
    browsers: HashMap<Persona, Browser>,
    programs: HashMap<Persona, Program>,
    /// The names of things, by the word that the table has for them.
    pub names: HashMap<&'static str, String>,
}

impl House {
    pub async fn build(engine: Engine) -> Self {
        let mut world: World = testkit::world(engine).await;
        // The sample company has routes of its own.
        let mut config = world.app.config.clone();
        config.is_demo = true;
        let keys = laufzettel::service::keys::Keys::new(vec![[42; 32]]);
        let clock = laufzettel::service::clock::Clock::standing(crate::world::NOW);
        let db = world.app.db.clone();
        world.app = App::with_database(config, clock, keys, db).await.unwrap();
        world.router = laufzettel::http::router(&world.app);
        let names = HashMap::new();
        let mut house = Self { world, browsers: HashMap::new(), programs: HashMap::new(), names };
        house.people().await;
        house.settings().await;
        house.customers().await;
        house.tickets().await;
        house.strangers().await;
        house.world.app.forget_lists();
        house.world.app.forget_counters();
        house
    }

    pub fn browser(&self, persona: Persona) -> &Browser {
        &self.browsers[&persona]
    }

    pub fn program(&self, persona: Persona) -> &Program {
        &self.programs[&persona]
    }

    /// A text with the names of things in place of their words.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        for (word, name) in &self.names {
            filled = filled.replace(&format!("<{word}>"), name);
        }
        assert!(!filled.contains('<'), "there is no such thing: {filled}");
        filled
    }

    async fn people(&mut self) {
        let world = &self.world;
        world.area("technik").await;
        world.area("vertrieb").await;
        let anna = world.administrator("Anna").await.agent;
        let (expired, _) = token(world, anna, &Scope::ALL, Some(1)).await;
        world.minutes_pass(2 * 24 * 60);
        self.programs.insert(Persona::Expired, Program::with_token(world, &expired));
        let (revoked, id) = token(world, anna, &Scope::ALL, None).await;
        let people = [
            (Persona::Administrator, world.sign_in(anna).await),
            (Persona::TeamTwo, world.agent_of("Uwe", &[("vertrieb", Level::Work)]).await),
            (Persona::Reader, world.agent_of("Lena", &[("technik", Level::Read)]).await),
            (Persona::TeamOne, world.agent_of("Tina", &[("technik", Level::Work)]).await),
            (Persona::Manager, world.agent_of("Mia", &[("technik", Level::Manage)]).await),
            (Persona::HouseKeeper, world.agent_of("Hanna", &[]).await),
            (Persona::Deactivated, world.agent("Dora").await),
        ];
        let hanna = people[5].1.agent;
        // Who only reads is signed in elsewhere, too.
        world.sign_in(people[2].1.agent).await;
        let flags = SetRights {
            agent: hanna,
            elsewhere: Some(None),
            areas: &[],
            flags: Some(&[Flag::Settings]),
        };
        world.app.db.write(&flags).await.unwrap();
        let nobody = Browser::new(world.router.clone(), AgentId::from_number(1), "");
        self.programs.insert(Persona::Nobody, Program::with_token(world, "lz_unknown"));
        for (persona, browser) in people {
            let (secret, id) = token(world, browser.agent, &Scope::ALL, None).await;
            self.programs.insert(persona, Program::with_token(world, &secret));
            if persona == Persona::HouseKeeper {
                self.names.insert("token", id);
                self.names.insert("agent", browser.agent.to_string());
            }
            self.browsers.insert(persona, browser);
        }
        self.browsers.insert(Persona::Nobody, nobody);
        let by = By::command(&world.app.ids, world.app.now());
        let revoke = RevokeToken { token: values::Id::parse(&id).unwrap(), agent: None, by };
        world.app.db.write(&revoke).await.unwrap();
        self.programs.insert(Persona::Revoked, Program::with_token(world, &revoked));
        world.switch_off("Dora").await;
        world.app.sessions.drop_actors();
    }

    async fn settings(&mut self) {
        drop(self.world.relay().await);
        self.world.mailbox("werkstatt", "technik").await;
        self.world.mailbox("vertrieb", "vertrieb").await;
        let erp = self.program(Persona::Administrator).clone();
        let block = json!({
            "key": "gruss", "name": "Zeisigbaustein", "area": "technik", "body_html": "<p>Zeisiggruss</p>",
        });
        let block = erp.post("/text_blocks", block).await.done();
        self.names.insert("block", text(&block["key"]));
        let tina = self.program(Persona::TeamOne).clone();
        let own =
            json!({ "name": "Kanarieigener", "own": true, "body_html": "<p>Kanarieigen</p>" });
        tina.post("/text_blocks", own).await.done();
        let rule = json!({ "name": "Kanar", "condition": "betreff:x", "actions": "schlagwort:x" });
        let rule = erp.post("/intake_rules", rule).await.done();
        self.names.insert("rule", text(&rule["id"]));
        let sender = erp.get("/senders").await.done();
        self.names.insert("sender", text(&sender["items"][0]["address"]));
        self.names.insert("sender_id", text(&sender["items"][0]["id"]));
        let lists = self.world.app.directory().await.unwrap();
        let area = lists.areas.iter().find(|area| area.key == "technik").unwrap().id;
        self.names.insert("area", area.to_string());
        self.names.insert("priority", lists.priorities[0].id.to_string());
        self.names.insert("mailbox", "werkstatt".to_owned());
        self.names.insert("area_key", "technik".to_owned());
        for list in ["areas", "queues", "request_types", "categories", "priorities", "statuses"] {
            let mut entry = json!({ "name": "Übrig" });
            if list == "statuses" {
                entry["kind"] = "in_progress".into();
            }
            let entry = erp.post(&format!("/{list}"), entry).await.done();
            self.names.insert(
                KEYS.iter().find(|key| key.starts_with(list)).unwrap(),
                text(&entry["key"]),
            );
        }
    }

    async fn customers(&mut self) {
        let erp = self.program(Persona::Administrator).clone();
        let make = async |path: &str, body: Value| text(&erp.post(path, body).await.done()["id"]);
        let company =
            make("/companies", json!({ "name": "Kanarifirma", "domain": "kanarihaus.example" }))
                .await;
        let other = make("/companies", json!({ "name": "Kanarizweite" })).await;
        let gone = make("/companies", json!({ "name": "Weg GmbH" })).await;
        let contact = json!({
            "name": "Kanarikunde", "addresses": ["kanarikunde@kanarihaus.example"],
            "company": company, "notes": "Kanarinotizen", "phones": ["0341 998877"],
        });
        let contact = make("/contacts", contact).await;
        let second =
            json!({ "name": "Kanarizwilling", "addresses": ["second@kanarihaus.example"] });
        let second = make("/contacts", second).await;
        let third = make(
            "/contacts",
            json!({ "name": "Kanaridritter", "addresses": ["third@kanarihaus.example"] }),
        )
        .await;
        let lost = make("/contacts", json!({ "name": "Weg" })).await;
        let joined = make("/contacts", json!({ "name": "Kanarialter" })).await;
        let join = json!({ "other": joined });
        erp.post(&format!("/contacts/{contact}/join"), join).await.done();
        let former = make("/companies", json!({ "name": "Kanarialtfirma" })).await;
        let join = json!({ "other": former });
        erp.post(&format!("/companies/{company}/join"), join).await.done();
        erp.delete_if("*", &format!("/contacts/{lost}")).await.done();
        erp.delete_if("*", &format!("/companies/{gone}")).await.done();
        for (word, name) in [
            ("company", company),
            ("other_company", other),
            ("gone_company", gone),
            ("contact", contact),
            ("second", second),
            ("third", third),
            ("gone_contact", lost),
            ("joined", joined),
            ("joined_company", former),
        ] {
            self.names.insert(word, name);
        }
    }

    async fn tickets(&mut self) {
        let (tina, anna) =
            (self.browser(Persona::TeamOne).clone(), self.browser(Persona::Administrator).clone());
        let (erp, desk) =
            (self.program(Persona::Administrator).clone(), self.program(Persona::TeamOne).clone());
        let outcome = self.world.mail("werkstatt", MAIL).await;
        let ticket = outcome.ticket.unwrap();
        let message = outcome.message.unwrap().to_string();
        self.names.insert("mail", outcome.mail.to_string());
        let path = format!("/tickets/{ticket}");
        let tags = json!({ "tags": ["kanarischlagwort"], "company": self.names["company"] });
        erp.patch(&path, tags).await.done();
        let note = json!({ "visibility": "internal", "body_text": "Kanarivermerk" });
        let note = text(&desk.post(&format!("{path}/messages"), note).await.done()["id"]);
        let reply = "to=kanarikunde%40kanarihaus.example&text=Kanariantwort&signed=1";
        let reply = tina.post(&format!("{path}/reply"), reply).await;
        assert_eq!(reply.header("location"), path, "{}", reply.words());
        let draft = tina.post(&format!("{path}/draft/note"), "text=Kanarientwurf").await;
        assert!(draft.status.as_u16() < 400, "{}", draft.words());
        let messages = erp.get(&format!("{path}/messages")).await.done();
        let attachment = messages.pointer("/items/0/attachments/0/id").map(text);
        let attachment = attachment.unwrap_or_else(|| panic!("{messages}"));
        let outbox = erp.get("/outbox").await.done();
        assert!(outbox["items"][0]["id"].is_string(), "{outbox} {messages}");
        self.names.insert("out", text(&outbox["items"][0]["id"]));
        let trashed =
            json!({ "subject": "Kanaripapierkorb", "body_text": "Kanarimüll", "area": "technik" });
        let trashed = number(&erp.post("/tickets", trashed).await.done());
        erp.delete_if("*", &format!("/tickets/{trashed}")).await;
        // All of team 1's customers have a ticket there, or everybody would see them.
        for word in ["second", "third"] {
            let body = json!({
                "subject": "Kanarifrage", "body_text": "Kanarifrage", "area": "technik",
                "contact": { "email": format!("{word}@kanarihaus.example") },
                "company": self.names["other_company"],
            });
            self.names.insert("closed", number(&erp.post("/tickets", body).await.done()));
        }
        let closed = format!("/tickets/{}/close", self.names["closed"]);
        erp.post(&closed, json!({ "outcome": "solved" })).await.done();
        let mine =
            json!({ "subject": "Kanarimeins", "body_text": "Kanarimeins", "area": "technik" });
        let mine = number(&desk.post("/tickets", mine).await.done());
        desk.act(&format!("/tickets/{mine}/claim")).await.done();
        let import =
            upload(&anna, "/customers/import", "kanariliste.csv", "Name\nKanariimport\n").await;
        let import = import.rsplit('/').next().unwrap().to_owned();
        for (word, name) in [
            ("ticket", ticket),
            ("message", message),
            ("note", note),
            ("attachment", attachment),
            ("trashed", trashed),
            ("mine", mine),
            ("import", import),
        ] {
            self.names.insert(word, name);
        }
    }

    /// What team 2 has: it is not missed where team 1's is missing.
    async fn strangers(&mut self) {
        let uwe = self.program(Persona::TeamTwo).clone();
        let body = json!({ "subject": "Angebot", "body_text": "Bitte", "area": "vertrieb" });
        let foreign = number(&uwe.post("/tickets", body).await.done());
        self.names.insert("foreign", foreign);
    }
}

#[track_caller]
fn text(value: &Value) -> String {
    let Some(text) = value.as_str() else { panic!("{value} is no text") };
    text.to_owned()
}

async fn token(
    world: &World,
    agent: AgentId,
    scopes: &[Scope],
    days: Option<u32>,
) -> (String, String) {
    let token = NewToken::make(&world.app, "ERP", scopes, days);
    let by = By::command(&world.app.ids, world.app.now());
    world.app.db.write(&CreateToken { token: &token, agent, by }).await.unwrap();
    (token.secret().to_owned(), token.id().to_string())
}

/// The body of a file sent by a form.
pub fn multipart(name: &str, content: &str) -> String {
    format!(
        "--grenze\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: text/plain\r\n\r\n{content}\r\n--grenze--\r\n"
    )
}

async fn upload(by: &Browser, path: &str, name: &str, content: &str) -> String {
    let request = by
        .request("POST", path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grenze")
        .header("sec-fetch-site", "same-origin");
    let answer = by.send(request.body(Body::from(multipart(name, content))).unwrap()).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer.header("location").to_owned()
}
