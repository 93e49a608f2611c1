//! The customers' pages: found, seen, made, changed and deleted; with and without scripts.

use rules::right::Level;
use serde_json::json;

use crate::api::administrator;
use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    the_history_of_a_customer_is_on_one_page,
    a_contact_is_made_changed_and_deleted_on_the_page,
    what_cannot_be_taken_stays_in_the_form_with_the_reason,
    the_company_of_an_address_is_proposed,
    a_company_is_made_changed_and_deleted_on_the_page,
    a_company_that_is_there_already_is_named,
    a_company_that_cannot_be_seen_is_not_named,
    a_new_ticket_begins_with_the_customer,
    the_list_is_found_while_typing_and_goes_on,
    customers_are_for_those_who_may_see_them,
    a_ticket_leads_to_its_customer,
);

/// The page behind the answer to a form.
async fn follow(by: &Browser, answer: crate::world::browser::Answered) -> (String, String) {
    let location = answer.header("location").to_owned();
    assert_eq!(answer.status, 303, "{}", answer.words());
    let path = location.split('?').next().unwrap_or_default().to_owned();
    (path, by.get(&location).await.words())
}

/// A ticket of somebody, by mail.
async fn asks(world: &World, from: &str, subject: &str) -> String {
    let mail = format!("From: {from}\nTo: hilfe@firma.example\nSubject: {subject}\n\nBitte.\n");
    world.mail("hilfe", &mail).await.ticket.unwrap()
}

/// Proves F-HIST-01, F-REL-01, F-REL-02, F-REL-03, F-FLD-14, F-FLD-15.
async fn the_history_of_a_customer_is_on_one_page(world: World) {
    world.mailbox("hilfe", "support").await;
    let erp = administrator(&world).await;
    let company = json!({ "name": "Hansen KG", "customer_number": "K-7" });
    let company = erp.post("/companies", company).await.done();
    let company = company["id"].as_str().unwrap();
    let ann =
        json!({ "name": "Ann Hansen", "addresses": ["ann@hansen.example"], "company": company });
    let ann = erp.post("/contacts", ann).await.done();
    let ann = ann["id"].as_str().unwrap();
    let first = asks(&world, "Ann <ann@hansen.example>", "Regal wackelt").await;
    let second = asks(&world, "Ann <ann@hansen.example>", "Rechnung fehlt").await;
    let ben = world.agent("Ben").await;
    ben.post(&format!("/tickets/{first}/status"), "value=geloest").await;
    for page in [format!("/customers/contacts/{ann}"), format!("/customers/companies/{company}")] {
        let open = ben.get(&page).await;
        assert!(open.words().contains("Rechnung fehlt"), "{}", open.words());
        assert!(!open.words().contains("Regal wackelt"), "only what is open: {}", open.words());
        assert!(open.words().contains("Offen 1 Alle 2"), "{}", open.words());
        assert!(open.text().contains(&format!("/tickets/{second}")));
        let all = ben.get(&format!("{page}?tickets=all")).await;
        assert!(all.words().contains("Regal wackelt"), "{}", all.words());
        assert!(all.words().contains("hat den Eintrag angelegt"), "{}", all.words());
    }
    let person = ben.get(&format!("/customers/contacts/{ann}")).await.text();
    assert!(person.contains(&format!("/tickets/new?contact={ann}")), "{person}");
    assert!(person.contains(&format!("/customers/companies/{company}")), "the company is linked");
    let firm = ben.get(&format!("/customers/companies/{company}")).await;
    assert!(firm.text().contains(&format!("/tickets/new?company={company}")));
    assert!(firm.words().contains("Kundennummer K-7"), "{}", firm.words());
    assert!(firm.words().contains("Ann Hansen"), "the people of the company");
    // A ticket keeps who asked even when the contact is called something else later.
    let body = json!({ "name": "Ann Meier" });
    erp.patch(&format!("/contacts/{ann}"), body).await.done();
    let ticket = erp.get(&format!("/tickets/{second}")).await.done();
    assert_eq!(ticket["requester"]["name"], "Ann Hansen");
    assert_eq!(ticket["requester"]["email"], "ann@hansen.example");
}

