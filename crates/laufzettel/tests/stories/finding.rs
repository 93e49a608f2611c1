//! Words in the index: what a reader may see of what they find.

use laufzettel::record::actor::{self, Actor};
use laufzettel::record::found::{self, Hits, WINDOW, Words};
use rules::right::Level;
use rules::text::SearchTerm;

use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    whoever_sees_few_documents_finds_them_behind_many,
    the_beginning_of_a_word_is_found_where_the_word_is_not,
    the_beginning_of_a_word_is_found_beside_the_word,
);

struct Find<'a> {
    reader: &'a Browser,
    word: &'a str,
    window: usize,
    enough: usize,
}

impl db::Reading for Find<'_> {
    type Outcome = Hits;

    async fn run(&self, view: &mut db::View<'_>) -> db::Result<Hits> {
        let actor: Actor = actor::load(view, self.reader.agent).await?.unwrap();
        let terms = [SearchTerm::Word(self.word.to_owned())];
        let words = Words {
            actor: &actor,
            terms: &terms,
            rest: None,
            before: i64::MAX,
            enough: self.enough,
            limit: 100,
            window: self.window,
        };
        found::newest(view, &words).await
    }
}

/// Tickets with the word in their mails: the oldest in `verkauf`, the others in `support`.
async fn tickets(world: &World, word: &str) {
    world.area("verkauf").await;
    world.mailbox("kauf", "verkauf").await;
    world.mailbox("hilfe", "support").await;
    for (number, mailbox) in ["kauf", "hilfe", "hilfe", "hilfe"].into_iter().enumerate() {
        world.minutes_pass(1);
        let text = format!(
            "From: ann@kunde.example\nTo: {mailbox}@firma.example\nSubject: Frage {number}\n\
             Message-ID: <{number}@kunde.example>\n\nUnser {word} ist weg.\n"
        );
        world.mail(mailbox, &text).await;
    }
}

async fn whoever_sees_few_documents_finds_them_behind_many(world: World) {
    tickets(&world, "Quarzuhrwerk").await;
    let find = async |reader: &Browser, window, enough| {
        let find = Find { reader, word: "Quarzuhrwerk", window, enough };
        world.app.db.read(&find).await.unwrap()
    };
    let all = world.agent("Ben").await;
    let few = world.agent_of("Eve", &[("verkauf", Level::Read)]).await;
    let none = world.agent_of("Nils", &[]).await;

    let everything = find(&all, WINDOW, 1).await;
    assert_eq!((everything.documents.len(), everything.last), (4, None));
    let oldest = everything.documents[3];
    assert_eq!(find(&few, WINDOW, 1).await.documents, [oldest]);
    assert_eq!(find(&none, WINDOW, 1).await.documents, []);
    // Two documents are looked at, and the reader sees neither: the index is asked for his area.
    let behind = find(&few, 2, 1).await;
    assert_eq!((behind.documents, behind.last), (vec![oldest], None));
    assert_eq!(find(&none, 2, 1).await, Hits::default());
    // Whoever sees enough is told where it goes on.
    let first = find(&all, 2, 2).await;
    assert_eq!(first.documents, everything.documents[..2]);
    assert_eq!(first.last, Some(everything.documents[1].id));
}

async fn the_beginning_of_a_word_is_found_where_the_word_is_not(world: World) {
    tickets(&world, "Quarzuhrwerk").await;
    let reader = &world.agent("Ben").await;
    for (word, found) in [("Quarzuhr", 4), ("quarz", 4), ("uhrwerk", 0)] {
        let find = Find { reader, word, window: WINDOW, enough: 1 };
        assert_eq!(world.app.db.read(&find).await.unwrap().documents.len(), found, "{word}");
    }
}

async fn the_beginning_of_a_word_is_found_beside_the_word(world: World) {
    tickets(&world, "Quarzuhrwerk").await;
    let text = "From: ann@kunde.example\nTo: hilfe@firma.example\nSubject: Frage\n\
                Message-ID: <uhr@kunde.example>\n\nUnsere Quarzuhr ist weg.\n";
    world.mail("hilfe", text).await;
    let reader = &world.agent("Ben").await;
    let find = Find { reader, word: "Quarzuhr", window: WINDOW, enough: 1 };
    assert_eq!(world.app.db.read(&find).await.unwrap().documents.len(), 5);
}
