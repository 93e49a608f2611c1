//! The IMAP client against a server that says exactly what a script tells it to, mostly wrong.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::time::Duration;

use mail::imap::{
    FetchOutcome, ImapProblem, ImapSettings, Login, Patience, Secret, Session, Tls, Woken, connect,
};
use mail::tls::TlsProblem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Three mails; two of them look like the protocol around them.
const MAILS: [(u32, &str); 3] = [
    (7, "Subject: one\r\n\r\nHello.\r\n"),
    (8, "Subject: two\r\n\r\n{12}\r\n* 1 FETCH (\r\n"),
    (11, "Subject: three\r\n\r\n)\r\nL8 OK done\r\n"),
];

/// What the server does after a number of octets.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Never,
    Cut(usize),
    Hang(usize),
}

/// A server that knows the commands of the client, with answers that can be replaced.
#[derive(Clone)]
struct Script {
    greeting: String,
    capabilities: String,
    /// Answers to commands that begin so, without the tag; `TAG` becomes the tag.
    answers: BTreeMap<String, String>,
    end: End,
}

impl Script {
    fn new() -> Self {
        let greeting = "* OK ready\r\n".to_owned();
        let capabilities = "IMAP4rev1 IDLE MOVE UIDPLUS".to_owned();
        let mut script = Self { greeting, capabilities, answers: BTreeMap::new(), end: End::Never };
        let (mut listed, mut whole) = (String::new(), String::new());
        for (index, (uid, mail)) in MAILS.iter().enumerate() {
            let facts = format!(
                "UID {uid} RFC822.SIZE {} INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" FLAGS (\\Seen)",
                mail.len()
            );
            listed += &format!("* {} FETCH ({facts})\r\n", index + 1);
            whole +=
                &format!("* {} FETCH ({facts} BODY[] {{{}}}\r\n{mail})\r\n", index + 1, mail.len());
        }
        script.answer("LOGIN", "TAG OK in\r\n");
        script.answer("LOGOUT", "* BYE bye\r\nTAG OK out\r\n");
        script.answer(
            "SELECT",
            "* 3 EXISTS\r\n* OK [UIDVALIDITY 42] v\r\n* OK [UIDNEXT 12] n\r\nTAG OK [READ-WRITE] s\r\n",
        );
        script.answer("NOOP", "TAG OK\r\n");
        script.answer("UID SEARCH", "* SEARCH 11 7 8\r\nTAG OK found\r\n");
        script.answer("UID FETCH", &format!("{listed}TAG OK listed\r\n"));
        script.answer("BODY.PEEK[]", &format!("{whole}TAG OK fetched\r\n"));
        script
    }

    fn answer(&mut self, command: &str, answer: &str) {
        self.answers.insert(command.to_owned(), answer.to_owned());
    }

    fn with(mut self, command: &str, answer: &str) -> Self {
        self.answer(command, answer);
        self
    }

    fn answer_to(&self, line: &str) -> String {
        let (tag, command) = line.split_once(' ').unwrap_or((line, ""));
        let answer = if command == "CAPABILITY" {
            format!("* CAPABILITY {}\r\nTAG OK c\r\n", self.capabilities)
        } else if let Some(answer) =
            self.answers.get("BODY.PEEK[]").filter(|_| command.contains("BODY.PEEK[]"))
        {
            answer.clone()
        } else {
            let found = self.answers.iter().rev().find(|(begin, _)| command.starts_with(*begin));
            found.map_or("TAG BAD what?\r\n".to_owned(), |(_, answer)| answer.clone())
        };
        answer.replace("TAG ", &format!("{tag} "))
    }

    /// Serves connections one after the other, for ever; returns the port.
    async fn serve(self) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                // The client may close at any moment.
                self.talk(stream).await.ok();
            }
        });
        port
    }

    async fn talk(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut sent = 0;
        let mut input = Vec::new();
        let mut answer = self.greeting.clone();
        loop {
            let octets = answer.as_bytes();
            let left = match self.end {
                End::Never => octets.len(),
                End::Cut(limit) | End::Hang(limit) => octets.len().min(limit - sent),
            };
            stream.write_all(octets.get(..left).unwrap()).await?;
            sent += left;
            match self.end {
                End::Cut(limit) if sent == limit => return Ok(()),
                End::Hang(limit) if sent == limit => {
                    stream.read_to_end(&mut Vec::new()).await?;
                    return Ok(());
                }
                _ => {}
            }
            let end = loop {
                if let Some(end) = input.iter().position(|octet| *octet == b'\n') {
                    break end;
                }
                if stream.read_buf(&mut input).await? == 0 {
                    return Ok(());
                }
            };
            let line: Vec<u8> = input.drain(..=end).collect();
            answer = self.answer_to(String::from_utf8_lossy(&line).trim_end());
        }
    }
}

