//! SIGKILL at each point of a copy into the Sent folder, and a new start: the folder has the mail
//! once.

use testkit::databases::Engine;
use testkit::imap_server::{Answer, ImapServer, Step};
use testkit::wait;

use crate::house::{Hold, Process};
use crate::ledger::Copies;
use crate::office::Office;

const FOLDER: &str = "Gesendet";

/// Where the process is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    /// It looks whether the mail lies there.
    Searching,
    /// The server is to take the mail.
    BeforePut,
    /// The mail lies there, and the server has not said so.
    PutUnanswered,
    /// The server has said so; it is not committed. Only SQLite holds everything back.
    PutUncommitted,
}

const POINTS: [Point; 4] =
    [Point::Searching, Point::BeforePut, Point::PutUnanswered, Point::PutUncommitted];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wherever_a_copy_is_cut_off_the_folder_has_it_once_on_sqlite() {
    cut_off_everywhere(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wherever_a_copy_is_cut_off_the_folder_has_it_once_on_postgresql() {
    cut_off_everywhere(Engine::Postgres).await;
}

async fn cut_off_everywhere(engine: Engine) {
    let server = ImapServer::start().with_folder(FOLDER);
    let office = Office::open(engine).await;
    let source = format!(
        "{{\"kind\":\"imap\",\"host\":\"127.0.0.1\",\"port\":{},\"tls\":\"none\",\
          \"user\":\"hilfe\",\"folder\":\"INBOX\"}}",
        server.port()
    );
    office.house.copies_to(FOLDER, Some(&source)).await;
    let mut process = office.house.serve();
    let mut expected = Vec::new();
    let is_for = |point: &Point| *point != Point::PutUncommitted || engine == Engine::Sqlite;
    for point in POINTS.into_iter().filter(is_for) {
        process = cut_off(&office, &server, process, point).await;
        expected.push(match point {
            Point::Searching | Point::BeforePut => "copied",
            Point::PutUnanswered | Point::PutUncommitted => "found",
        });
        office.house.wait_for_copies(&expected).await;
        let (kept, sent) = (server.contents(FOLDER), office.sink.mails());
        assert_eq!(kept.len(), expected.len(), "{point:?}");
        assert_eq!(kept.last().unwrap().bytes, sent.last().unwrap().bytes, "{point:?}");
    }
    for fate in office.house.fates().await {
        office.check(&fate, Copies::One);
    }
    drop(process);
}

async fn cut_off(office: &Office, server: &ImapServer, process: Process, point: Point) -> Process {
    let step = match point {
        Point::Searching => Step::Search,
        Point::BeforePut => Step::Append,
        Point::PutUnanswered | Point::PutUncommitted => Step::Stored,
    };
    let visits = server.visits(step);
    server.on(step, Answer::Wait);
    let ticket = office.ticket(&format!("{point:?}")).await;
    office.answer(&process, &ticket);
    office.house.wait_for("sent").await;
    server.wait_for_step(step, visits + 1);
    let hold = match point {
        Point::PutUncommitted => {
            let hold = Hold::begin(&office.house.app).await;
            server.clear_rules();
            // The answer is read, and its note waits for the database.
            wait::pass(std::time::Duration::from_millis(500));
            Some(hold)
        }
        _ => None,
    };
    process.kill();
    if let Some(hold) = hold {
        hold.end().await;
    }
    server.clear_rules();
    office.house.leases_end().await;
    office.house.serve()
}
