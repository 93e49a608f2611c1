//! Every mail that a mailbox accepted is in the journal, every mail of the journal in a ticket or among
//! the exceptions; the mailbox says so, and so do the figures of the watchers.

use db::{Operation, Tx, params, sql};
use rules::right::Level;

use crate::world::World;
use crate::world::mails::Setting;

testkit::on_both_engines!(
    a_mailbox_is_reconciled_by_its_button,
    a_mail_whose_ticket_is_gone_is_a_difference,
    what_is_missing_on_the_server_is_named_and_fetched,
);

fn mail(from: &str, id: &str) -> String {
    format!(
        "From: {from}\nTo: hilfe@firma.example\nSubject: Anfrage {id}\n\
         Message-ID: <{id}@kunde.example>\n\nText {id}.\n"
    )
}

async fn a_mailbox_is_reconciled_by_its_button(world: World) {
    world.mailbox("hilfe", "support").await;
    for id in ["a", "b", "b"] {
        world.mail("hilfe", &mail("ann@kunde.example", id)).await;
    }
    world.set_mailbox("hilfe", Setting::UnknownSender("known_only")).await;
    world.mail("hilfe", &mail("eve@anders.example", "c")).await;
    let anna = world.administrator("Anna").await;
    let before = anna.get("/mailboxes").await.words();
    assert!(before.contains("Jetzt abgleichen"), "{before}");
    let done = anna.post("/mailboxes/hilfe/reconcile", "").await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/mailboxes#box-hilfe"));
    let page = anna.get("/mailboxes").await.words();
    let figures = "angenommen 4 im Journal 4 in Tickets 2 Ausnahmen 2 ansehen";
    assert!(page.contains(figures), "{page}");
    assert!(page.contains("eine zu entscheiden"), "{page}");
    assert!(page.contains("Differenz 0"), "{page}");
    let log = anna.get("/mailboxes/hilfe/edit/log").await.words();
    assert!(log.contains("Abgleiche") && log.contains("nicht gezählt 4 2 2 0"), "{log}");
    // Each one is kept.
    anna.press("box-hilfe", "/mailboxes/hilfe/reconcile", "").await;
    let log = anna.get("/mailboxes/hilfe/edit/log").await.words();
    assert_eq!(log.matches("nicht gezählt 4 2 2 0").count(), 2, "{log}");

    let reader = world.agent_of("Rita", &[("support", Level::Read)]).await;
    assert_eq!(reader.post("/mailboxes/hilfe/reconcile", "").await.status, 403);
    assert!(!reader.get("/mailboxes").await.words().contains("Jetzt abgleichen"));
    let other = world.agent_of("Olaf", &[]).await;
    assert_eq!(other.post("/mailboxes/hilfe/reconcile", "").await.status, 404);
    assert_eq!(anna.post("/mailboxes/gibtsnicht/reconcile", "").await.status, 404);
}

/// Nothing deletes a ticket so; a database that was patched by hand may look like that.
struct LoseTicket;

impl Operation for LoseTicket {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!("update inbound_mail set ticket = $1 where state = 'applied'"),
            params![7_i64],
        )
        .await
        .map(drop)
    }
}

async fn a_mail_whose_ticket_is_gone_is_a_difference(world: World) {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", &mail("ann@kunde.example", "a")).await;
    world.app.db.write(&LoseTicket).await.unwrap();
    let anna = world.administrator("Anna").await;
    anna.post("/mailboxes/hilfe/reconcile", "").await;
    let page = anna.get("/mailboxes").await.words();
    assert!(page.contains("in Tickets 0"), "{page}");
    assert!(page.contains("Differenz 1"), "{page}");
    assert!(
        page.contains("Eine Mail steht im Journal, aber ihr Ticket gibt es nicht mehr."),
        "{page}"
    );
    let metrics = crate::watching::figures(&anna).await;
    let line = "laufzettel_mailbox_reconciliation_difference{mailbox=\"hilfe\"} 1";
    assert!(metrics.contains(line), "{metrics}");
}

/// What the fetcher writes down of a server that has more than the journal.
struct OnServer<'a>(&'a World);

impl OnServer<'_> {
    async fn differs(&self) {
        use laufzettel::feature::reconcile::{Missing, OnServer as Server, Reconcile, store};
        let app = &self.0.app;
        let mailbox = app.directory().await.unwrap().mailbox("hilfe").unwrap().id;
        let journal = app.db.read(&store::ReadJournal(mailbox)).await.unwrap();
        let named = vec![Missing { uid: 4711, subject: "Reklamation <b>".to_owned() }];
        let server = Server { present: 3, not_wanted: 2, known: 1, missing: 2, named };
        let (ids, now) = (&app.ids, app.now());
        let server = Some(&server);
        let reconcile = Reconcile { mailbox, server, journal: &journal, fence: None, ids, now };
        assert!(app.db.write(&reconcile).await.unwrap());
    }
}

struct AsImap;

impl Operation for AsImap {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let source = r#"{"kind":"imap","host":"imap.firma.example","port":993,"tls":"implicit","user":"hilfe","folder":"INBOX"}"#;
        tx.execute(sql!("update mailbox set source = $1 where 1 = 1"), params![source]).await?;
        tx.execute(
            sql!(
                "insert into mailbox_folder (mailbox, folder, uidvalidity, uid_next, relisted_at)
                 select id, 'INBOX', 1, 9, $1 from mailbox"
            ),
            params![1_i64],
        )
        .await
        .map(drop)
    }
}

db::from_row! {
    struct Asked {
        relisted_at: i64,
        fetch_wanted: bool,
        reconcile_wanted: Option<i64>,
    }
}

async fn what_is_missing_on_the_server_is_named_and_fetched(world: World) {
    world.mailbox("hilfe", "support").await;
    world.mail("hilfe", &mail("ann@kunde.example", "a")).await;
    world.app.db.write(&AsImap).await.unwrap();
    world.app.forget_lists();
    OnServer(&world).differs().await;
    let anna = world.administrator("Anna").await;
    let page = anna.get("/mailboxes").await.words();
    assert!(page.contains("auf dem Server 3 dazu 2 vor dem Startdatum im Journal 1"), "{page}");
    assert!(page.contains("Differenz 2"), "{page}");
    let named = "Diese 2 Mails liegen auf dem Server und fehlen im Journal: - Nr. 4711 Reklamation <b> und eine weitere Jetzt holen";
    assert!(page.replace("1. Nr.", "- Nr.").contains(named), "{page}");

    let asked = || async {
        let row: Asked = world
            .app
            .db
            .one(
                sql!(
                    "select f.relisted_at, s.fetch_wanted, s.reconcile_wanted
                     from mailbox_folder f join mailbox_state s on s.mailbox = f.mailbox"
                ),
                [],
            )
            .await
            .unwrap();
        (row.relisted_at, row.fetch_wanted, row.reconcile_wanted.is_some())
    };
    anna.post("/mailboxes/hilfe/reconcile", "").await;
    assert_eq!(asked().await, (1, true, true));
    let running = anna.get("/mailboxes").await.words();
    assert!(running.contains("Abgleich läuft") && !running.contains("Jetzt holen"), "{running}");
    anna.post("/mailboxes/hilfe/reconcile", "fetch=1").await;
    assert_eq!(asked().await, (0, true, true));
    // The next one ends the wait.
    OnServer(&world).differs().await;
    assert_eq!(asked().await, (0, true, false));
}