async fn a_contact_is_made_changed_and_deleted_on_the_page(world: World) {
    let ben = world.agent("Ben").await;
    let form = "name=Ann+Hansen&job=Einkauf&address=Ann%40kunde.example&address=&phone=0341+1&phone=\
        &company=&language=en&notes=Ruft+an.%0D%0A%3Cb%3EImmer%3C%2Fb%3E";
    let (path, made) = follow(&ben, ben.post("/customers/contacts/new", form).await).await;
    for part in ["Angelegt.", "Ann Hansen", "Einkauf", "ann@kunde.example", "0341 1", "Englisch"] {
        assert!(made.contains(part), "{part}: {made}");
    }
    let page = ben.get(&path).await.text();
    assert!(page.contains("Ruft an.\n&lt;b&gt;Immer&lt;/b&gt;"), "{page}");
    // One more line without a script.
    let more =
        ben.post(&format!("{path}/edit"), "name=Ann+H&address=a%40b.example&more=phone").await;
    assert_eq!(more.status, 200);
    assert!(more.text().contains("value=\"Ann H\""), "what was typed stays");
    let edit = ben.get(&format!("{path}/edit")).await.text();
    assert!(edit.contains("name=\"version\" value=\"1\""), "{edit}");
    let form = "version=1&name=Ann+Hansen&address=ann%40kunde.example&address=ann%40neu.example\
        &phone=0171+2&phone=0341+1&company=&language=&notes=";
    let (_, changed) = follow(&ben, ben.post(&format!("{path}/edit"), form).await).await;
    for part in ["Gesichert.", "ann@neu.example", "0171 2", "Ben hat geändert", "leer"] {
        assert!(changed.contains(part), "{part}: {changed}");
    }
    // Whoever saves what is old by now is told, and what was typed stays.
    let stale = ben
        .post(&format!("{path}/edit"), "version=1&name=Anna+Alt&address=ann%40kunde.example")
        .await;
    assert_eq!(stale.status, 422);
    assert!(stale.words().contains("inzwischen geändert"), "{}", stale.words());
    let text = stale.text();
    assert!(text.contains("value=\"Anna Alt\"") && text.contains("name=\"version\" value=\"2\""));
    let (_, again) =
        follow(&ben, ben.post(&format!("{path}/edit"), "version=2&name=Anna+Alt").await).await;
    assert!(again.contains("Anna Alt"), "{again}");
    let (_, list) = follow(&ben, ben.post(&format!("{path}/delete"), "version=3").await).await;
    assert!(list.contains("Gelöscht."), "{list}");
    assert_eq!(ben.get(&path).await.status, 404);
}

