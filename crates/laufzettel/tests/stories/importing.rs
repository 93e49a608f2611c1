//! Customers from a file: tried first, then taken over; done again, nothing changes.

use rules::right::Level;
use serde_json::json;

use crate::api::{Program, administrator};
use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    a_table_is_tried_and_taken_over_and_changes_nothing_again,
    what_cannot_be_taken_over_is_said_with_its_line,
    a_file_that_is_no_table_is_refused,
    a_file_that_is_too_large_is_refused_at_its_field,
    domains_that_are_no_new_companys_are_said_with_their_line,
    a_card_that_is_cut_off_is_left_out,
    the_columns_can_be_chosen,
    cards_of_an_address_book_are_taken_over,
    many_rows_are_taken_over_in_steps,
    an_import_is_for_those_who_work_everywhere,
);

/// Takes a file in.
const IMPORT: &str = "/customers/import";

/// Uploads a file that can be read, and gives its address.
async fn uploaded(by: &Browser, name: &str, bytes: &[u8]) -> String {
    let answer = by.post_files(IMPORT, &[], &[(name, bytes)]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer.header("location").to_owned()
}

/// What the page says of new, changed, unchanged and faulty rows.
fn figures(page: &str) -> [usize; 4] {
    ["neu", "geändert", "unverändert", "fehlerhaft"].map(|label| {
        let at = page.find(&format!(" {label} ")).unwrap_or_else(|| panic!("{label}: {page}"));
        let rest = page[at..].trim_start().trim_start_matches(label).trim_start();
        rest.split(' ').next().unwrap().parse().unwrap()
    })
}

async fn people(erp: &Program) -> Vec<String> {
    let list = erp.get("/contacts?limit=200").await.done();
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

async fn a_table_is_tried_and_taken_over_and_changes_nothing_again(world: World) {
    let erp = administrator(&world).await;
    let ben = world.agent("Ben").await;
    let ann = json!({ "name": "Ann", "addresses": ["ann@hansen.example"], "phone": "0341 1" });
    let ann = erp.post("/contacts", ann).await.done();
    let table = "Vorname;Nachname;E-Mail;Telefon;Firma;Kundennummer;Sprache;Farbe\r\n\
        Ann;Hansen;Ann@Hansen.example;0171 2;Hansen KG;K-7;Deutsch;rot\r\n\
        Zoë;Müller;zoe@kunde.example;;;;;\r\n\
        Zoë;Müller-Lüdenscheidt;zoe@kunde.example;;;;;\r\n\
        Bo;Ohne;;0228 3;Hansen KG;;;\r\n";
    let table = as_spreadsheets_write(table);
    let file = uploaded(&ben, "kunden.csv", &table).await;
    let check = ben.get(&file).await.words();
    assert!(check.contains("CSV, getrennt mit ;, windows-1252, 4 Zeilen"), "{check}");
    assert_eq!(figures(&check), [2, 2, 0, 0], "{check}");
    assert_eq!(people(&erp).await, ["Ann"], "a trial writes nothing");
    let done = ben.post(&format!("{file}/run"), "").await;
    let result = ben.get(done.header("location")).await.words();
    assert_eq!(figures(&result), [2, 2, 0, 0], "{result}");
    assert_eq!(people(&erp).await, ["Bo Ohne", "Zoë Müller-Lüdenscheidt", "Ann Hansen"]);
    let ann = erp.get(&format!("/contacts/{}", ann["id"].as_str().unwrap())).await.done();
    assert_eq!(ann["phones"], json!(["0341 1", "0171 2"]), "what was there stays");
    assert_eq!((&ann["company"]["name"], &ann["language"]), (&json!("Hansen KG"), &json!("de")));
    let companies = erp.get("/companies").await.done();
    assert_eq!(companies["items"].as_array().unwrap().len(), 1);
    assert_eq!(companies["items"][0]["customer_number"], "K-7");
    let file = uploaded(&ben, "kunden.csv", &table).await;
    let again = ben.get(&file).await.words();
    // The two rows of one person differ from each other, so each changes what the other wrote.
    assert_eq!(figures(&again)[0], 0, "{again}");
    ben.post(&format!("{file}/run"), "").await;
    assert_eq!(people(&erp).await.len(), 3, "nobody is there twice");
    assert_eq!(ben.get(&file).await.status, 404, "the file is gone with the import");
}

/// The text as most spreadsheets write it.
fn as_spreadsheets_write(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

async fn what_cannot_be_taken_over_is_said_with_its_line(world: World) {
    world.mailbox("hilfe", "support").await;
    let erp = administrator(&world).await;
    for (name, address) in [("Ann", "ann@kunde.example"), ("Bo", "bo@kunde.example")] {
        erp.post("/contacts", json!({ "name": name, "addresses": [address] })).await.done();
    }
    let ben = world.agent("Ben").await;
    let long = "x".repeat(300);
    let table = format!(
        "Name,E-Mail,Position\n\
         Cem,cem@kunde.example,Lager\n\
         Dora,kein-klammeraffe,\n\
         ,,\n\
         Eva,eva@kunde.example,Lager,zu viel\n\
         {long},,\n\
         Beide,\"ann@kunde.example, bo@kunde.example\",\n\
         Wir,hilfe@firma.example,\n\
         <b>Fett</b>,fett@kunde.example,\n\
         \u{1f600},smile@kunde.example,\n\
         יוסי,y@kunde.example,\n\
         ,,Lager\n"
    );
    let file = uploaded(&ben, "odd.csv", table.as_bytes()).await;
    let page = ben.get(&file).await;
    let words = page.words();
    assert_eq!(figures(&words), [4, 0, 0, 6], "{words}");
    for sentence in [
        "Zeile 3 „kein-klammeraffe“ ist keine E-Mail-Adresse.",
        "Zeile 5 Die Zeile hat 4 statt 3 Werte.",
        "Zeile 6 Name ist zu lang.",
        "Zeile 7 Die Adressen gehören schon zwei verschiedenen Kontakten.",
        "Zeile 8 hilfe@firma.example ist eine Adresse Ihrer eigenen Postfächer.",
        "Zeile 12 Kein Name, keine Adresse und keine Firma.",
    ] {
        assert!(words.contains(sentence), "{sentence}: {words}");
    }
    assert!(!page.text().contains("<b>Fett"), "what a file says is no HTML");
    let done = ben.post(&format!("{file}/run"), "").await;
    let result = ben.get(done.header("location")).await.words();
    assert_eq!(figures(&result), [4, 0, 0, 6], "{result}");
    assert_eq!(people(&erp).await.len(), 6);
}

async fn a_file_that_is_no_table_is_refused(world: World) {
    let ben = world.agent("Ben").await;
    let table: [(&[u8], &str); 4] = [
        (b"", "Die Datei ist leer."),
        (b"\xef\xbb\xbf \r\n", "Die Datei ist leer."),
        (b"Name;E-Mail\r\n", "Die Datei hat eine Kopfzeile, aber keine Zeile darunter."),
        (b"PK\x03\x04\x00\x00\x08\x00", "Das ist keine CSV- und keine vCard-Datei."),
    ];
    for (bytes, sentence) in table {
        let refused = ben.post_files(IMPORT, &[], &[("x.csv", bytes)]).await;
        assert_eq!(refused.status, 422, "{sentence}");
        assert!(refused.words().contains(sentence), "{sentence}: {}", refused.words());
        assert!(refused.text().contains("id=\"file-error\" role=\"alert\""), "{sentence}");
    }
    assert_eq!(ben.get("/customers/import/7").await.status, 404);
}

async fn a_file_that_is_too_large_is_refused_at_its_field(world: World) {
    let ben = world.agent("Ben").await;
    let large = "Name\nAnn\n".repeat(27 * 1024 * 1024 / 9).into_bytes();
    let refused = ben.post_files(IMPORT, &[], &[("x.csv", &large)]).await;
    assert_eq!(refused.status, 422, "{}", refused.words());
    let words = refused.words();
    assert!(words.contains("Die Datei ist größer als 25 MB."), "{words}");
    assert!(refused.text().contains("id=\"file-error\" role=\"alert\""));
    let none = ben.post_files(IMPORT, &[], &[("", b"")]).await;
    assert_eq!(none.status, 422);
    assert!(none.words().contains("Wählen Sie eine Datei."), "{}", none.words());
}

async fn domains_that_are_no_new_companys_are_said_with_their_line(world: World) {
    world.mailbox("hilfe", "support").await;
    let (erp, ben) = (administrator(&world).await, world.agent("Ben").await);
    let hansen =
        json!({ "name": "Hansen KG", "customer_number": "K-1", "domain": "hansen.example" });
    erp.post("/companies", hansen).await.done();
    let table = "Name,Firma,Kundennummer,Domain\n\
        Ann,Frei,,gmx.de\n\
        Bo,Wir,,firma.example\n\
        Cem,Andere,,hansen.example\n\
        Dora,Hansen KG,k-1,hansen.example\n\
        Eva,Neu KG,,neu.example\n\
        Fred,Neu AG,,Neu.example\n";
    let file = uploaded(&ben, "firmen.csv", table.as_bytes()).await;
    let tried = ben.get(&file).await.words();
    let done = ben.post(&format!("{file}/run"), "").await;
    let result = ben.get(done.header("location")).await.words();
    for words in [&tried, &result] {
        assert_eq!(figures(words), [2, 0, 0, 4], "{words}");
    }
    for sentence in [
        "Zeile 2 In der Domain gmx.de kann jeder eine Adresse haben",
        "Zeile 3 firma.example ist die Domain Ihrer eigenen Postfächer oder Absender.",
        "Zeile 4 Die Domain hansen.example hat schon eine andere Firma.",
        "Zeile 7 Die Domain neu.example hat schon eine andere Firma.",
    ] {
        assert!(tried.contains(sentence), "{sentence}: {tried}");
    }
    let companies = erp.get("/companies").await.done();
    assert_eq!(companies["items"].as_array().unwrap().len(), 2, "{companies}");
}

async fn a_card_that_is_cut_off_is_left_out(world: World) {
    let (erp, ben) = (administrator(&world).await, world.agent("Ben").await);
    let cards = "BEGIN:VCARD\nFN:Ohne Mitte\nTEL:0341 1\nBEGIN:VCARD\nFN:Ganz\nTEL:0341 2\n\
        END:VCARD\nBEGIN:VCARD\nFN:Ohne Ende\nTEL:03";
    let file = uploaded(&ben, "buch.vcf", cards.as_bytes()).await;
    let words = ben.get(&file).await.words();
    assert_eq!(figures(&words), [1, 0, 0, 2], "{words}");
    for line in ["Zeile 1", "Zeile 8"] {
        let sentence = format!("{line} Die Karte ist abgeschnitten: Ihr Ende, END:VCARD, fehlt.");
        assert!(words.contains(&sentence), "{sentence}: {words}");
    }
    ben.post(&format!("{file}/run"), "").await;
    assert_eq!(people(&erp).await, ["Ganz"]);
}

async fn the_columns_can_be_chosen(world: World) {
    let erp = administrator(&world).await;
    let ben = world.agent("Ben").await;
    let file = uploaded(&ben, "x.csv", b"A|B|C\nann@kunde.example|Ann|Lager\n").await;
    let unclear = ben.get(&file).await.words();
    assert!(unclear.contains("Keine Spalte nennt einen Namen"), "{unclear}");
    assert_eq!(figures(&unclear), [0, 0, 0, 1]);
    let chosen = "col=address&col=name&col=";
    let clear = ben.get(&format!("{file}?{chosen}")).await;
    assert_eq!(figures(&clear.words()), [1, 0, 0, 0]);
    assert!(clear.text().contains("<option value=\"address\" selected>"), "the choice stays");
    ben.post(&format!("{file}/run"), chosen).await;
    let list = erp.get("/contacts").await.done();
    assert_eq!(
        (&list["items"][0]["name"], &list["items"][0]["job"]),
        (&json!("Ann"), &json!(null))
    );
    let other = world.agent("Eva").await;
    let file = uploaded(&ben, "x.csv", b"Name\nAnn\n").await;
    assert_eq!(other.get(&file).await.status, 404, "a file is its uploader's");
}

async fn cards_of_an_address_book_are_taken_over(world: World) {
    let erp = administrator(&world).await;
    let ben = world.agent("Ben").await;
    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Brandt;Katrin;;;\r\nFN:Katrin Brandt\r\n\
        EMAIL;TYPE=WORK:k.brandt@sw.example\r\nEMAIL:privat@kunde.example\r\nTEL;TYPE=CELL:0171 2\r\n\
        ORG:Stadtwerke;Einkauf\r\nTITLE:Einkauf\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Nur Name\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:4.0\r\nEMAIL:falsch\r\nEND:VCARD\r\n";
    let file = uploaded(&ben, "kontakte.vcf", cards.as_bytes()).await;
    let check = ben.get(&file).await.words();
    assert!(check.contains("vCard, 3 Karten"), "{check}");
    assert_eq!(figures(&check), [2, 0, 0, 1], "{check}");
    assert!(check.contains("Zeile 15 „falsch“ ist keine E-Mail-Adresse."), "{check}");
    ben.post(&format!("{file}/run"), "").await;
    let list = erp.get("/contacts?query=k.brandt@sw").await.done();
    let katrin = &list["items"][0];
    assert_eq!(katrin["addresses"], json!(["k.brandt@sw.example", "privat@kunde.example"]));
    assert_eq!(
        (&katrin["job"], &katrin["company"]["name"]),
        (&json!("Einkauf"), &json!("Stadtwerke"))
    );
    let file = uploaded(&ben, "kontakte.vcf", cards.as_bytes()).await;
    assert_eq!(figures(&ben.get(&file).await.words()), [0, 0, 2, 1], "nothing new");
}

async fn many_rows_are_taken_over_in_steps(world: World) {
    let erp = administrator(&world).await;
    let ben = world.agent("Ben").await;
    let mut table = "Name;E-Mail\n".to_owned();
    for number in 0..2_500 {
        table.push_str(&format!("Person {number};p{number}@kunde.example\n"));
    }
    let file = uploaded(&ben, "viele.csv", table.as_bytes()).await;
    let first = ben.post(&format!("{file}/run"), "").await;
    assert_eq!(first.status, 200);
    assert!(first.words().contains("2000 von 2500 Zeilen sind eingelesen."), "{}", first.words());
    assert!(first.text().contains("name=\"from\" value=\"2000\""));
    // Whoever begins anew after something went wrong loses nothing and doubles nothing.
    let again = ben.get(&file).await.words();
    assert_eq!(figures(&again), [500, 0, 2000, 0], "{again}");
    world.minutes_pass(1);
    let rest = "col=name&col=address&from=2000&new=2000";
    let done = ben.post(&format!("{file}/run"), rest).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let result = ben.get(done.header("location")).await.words();
    assert_eq!(figures(&result), [2500, 0, 0, 0], "{result}");
    let last = erp.get("/contacts?query=p2499@").await.done();
    assert_eq!(last["items"][0]["name"], "Person 2499");
}

async fn an_import_is_for_those_who_work_everywhere(world: World) {
    let sven = world.agent_of("Sven", &[("support", Level::Work)]).await;
    assert_eq!(sven.get("/customers/import").await.status, 403);
    assert_eq!(sven.post_files(IMPORT, &[], &[("x.csv", b"Name\nAnn\n")]).await.status, 403);
    assert!(!sven.get("/customers").await.text().contains("/customers/import"));
}