fn settings(port: u16) -> ImapSettings {
    let login = Login::Password(Secret::new("geheim"));
    let patience = Duration::from_millis(300);
    ImapSettings {
        port,
        tls: Tls::NoneOnLoopback,
        patience: Patience { connect: patience, silence: patience, response: 2 * patience },
        mail_bytes_max: 1000,
        ..ImapSettings::new("127.0.0.1", "ann", login)
    }
}

async fn session(script: Script) -> Session {
    let port = script.serve().await;
    let mut session = connect(&settings(port)).await.unwrap();
    session.select("INBOX").await.unwrap();
    session
}

async fn connect_problem(script: Script) -> ImapProblem {
    let port = script.serve().await;
    connect(&settings(port)).await.err().unwrap()
}

/// A whole visit; gives the mails that came whole before it ended, and how it ended.
async fn visit(port: u16) -> (Vec<(u32, Vec<u8>)>, Result<(), ImapProblem>) {
    let mut mails = Vec::new();
    let end = async {
        let mut session = connect(&settings(port)).await?;
        session.select("INBOX").await?;
        let uids = session.uids(1..=u32::MAX).await?;
        assert_eq!(uids, [7, 8, 11]);
        let mut batch = session.fetch_batch(&uids).await?;
        while let Some(outcome) = batch.next().await? {
            let FetchOutcome::Whole(mail) = outcome else { panic!("{outcome:?}") };
            assert!(!mail.size_differs());
            mails.push((mail.listed.uid, mail.bytes));
        }
        session.logout().await
    }
    .await;
    (mails, end)
}

fn expected(count: usize) -> Vec<(u32, Vec<u8>)> {
    MAILS.iter().take(count).map(|(uid, mail)| (*uid, mail.as_bytes().to_vec())).collect()
}

/// How many octets the server sends in a whole visit, and after how many each mail is complete.
fn octets_of_a_visit() -> (usize, Vec<usize>) {
    let script = Script::new();
    let commands = [
        "L1 CAPABILITY",
        "L2 LOGIN",
        "L3 CAPABILITY",
        "L4 SELECT",
        "L5 NOOP",
        "L6 UID SEARCH",
        "L7 UID FETCH",
        "L8 UID FETCH BODY.PEEK[]",
        "L9 LOGOUT",
    ];
    let mut all = script.greeting.clone();
    let mut complete = Vec::new();
    for command in commands {
        let answer = script.answer_to(command);
        if command.contains("PEEK") {
            let mut rest = answer.as_str();
            for (_, mail) in MAILS {
                let end = rest.find(mail).unwrap() + mail.len() + ")\r\n".len();
                rest = rest.get(end..).unwrap();
                complete.push(all.len() + answer.len() - rest.len());
            }
        }
        all += &answer;
    }
    (all.len(), complete)
}

#[tokio::test]
async fn three_mails_arrive_whole() {
    let port = Script::new().serve().await;
    assert_eq!(visit(port).await, (expected(3), Ok(())));
}

/// F08: dropped at every octet.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_cut_at_any_octet_gives_no_half_mail_and_says_so() {
    let (total, complete) = octets_of_a_visit();
    assert!(total > 900, "{total}");
    for octets in 0..total {
        let port = Script { end: End::Cut(octets), ..Script::new() }.serve().await;
        let (mails, end) = visit(port).await;
        let whole = complete.iter().filter(|place| **place <= octets).count();
        assert_eq!(mails, expected(whole), "cut after {octets}");
        let problem = end.unwrap_err();
        assert_eq!(problem.code(), "connection_lost", "cut after {octets}: {problem}");
    }
}