async fn what_cannot_be_taken_stays_in_the_form_with_the_reason(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    ben.post("/customers/contacts/new", "name=Cem&address=cem%40kunde.example").await;
    let long = "x".repeat(300);
    let table = [
        ("name=&address=".to_owned(), "Schreiben Sie einen Namen oder eine Adresse."),
        ("name=A&address=kein".to_owned(), "„kein“ ist keine E-Mail-Adresse."),
        ("name=A&address=Cem%40kunde.example".to_owned(), "Diese Adresse hat schon Cem."),
        (
            "name=A&address=hilfe%40firma.example".to_owned(),
            "eine Adresse Ihrer eigenen Postfächer",
        ),
        ("name=A&phone=anrufen".to_owned(), "„anrufen“ ist keine Telefonnummer."),
        ("name=A&company=Nirgends+GmbH".to_owned(), "Es gibt keine Firma „Nirgends GmbH“."),
        (format!("name={long}"), "Höchstens 200 Zeichen."),
        (format!("name=A&job={long}"), "Höchstens 200 Zeichen."),
        (format!("name=A&phone={long}"), "Höchstens 60 Zeichen."),
        (format!("name=A&notes={}", "x".repeat(10_001)), "Höchstens 10000 Zeichen."),
    ];
    for (form, sentence) in table {
        let form = format!("{form}&job=Lager");
        let refused = ben.post("/customers/contacts/new", &form).await;
        assert_eq!(refused.status, 422, "{sentence}");
        assert!(refused.words().contains(sentence), "{sentence}: {}", refused.words());
        assert!(refused.text().contains("aria-invalid=\"true\""), "{sentence}");
        if !form.contains("job=x") {
            assert!(refused.text().contains("value=\"Lager\""), "{sentence}: the input is kept");
        }
    }
    for name in
        ["%F0%9F%98%80+Smile", "%D7%99%D7%95%D7%A1%D7%99", "%3Cscript%3Ealert(1)%3C%2Fscript%3E"]
    {
        let made = ben.post("/customers/contacts/new", &format!("name={name}")).await;
        let page = ben.get(made.header("location")).await;
        assert_eq!(page.status, 200, "{name}");
        assert!(!page.text().contains("<script>alert"), "{name}");
    }
    let table = [
        ("name=".to_owned(), "Schreiben Sie einen Namen."),
        ("name=A&domain=kein+Name".to_owned(), "Schreiben Sie eine Domain wie beispiel.de."),
        (format!("name=A&customer_number={long}"), "Höchstens 60 Zeichen."),
        (format!("name=A&postal_address={}", "x".repeat(1001)), "Höchstens 1000 Zeichen."),
    ];
    for (form, sentence) in table {
        let refused = ben.post("/customers/companies/new", &form).await;
        assert_eq!(refused.status, 422, "{sentence}");
        assert!(refused.words().contains(sentence), "{sentence}: {}", refused.words());
    }
}

/// Proves F-FLD-15.
async fn the_company_of_an_address_is_proposed(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let form = "name=Hansen+KG&domain=hansen.example";
    let (company, _) = follow(&ben, ben.post("/customers/companies/new", form).await).await;
    let id = company.rsplit('/').next().unwrap().to_owned();
    asks(&world, "Ann <ann@hansen.example>", "Regal").await;
    let list = ben.get("/customers?kind=contacts&q=ann").await.text();
    let at = list.find("class=\"trunc\" href=\"/customers/contacts/").unwrap();
    let path = list[at..].split('"').nth(3).unwrap().to_owned();
    let page = ben.get(&path).await;
    assert!(
        page.words().contains("Der Adresse nach gehört die Person zu Hansen KG"),
        "{}",
        page.words()
    );
    let (_, taken) =
        follow(&ben, ben.post(&format!("{path}/company"), &format!("company={id}")).await).await;
    assert!(taken.contains("Hansen KG") && !taken.contains("Der Adresse nach"), "{taken}");
    // While somebody types, the company of the address comes first.
    let choices = ben.get("/customers/company-choices?address=neu%40hansen.example&company=").await;
    assert!(choices.text().contains("<option value=\"Hansen KG\">"), "{}", choices.text());
    // Two companies of one name are told apart by their number.
    ben.post("/customers/companies/new", "name=Hansen+KG&customer_number=K-9&same_name=yes").await;
    let unclear = ben.post("/customers/contacts/new", "name=Bo&company=Hansen+KG").await;
    assert_eq!(unclear.status, 422);
    assert!(unclear.words().contains("Mehrere Firmen heißen „Hansen KG“"), "{}", unclear.words());
    let (_, clear) =
        follow(&ben, ben.post("/customers/contacts/new", "name=Bo&company=K-9").await).await;
    assert!(clear.contains("Hansen KG"), "{clear}");
    // An unknown company is made in one go, if that is wanted.
    let form = "name=Cy&address=cy%40neu.example&company=Neu+GmbH&new_company=yes";
    let (_, made) = follow(&ben, ben.post("/customers/contacts/new", form).await).await;
    assert!(made.contains("Neu GmbH"), "{made}");
}

