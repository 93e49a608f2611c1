//! SIGKILL at each named point of sending, and a new start (F02).

use testkit::databases::Engine;
use testkit::smtp_sink::{Gate, Phase, When};
use testkit::wait;

use crate::house::{Fate, Hold, PATIENCE, Process, StopCommit};
use crate::ledger::Copies;
use crate::office::Office;

/// Where the process is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    /// It holds the lease, and the mail is not due yet.
    Leased,
    /// The server is to say something at this phase, and says nothing.
    Before(Phase),
    /// The server reads no further in a mail that is larger than what lies on the way.
    MidBody,
    /// Everything but the dot is sent; the note of the dot is not committed.
    BeforeDotCommit,
    /// The note of the dot is committed; the dot is not sent. Only PostgreSQL commits while the
    /// process stands still.
    AfterDotCommit,
    /// The dot is sent; the server has not read it and dies.
    DotUnread,
    /// The server has read the dot and has not answered.
    DotSent,
    /// The server has answered; the process has not read it.
    AnswerUnread,
    /// The process has read the answer; it is not committed.
    AnswerUncommitted,
    /// All is written down.
    Committed,
}

const POINTS: [Point; 16] = [
    Point::Leased,
    Point::Before(Phase::Greeting),
    Point::Before(Phase::Ehlo),
    Point::Before(Phase::Starttls),
    Point::Before(Phase::Auth),
    Point::Before(Phase::Mail),
    Point::Before(Phase::Rcpt),
    Point::Before(Phase::Data),
    Point::MidBody,
    Point::BeforeDotCommit,
    Point::DotSent,
    Point::AnswerUnread,
    Point::AnswerUncommitted,
    Point::Committed,
    Point::AfterDotCommit,
    Point::DotUnread,
];

/// Larger than the buffers between two processes.
const LARGE_BYTES: usize = 4_500_000;

impl Point {
    /// Where the server waits for the test.
    fn gate(self, office: &Office) -> Option<Gate> {
        let phase = match self {
            Self::Before(phase) => phase,
            Self::MidBody | Self::DotUnread => Phase::MidBody,
            Self::BeforeDotCommit | Self::AfterDotCommit => Phase::Data,
            Self::DotSent | Self::AnswerUnread | Self::AnswerUncommitted => Phase::Dot,
            Self::Leased | Self::Committed => return None,
        };
        Some(office.sink.gate(phase, When::Always))
    }

    /// A large mail takes seconds here, and the databases make no difference to it.
    fn is_for(self, engine: Engine) -> bool {
        match self {
            Self::AfterDotCommit => engine == Engine::Postgres,
            Self::MidBody => engine == Engine::Sqlite,
            _ => true,
        }
    }

    /// Whether it is passed only on a new connection.
    fn is_of_a_new_connection(self) -> bool {
        let opening = [Phase::Greeting, Phase::Ehlo, Phase::Starttls, Phase::Auth];
        matches!(self, Self::Before(phase) if opening.contains(&phase))
    }