/// F08: silent at any octet. The octets are checked all at once, because each waits for a time-out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_falls_silent_at_any_octet_is_left_after_the_time_out() {
    let (total, complete) = octets_of_a_visit();
    let mut visits = tokio::task::JoinSet::new();
    for octets in (0..total).step_by(7) {
        let complete = complete.clone();
        visits.spawn(async move {
            let port = Script { end: End::Hang(octets), ..Script::new() }.serve().await;
            let (mails, end) = visit(port).await;
            let whole = complete.iter().filter(|place| **place <= octets).count();
            assert_eq!(mails, expected(whole), "silent after {octets}");
            assert_eq!(end.unwrap_err().code(), "timed_out", "silent after {octets}");
        });
    }
    visits.join_all().await;
}

#[tokio::test]
async fn greetings_that_are_none_are_explained() {
    let greeting = |text: &str| Script { greeting: text.to_owned(), ..Script::new() };
    let problem = connect_problem(greeting("220 mail ESMTP\r\n")).await;
    let detail = "the greeting is not IMAP: 220 mail ESMTP".to_owned();
    assert_eq!(problem, ImapProblem::ProtocolBroken { detail });
    assert_eq!(connect_problem(greeting("\x16\x03\r\n\r\n")).await.code(), "protocol_broken");
    assert_eq!(connect_problem(greeting("* PREAUTH hello\r\n")).await.code(), "protocol_broken");
    let problem = connect_problem(greeting("* BYE too many connections\r\n")).await;
    assert_eq!(problem.code(), "connection_lost");
    assert_eq!(problem.server_words(), Some("too many connections"));
    assert_eq!(connect_problem(greeting("")).await.code(), "timed_out");
}

#[tokio::test]
async fn refused_logins_are_told_from_busy_servers() {
    let login = |text: &str| Script::new().with("LOGIN", text);
    let problem = connect_problem(login("TAG NO [AUTHENTICATIONFAILED] wrong\r\n")).await;
    let words = "[AUTHENTICATIONFAILED] wrong".to_owned();
    assert_eq!(problem, ImapProblem::LoginRefused { words });
    assert!(problem.needs_a_person());
    let problem = connect_problem(login("TAG NO [UNAVAILABLE] try later\r\n")).await;
    assert_eq!(problem, ImapProblem::ServerSaid { words: "[UNAVAILABLE] try later".to_owned() });
    assert!(!problem.needs_a_person());
    let capabilities = "IMAP4rev1 LOGINDISABLED STARTTLS".to_owned();
    let problem = connect_problem(Script { capabilities, ..Script::new() }).await;
    assert_eq!(problem, ImapProblem::PlaintextRefused);
}

#[tokio::test]
async fn nobody_listening_and_unknown_hosts_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    assert_eq!(connect(&settings(port)).await.err(), Some(ImapProblem::Refused));
    let unknown = ImapSettings { host: "no.such.host.invalid".to_owned(), ..settings(143) };
    let problem = connect(&unknown).await.err().unwrap();
    assert!(matches!(problem.code(), "host_unknown" | "timed_out"), "{problem}");
}

#[tokio::test]
async fn clear_text_beyond_this_machine_is_refused_before_a_word_is_said() {
    // An address for documentation (RFC 5737); a connection would only end in a time-out.
    let far = ImapSettings { host: "192.0.2.1".to_owned(), ..settings(143) };
    assert_eq!(connect(&far).await.err(), Some(ImapProblem::PlaintextRefused));
}

#[tokio::test]
async fn starttls_that_is_stripped_or_tampered_with_ends_the_connection() {
    let problem = async |script: Script| {
        let port = script.serve().await;
        connect(&ImapSettings { tls: Tls::Starttls, ..settings(port) }).await.err().unwrap()
    };
    assert_eq!(problem(Script::new()).await, ImapProblem::StarttlsMissing);
    let offering = || Script { capabilities: "IMAP4rev1 STARTTLS".to_owned(), ..Script::new() };
    let refusing = offering().with("STARTTLS", "TAG NO not now\r\n");
    assert_eq!(problem(refusing).await, ImapProblem::StarttlsMissing);
    let preauth = Script { greeting: "* PREAUTH hello\r\n".to_owned(), ..offering() };
    assert_eq!(problem(preauth).await, ImapProblem::StarttlsMissing);
    let injecting = offering().with("STARTTLS", "TAG OK go\r\n* OK [ALERT] injected\r\n");
    let detail = "clear text after the answer to STARTTLS".to_owned();
    assert_eq!(problem(injecting).await, ImapProblem::ProtocolBroken { detail });
    let plain = offering().with("STARTTLS", "TAG OK go\r\n").with("", "this is no TLS\r\n");
    assert_eq!(problem(plain).await, ImapProblem::TlsFailed { detail: TlsProblem::NotTls });
}