/// Proves F-REL-01.
async fn a_company_is_made_changed_and_deleted_on_the_page(world: World) {
    let ben = world.agent("Ben").await;
    let form = "name=M%C3%BCller+GmbH&customer_number=20114&domain=%40M%C3%BCller.example&phone=0341+1\
        &postal_address=Am+Kraftwerk+2%0D%0A04177+Lindenau&notes=Nur+mit+Avis";
    let (path, made) = follow(&ben, ben.post("/customers/companies/new", form).await).await;
    for part in [
        "Müller GmbH",
        "20114",
        "xn--mller-kva.example",
        "0341 1",
        "04177 Lindenau",
        "Nur mit Avis",
    ] {
        assert!(made.contains(part), "{part}: {made}");
    }
    let (_, changed) =
        follow(&ben, ben.post(&format!("{path}/edit"), "version=1&name=M%C3%BCller+AG").await)
            .await;
    assert!(changed.contains("Müller GmbH → Müller AG"), "{changed}");
    let stale = ben.post(&format!("{path}/edit"), "version=1&name=Alt").await;
    assert_eq!(stale.status, 422);
    let id = path.rsplit('/').next().unwrap();
    let new = ben.get(&format!("/customers/contacts/new?company={id}")).await;
    assert!(new.text().contains("value=\"Müller AG\""), "a new person works there");
    ben.post("/customers/contacts/new", "name=Ann&company=M%C3%BCller+AG").await;
    let used = ben.post(&format!("{path}/delete"), "version=2").await;
    assert_eq!(used.status, 422);
    assert!(used.words().contains("Die Firma hat Kontakte oder Tickets"), "{}", used.words());
    let edit = ben.get(&format!("{path}/edit")).await.text();
    assert!(!edit.contains(&format!("{path}/delete")), "what cannot be done is not offered");
}