    /// The state that the killed process leaves.
    fn left(self) -> &'static str {
        match self {
            Self::Leased => "queued",
            Self::Before(_) | Self::MidBody | Self::BeforeDotCommit => "sending",
            Self::AfterDotCommit
            | Self::DotUnread
            | Self::DotSent
            | Self::AnswerUnread
            | Self::AnswerUncommitted => "dot",
            Self::Committed => "sent",
        }
    }

    fn copies(self) -> Copies {
        match self {
            Self::DotSent | Self::AnswerUnread | Self::AnswerUncommitted => Copies::MarkedTwo,
            Self::AfterDotCommit | Self::DotUnread => Copies::MarkedOne,
            _ => Copies::One,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wherever_the_process_is_killed_every_mail_arrives_on_sqlite() {
    killed_everywhere(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wherever_the_process_is_killed_every_mail_arrives_on_postgresql() {
    killed_everywhere(Engine::Postgres).await;
}

async fn killed_everywhere(engine: Engine) {
    let mut office = Office::open(engine).await;
    let mut process = office.house.serve();
    let points: Vec<Point> = POINTS.into_iter().filter(|point| point.is_for(engine)).collect();
    for &point in &points {
        let begun = std::time::Instant::now();
        let ticket = office.ticket(&format!("{point:?}")).await;
        process = killed_at(&mut office, process, point, &ticket).await;
        let fate = office.house.newest().await;
        println!("{point:?}: {} ms", begun.elapsed().as_millis());
        office.check(&fate, point.copies());
    }
    let fates = office.house.fates().await;
    assert_eq!(fates.len(), points.len());
    for (fate, point) in fates.iter().zip(points) {
        office.check(fate, point.copies());
    }
}

/// The process is killed there, another one takes over, and the mail leaves.
async fn killed_at(office: &mut Office, process: Process, point: Point, ticket: &str) -> Process {
    let process = match point.is_of_a_new_connection() {
        true => restarted(office, process).await,
        false => process,
    };
    let mut gate = point.gate(office);
    begin(office, &process, point, ticket).await;
    if let Some(gate) = &mut gate {
        gate.reached().await;
    }
    let hold = come_closer(office, &process, point, &mut gate).await;
    process.kill();
    if let Some(hold) = hold {
        hold.end().await;
    }
    let left = office.house.newest().await;
    assert_eq!(left.state, point.left(), "{point:?}");
    if point == Point::DotUnread {
        office.replace_server();
    }
    drop(gate);
    office.sink.clear_rules();
    office.house.leases_end().await;
    let process = office.house.serve();
    match point.left() {
        "dot" => wait_in_the_dark(office, &left).await,
        "queued" => office.house.make_due(left.id).await,
        _ => {}
    }
    office.house.wait_for("sent").await;
    process
}

async fn restarted(office: &Office, process: Process) -> Process {
    process.kill();
    office.house.leases_end().await;
    office.house.serve()
}

async fn begin(office: &Office, process: &Process, point: Point, ticket: &str) {
    match point {
        Point::Leased => {
            office.house.set_undo(30).await;
            office.answer(process, ticket);
            office.house.set_undo(0).await;
            office.house.wait_for_sender().await;
        }
        Point::MidBody => {
            let file = office.agent.uploads(process, ticket, LARGE_BYTES);
            office.answer_with(process, ticket, &format!("&uploads={file}"));
        }
        _ => office.answer(process, ticket),
    }
}

/// The last steps to the point. What is held is let go after the kill.
async fn come_closer(
    office: &Office,
    process: &Process,
    point: Point,
    gate: &mut Option<Gate>,
) -> Option<Hold> {
    match point {
        Point::BeforeDotCommit => {
            let hold = Hold::begin(&office.house.app).await;
            let mut body = office.sink.gate(Phase::MidBody, When::Always);
            drop(gate.take());
            body.reached().await;
            return Some(hold);
        }
        Point::AnswerUncommitted => {
            let hold = Hold::begin(&office.house.app).await;
            drop(gate.take());
            wait_for_the_answer(office).await;
            return Some(hold);
        }
        Point::AnswerUnread => {
            process.pause();
            drop(gate.take());
            wait_for_the_answer(office).await;
        }
        Point::AfterDotCommit => {
            let stop = StopCommit::begin(&office.house).await.unwrap();
            drop(gate.take());
            stop.pause_behind(&office.house, process).await;
        }
        Point::DotUnread => drop(office.house.wait_for("dot").await),
        Point::Committed => drop(office.house.wait_for("sent").await),
        _ => {}
    }
    None
}

/// Waits until the server has answered the dot of the newest mail.
async fn wait_for_the_answer(office: &Office) {
    let fate = office.house.newest().await;
    let taken = || (office.copies(&fate, "ann@kunde.test") == 1).then_some(());
    wait::until(PATIENCE, taken, || format!("{fate:?}"));
}

/// Nobody knows whether the server has it: for 15 minutes there may be evidence, then it is sent
/// again.
async fn wait_in_the_dark(office: &Office, left: &Fate) {
    let dark = office.house.wait_for("uncertain").await;
    let seconds = (dark.next_at.unwrap() - office.house.app.now().millis()) / 1000;
    assert!((14 * 60..=15 * 60).contains(&seconds), "{seconds}");
    let tries: Vec<&str> = dark.tries.iter().map(|one| one.outcome.as_str()).collect();
    assert_eq!(tries, ["interrupted"], "{dark:#?}");
    assert_eq!(dark.message_id, left.message_id);
    office.house.make_due(left.id).await;
}