#[tokio::test]
async fn tls_on_a_port_without_tls_is_explained() {
    let port = Script::new().serve().await;
    let problem = connect(&ImapSettings { tls: Tls::Implicit, ..settings(port) }).await;
    assert_eq!(problem.err(), Some(ImapProblem::TlsFailed { detail: TlsProblem::NotTls }));
}

/// Fetches mail 7 whose literal has this length; the mail has 24 octets.
async fn fetch_with_length(length: &str) -> Result<FetchOutcome, ImapProblem> {
    let (_, mail) = MAILS[0];
    assert_eq!(mail.len(), 24);
    let answer = format!(
        "* 1 FETCH (UID 7 RFC822.SIZE 24 BODY[] {{{length}}}\r\n{mail})\r\nTAG OK fetched\r\n"
    );
    let script = Script::new()
        .with("UID FETCH", "* 1 FETCH (UID 7 RFC822.SIZE 24)\r\nTAG OK listed\r\n")
        .with("BODY.PEEK[]", &answer);
    session(script).await.fetch(7).await
}

/// F08: wrong literal lengths.
#[tokio::test]
async fn a_wrong_literal_length_gives_no_mail() {
    assert!(matches!(fetch_with_length("24").await, Ok(FetchOutcome::Whole(_))));
    for (length, code) in [
        ("23", "protocol_broken"),
        ("25", "protocol_broken"),
        ("0", "protocol_broken"),
        ("48", "timed_out"),
        ("1048577", "protocol_broken"),
        ("4294967296", "protocol_broken"),
        ("99999999999999999999999", "protocol_broken"),
        ("-1", "protocol_broken"),
    ] {
        let problem = fetch_with_length(length).await.unwrap_err();
        assert_eq!(problem.code(), code, "{length}: {problem}");
    }
}

#[tokio::test]
async fn octets_that_are_not_as_many_as_the_size_says_are_reported() {
    for (sent, differs) in
        [("{3}\r\nabc", true), ("{5}\r\nabcde", false), ("NIL", true), ("\"\"", true)]
    {
        let script = Script::new()
            .with("UID FETCH", "* 1 FETCH (UID 7 RFC822.SIZE 5)\r\nTAG OK listed\r\n")
            .with("BODY.PEEK[]", &format!("* 1 FETCH (UID 7 BODY[] {sent})\r\nTAG OK\r\n"));
        let FetchOutcome::Whole(mail) = session(script).await.fetch(7).await.unwrap() else {
            panic!("{sent}")
        };
        assert_eq!(mail.size_differs(), differs, "{sent}");
    }
}

#[tokio::test]
async fn of_a_mail_over_the_limit_only_the_header_is_fetched() {
    let script = Script::new()
        .with("UID FETCH", "* 1 FETCH (UID 7 RFC822.SIZE 1001)\r\nTAG OK listed\r\n")
        .with("UID FETCH 7 (UID RFC822.SIZE INTERNALDATE FLAGS BODY.PEEK[HEADER]<0.262144>)",
            "* 1 FETCH (UID 7 RFC822.SIZE 1001 BODY[HEADER]<0> {14}\r\nSubject: big\r\n)\r\nTAG OK\r\n")
        .with("BODY.PEEK[]", "TAG BAD never asked for\r\n");
    let outcome = session(script).await.fetch(7).await.unwrap();
    let FetchOutcome::TooLarge { listed, header } = outcome else { panic!("{outcome:?}") };
    assert_eq!((listed.uid, listed.size, header.as_slice()), (7, 1001, &b"Subject: big\r\n"[..]));
}