async fn a_company_that_is_there_already_is_named(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let form = "name=Hansen+KG&customer_number=K-1&domain=hansen.example";
    let (path, _) = follow(&ben, ben.post("/customers/companies/new", form).await).await;
    let all = "name=hansen++kg&customer_number=k-1&domain=%40Hansen.example&notes=Notiz+neu";
    let refused = ben.post("/customers/companies/new", all).await;
    assert_eq!(refused.status, 422);
    let (page, words) = (refused.text(), refused.words());
    for sentence in [
        "Eine Firma dieses Namens gibt es schon.",
        "Diese Kundennummer hat schon eine andere Firma.",
        "Diese Domain hat schon eine andere Firma.",
    ] {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    let link = format!("href=\"{path}\" target=\"_blank\" rel=\"noopener\">Hansen KG ansehen</a>");
    assert_eq!(page.matches(&link).count(), 3, "{page}");
    assert!(page.contains("Notiz neu") && page.contains("value=\"hansen  kg\""), "{page}");
    for (domain, sentence) in [
        ("gmx.de", "In dieser Domain kann jeder eine Adresse haben."),
        ("Web.DE", "In dieser Domain kann jeder eine Adresse haben."),
        ("firma.example", "Das ist die Domain Ihrer eigenen Postfächer oder Absender."),
    ] {
        let form = format!("name=Neu&domain={domain}");
        let refused = ben.post("/customers/companies/new", &form).await;
        assert_eq!(refused.status, 422, "{domain}");
        assert!(refused.words().contains(sentence), "{domain}: {}", refused.words());
        assert!(refused.text().contains("id=\"domain-error\""), "{domain}");
    }
    // Two companies may have one name; a change of something else asks nobody again.
    let other = "name=Hansen+KG&same_name=yes&customer_number=K-2";
    let (other, _) = follow(&ben, ben.post("/customers/companies/new", other).await).await;
    let changed = "version=1&name=HANSEN+KG&customer_number=K-2&phone=0341+1";
    let changed = ben.post(&format!("{other}/edit"), changed).await;
    assert_eq!(changed.status, 303, "{}", changed.words());
    let taken =
        ben.post(&format!("{other}/edit"), "version=2&name=Hansen+KG&customer_number=K-1").await;
    assert_eq!(taken.status, 422);
    assert!(taken.words().contains("Diese Kundennummer hat schon"), "{}", taken.words());
}

/// What a foreign area has is in the way, but nobody learns whose it is.
async fn a_company_that_cannot_be_seen_is_not_named(world: World) {
    let ada = world.administrator("Ada").await;
    world.area("geheim").await;
    let directory = world.app.directory().await.unwrap();
    let secret = directory.areas.iter().find(|area| area.key == "geheim").unwrap().id;
    let form = "name=Geheim+AG&customer_number=G-1&domain=geheim.example";
    let (path, _) = follow(&ada, ada.post("/customers/companies/new", form).await).await;
    let id = path.rsplit('/').next().unwrap();
    let ticket =
        format!("kind=phone&area={secret}&priority=2&subject=s&text=t&company={id}&do=open");
    assert_eq!(ada.post("/tickets/new", &ticket).await.status, 303);
    let eva = world.agent_of("Eva", &[("support", Level::Work)]).await;
    let refused = eva.post("/customers/companies/new", form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.words().contains("Diese Domain hat schon"), "{}", refused.words());
    assert!(!refused.words().contains("dieses Namens"), "{}", refused.words());
    assert!(!refused.text().contains(&path), "{}", refused.text());
    assert_eq!(eva.post("/customers/companies/new", "name=Geheim+AG").await.status, 303);
    // A company that is made with its first person takes no domain of another one.
    let ann = "name=Ann&address=ann%40geheim.example&company=Neue+KG&new_company=yes";
    let (_, page) = follow(&eva, eva.post("/customers/contacts/new", ann).await).await;
    assert!(page.contains("Neue KG"), "{page}");
}

/// The key of the button means the customer of the page, and of the row.
async fn a_new_ticket_begins_with_the_customer(world: World) {
    let ben = world.agent("Ben").await;
    let (path, _) =
        follow(&ben, ben.post("/customers/companies/new", "name=Hansen+KG").await).await;
    let id = path.rsplit('/').next().unwrap();
    let link = format!("href=\"/tickets/new?company={id}\" data-key=\"c\"");
    let page = ben.get(&path).await.text();
    assert!(page.contains(&link), "{page}");
    let list = ben.get("/customers").await.text();
    assert!(list.contains(&format!("data-new-ticket=\"/tickets/new?company={id}\"")), "{list}");
    let rita = world.agent_of("Rita", &[("support", Level::Read)]).await;
    let list = rita.get("/customers").await.text();
    assert!(list.contains("Hansen KG") && !list.contains("data-new-ticket"), "{list}");
}

async fn the_list_is_found_while_typing_and_goes_on(world: World) {
    let ben = world.agent("Ben").await;
    let empty = ben.get("/customers").await.words();
    assert!(empty.contains("Noch keine Firma"), "{empty}");
    let erp = administrator(&world).await;
    for number in 0..53 {
        let body = json!({ "name": format!("Person {number:02}") });
        erp.post("/contacts", body).await.done();
    }
    erp.post("/companies", json!({ "name": "Personal AG" })).await.done();
    let first = ben.get("/customers?kind=contacts").await;
    assert!(first.words().contains("Person 49") && !first.words().contains("Person 50"));
    let more = first.text();
    let at = more.find("&amp;after=").unwrap();
    let after: String = more[at + 11..].chars().take_while(char::is_ascii_digit).collect();
    let next = ben.get(&format!("/customers?kind=contacts&after={after}")).await.words();
    assert!(
        next.contains("Person 50") && next.contains("Person 52") && !next.contains("Person 49")
    );
    let found = ben.get("/customers?kind=contacts&q=person+07").await.words();
    assert!(found.contains("Person 07") && !found.contains("Person 08"), "{found}");
    let many = ben.get("/customers?kind=contacts&q=person").await.words();
    assert!(many.contains("Es gibt noch mehr Treffer.") && many.contains("Kontakte 50+"), "{many}");
    let other = ben.get("/customers?kind=companies&q=person+07").await.words();
    assert!(other.contains("Bei den Kontakten gibt es Treffer"), "{other}");
    let none = ben.get("/customers?q=%00gibt-es-nicht").await;
    assert_eq!(none.status, 200);
    assert!(none.words().contains("Nichts gefunden"), "{}", none.words());
    let typed = ben.request("GET", "/customers?kind=companies&q=perso");
    let typed = typed.header("hx-request", "true").header("hx-target", "customers");
    let typed = ben.send(typed.body(axum::body::Body::empty()).unwrap()).await.text();
    assert!(typed.starts_with("<div class=\"pane\" id=\"customers\""), "{typed}");
    assert!(typed.contains("Personal AG") && typed.contains("id=\"customer-kinds\""), "{typed}");
}

async fn customers_are_for_those_who_may_see_them(world: World) {
    world.area("technik").await;
    world.mailbox("hilfe", "technik").await;
    asks(&world, "Ann <ann@kunde.example>", "Geheim").await;
    let anna = world.administrator("Anna").await;
    let list = anna.get("/customers?kind=contacts").await.text();
    let at = list.find("class=\"trunc\" href=\"/customers/contacts/").unwrap();
    let path = list[at..].split('"').nth(3).unwrap().to_owned();
    let sven = world.agent_of("Sven", &[("support", Level::Work)]).await;
    let rita = world.agent_of("Rita", &[("technik", Level::Read)]).await;
    let nils = world.agent_of("Nils", &[]).await;
    assert_eq!(sven.get(&path).await.status, 404);
    assert_eq!(sven.post(&format!("{path}/edit"), "name=x").await.status, 404);
    assert!(!sven.get("/customers?kind=contacts").await.words().contains("ann@kunde.example"));
    let seen = rita.get(&path).await;
    assert_eq!(seen.status, 200);
    assert!(!seen.words().contains("Bearbeiten"), "who only reads is offered no more");
    assert_eq!(rita.get(&format!("{path}/edit")).await.status, 403);
    assert_eq!(rita.post("/customers/contacts/new", "name=x").await.status, 403);
    assert_eq!(nils.get("/customers").await.status, 403);
    for odd in ["/customers/contacts/7", "/customers/contacts/x", "/customers/companies/9"] {
        assert_eq!(anna.get(odd).await.status, 404, "{odd}");
    }
}

/// Proves F-FLD-08.
async fn a_ticket_leads_to_its_customer(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let number = asks(&world, "Ann Hansen <ann@kunde.example>", "Regal").await;
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    let at = page.find("class=\"name\" href=\"/customers/contacts/").expect("the customer's page");
    let person = page[at..].split('"').nth(3).unwrap().to_owned();
    assert!(ben.get(&person).await.words().contains("Regal"));
    let palette = ben.get("/palette?q=hansen").await.text();
    assert!(palette.contains(&format!("data-href=\"{person}\"")), "{palette}");
    // Linked to a company later, both stand there.
    let erp = administrator(&world).await;
    let company = erp.post("/companies", json!({ "name": "Hansen KG" })).await.done();
    erp.patch(&format!("/tickets/{number}"), json!({ "company": "Hansen KG" })).await.done();
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    let href = format!("/customers/companies/{}", company["id"].as_str().unwrap());
    assert!(page.contains(&href) && page.contains(&person), "{page}");
    assert!(ben.get(&href).await.words().contains("Regal"));
}