#[tokio::test]
async fn a_mail_is_gone_only_if_a_search_does_not_find_it() {
    let silent = || Script::new().with("UID FETCH", "TAG OK nothing\r\n");
    let gone = silent().with("UID SEARCH", "* SEARCH\r\nTAG OK none\r\n");
    assert_eq!(session(gone).await.fetch(7).await, Ok(FetchOutcome::Gone(7)));
    let hidden = silent().with("UID SEARCH", "* SEARCH 7\r\nTAG OK one\r\n");
    assert_eq!(session(hidden).await.fetch(7).await.unwrap_err().code(), "protocol_broken");
    let refused = Script::new()
        .with("UID FETCH", "* 1 FETCH (UID 7 RFC822.SIZE 24)\r\nTAG OK listed\r\n")
        .with("UID SEARCH", "* SEARCH 7\r\nTAG OK one\r\n")
        .with("BODY.PEEK[]", "TAG NO some messages could not be fetched\r\n");
    let mut session = session(refused).await;
    let words = "some messages could not be fetched".to_owned();
    assert_eq!(session.fetch(7).await, Err(ImapProblem::ServerSaid { words }));
    assert!(session.is_connected());
}

#[tokio::test]
async fn words_that_nobody_asked_for_change_nothing() {
    let (_, mail) = MAILS[0];
    let answer = format!(
        "* 9 EXISTS\r\n* 2 EXPUNGE\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* OK [XYZZY] hm {{5}}\r\n\
         * 5 FETCH (UID 99 BODY[] {{1}}\r\nx)\r\n* 1 FETCH (BODY[] {{24}}\r\n{mail} UID 7)\r\n\
         * 1 FETCH (UID 7 BODY[] {{1}}\r\nx)\r\n* STRANGE (((\r\nTAG OK fetched\r\n"
    );
    let script = Script::new()
        .with("UID FETCH", "* 1 FETCH (UID 7 RFC822.SIZE 24)\r\nTAG OK listed\r\n")
        .with("BODY.PEEK[]", &answer);
    let outcome = session(script).await.fetch(7).await.unwrap();
    let FetchOutcome::Whole(fetched) = outcome else { panic!("{outcome:?}") };
    assert_eq!(fetched.bytes, mail.as_bytes());
}

#[tokio::test]
async fn a_goodbye_in_the_middle_is_passed_on() {
    let script = Script::new().with("UID SEARCH", "* SEARCH 1\r\n* BYE going down\r\n");
    let script = Script { end: End::Cut(octets_before_search() + 30), ..script };
    let problem = session(script).await.uids(1..=u32::MAX).await.unwrap_err();
    assert_eq!(problem, ImapProblem::ConnectionLost { words: Some("going down".to_owned()) });
}

fn octets_before_search() -> usize {
    let script = Script::new();
    let commands = ["L1 CAPABILITY", "L2 LOGIN", "L3 CAPABILITY", "L4 SELECT", "L5 NOOP"];
    let answers = commands.iter().map(|command| script.answer_to(command).len());
    script.greeting.len() + answers.sum::<usize>()
}

#[tokio::test]
async fn no_and_bad_to_each_command_leave_the_connection_usable() {
    for status in ["NO", "BAD"] {
        let no = format!("TAG {status} sorry\r\n");
        let script = ["UID SEARCH", "UID FETCH", "UID STORE", "UID EXPUNGE", "APPEND", "CREATE"]
            .iter()
            .fold(Script::new(), |script, command| script.with(command, &no))
            .with("LIST", "* LIST () \"/\" INBOX\r\nTAG OK listed\r\n");
        let mut session = session(script).await;
        let said = ImapProblem::ServerSaid { words: "sorry".to_owned() };
        assert_eq!(session.uids(1..=9).await, Err(said.clone()));
        assert_eq!(session.list(&[7]).await, Err(said.clone()));
        assert_eq!(session.fetch(7).await, Err(said.clone()));
        assert_eq!(session.mark_read(&[7]).await, Err(said.clone()));
        assert_eq!(session.delete(&[7]).await, Err(said.clone()));
        assert_eq!(session.move_to(&[7], "Archive").await, Err(said.clone()));
        assert_eq!(session.append("INBOX", None, b"x").await, Err(said.clone()));
        assert_eq!(session.create_folder("Archive").await, Err(said.clone()));
        session.logout().await.unwrap();
    }
}

/// F12: MOVE answered OK without moving.
#[tokio::test]
async fn a_move_that_only_pretends_is_noticed() {
    let listed = "* 1 FETCH (UID 7 RFC822.SIZE 24 FLAGS ())\r\nTAG OK listed\r\n";
    let script = Script::new()
        .with("UID SEARCH", "* SEARCH 7\r\nTAG OK found\r\n")
        .with("UID MOVE", "TAG OK moved\r\n")
        .with("UID FETCH", listed);
    let removal = session(script).await.move_to(&[7, 8], "Archive").await.unwrap();
    assert_eq!((removal.still_there, removal.gone, removal.marked), (vec![7], vec![8], vec![]));
}

#[tokio::test]
async fn without_uidplus_a_mail_is_only_marked_and_never_expunged() {
    let listed = "* 1 FETCH (UID 7 RFC822.SIZE 24 FLAGS (\\Deleted))\r\nTAG OK listed\r\n";
    let script = Script::new()
        .with("UID SEARCH", "* SEARCH 7\r\nTAG OK found\r\n")
        .with("UID COPY", "TAG OK copied\r\n")
        .with("UID STORE 7 +FLAGS.SILENT (\\Deleted)", "TAG OK marked\r\n")
        .with("UID FETCH", listed);
    // EXPUNGE in any form would be answered BAD and be a problem.
    let script = Script { capabilities: "IMAP4rev1".to_owned(), ..script };
    let removal = session(script).await.move_to(&[7], "Archive").await.unwrap();
    assert_eq!((removal.marked, removal.gone, removal.still_there), (vec![7], vec![], vec![]));
}

#[tokio::test]
async fn a_batch_that_is_left_early_takes_the_connection_with_it() {
    let mut session = session(Script::new()).await;
    let mut batch = session.fetch_batch(&[7, 8, 11]).await.unwrap();
    assert!(batch.next().await.unwrap().is_some());
    drop(batch);
    assert!(!session.is_connected());
    assert_eq!(session.uids(1..=9).await, Err(ImapProblem::ConnectionLost { words: None }));
}

#[tokio::test]
async fn a_mail_that_came_just_before_waiting_is_not_slept_through() {
    let mut session = session(Script::new()).await;
    assert_eq!(session.uids(1..=8).await, Ok(vec![7, 8]));
    // 11 is there and was never announced; IDLE is not even begun (its answer would be BAD).
    let woken = session.idle_until_change(Duration::from_secs(60)).await;
    assert_eq!(woken, Ok(Woken::Changed));
}

#[tokio::test]
async fn idle_that_ends_by_itself_or_with_a_goodbye_is_a_problem() {
    for (answer, code) in [
        ("TAG NO idle not allowed\r\n", "server_said"),
        ("TAG OK done\r\n", "protocol_broken"),
        ("+ idling\r\nTAG OK done\r\n", "protocol_broken"),
        ("+ idling\r\n* BYE timeout\r\n", "connection_lost"),
    ] {
        let mut session = session(Script::new().with("IDLE", answer)).await;
        session.uids(1..=u32::MAX).await.unwrap();
        let problem = session.idle_until_change(Duration::from_secs(60)).await.unwrap_err();
        assert_eq!(problem.code(), code, "{answer}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_done_is_left_after_the_time_out() {
    let script = Script::new().with("IDLE", "+ idling\r\n").with("DONE", "").with("", "");
    let mut session = session(script).await;
    session.uids(1..=u32::MAX).await.unwrap();
    let problem = session.idle_until(Duration::from_secs(60), async {}).await.unwrap_err();
    assert_eq!(problem, ImapProblem::TimedOut { doing: "ending to wait" });
    assert!(!session.is_connected());
}

/// A server that sends drop by drop never is silent, yet ends at the limit for one response.
#[tokio::test]
async fn a_server_that_sends_drop_by_drop_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut clock = tokio::time::interval(Duration::from_millis(50));
        loop {
            clock.tick().await;
            if stream.write_all(b"*").await.is_err() {
                return;
            }
        }
    });
    let problem = connect(&settings(port)).await.err().unwrap();
    assert_eq!(problem, ImapProblem::TimedOut { doing: "waiting for the greeting" });
}
