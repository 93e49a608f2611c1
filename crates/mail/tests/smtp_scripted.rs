//! The SMTP client against a server that does what a script tells it to, mostly wrong.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail::account::{ComingToken, NoToken, TokenSource};
use mail::smtp::{
    Connection, Envelope, EnvelopeAnswer, Login, Patience, Phase, ProblemKind, Reply, SaidBy,
    Secret, SmtpLogin, SmtpProblem, SmtpSettings, Tls,
};
use mail::tls::{TlsProblem, Trust};
use testkit::dovecot::Certificate;
use testkit::smtp_sink::{Answer, End, Phase as At, SinkTls, SmtpSink, When};
use tokio::task::JoinSet;

const MAIL: &[u8] = b"Subject: Drucker\r\n\r\nEr raucht.\r\n.\r\n..\r\n";
const PATIENT: Duration = Duration::from_secs(20);
/// Long enough for a busy machine to answer, short enough to wait for in vain.
const IMPATIENT: Duration = Duration::from_millis(700);

fn settings(sink: &SmtpSink) -> SmtpSettings {
    let patience =
        Patience { connect: PATIENT, command: PATIENT, data_block: PATIENT, final_dot: PATIENT };
    SmtpSettings {
        port: sink.port(),
        tls: Tls::NoneOnLoopback,
        patience,
        ..SmtpSettings::new("127.0.0.1", "desk.example")
    }
}

fn impatient(sink: &SmtpSink) -> SmtpSettings {
    let patience = Patience {
        connect: IMPATIENT,
        command: IMPATIENT,
        data_block: IMPATIENT,
        final_dot: IMPATIENT,
    };
    SmtpSettings { patience, ..settings(sink) }
}

fn over_tls(sink: &SmtpSink, tls: Tls) -> SmtpSettings {
    let trust = Trust::from_pem(sink.authority_pem()).unwrap();
    SmtpSettings { host: "localhost".to_owned(), tls, trust, ..settings(sink) }
}

fn with_login(settings: SmtpSettings, login: Login) -> SmtpSettings {
    SmtpSettings { login: Some(SmtpLogin { user: "desk".to_owned(), login }), ..settings }
}

fn password(password: &str) -> Login {
    Login::Password(Secret::new(password))
}

fn addresses(addresses: &[&str]) -> Vec<String> {
    addresses.iter().map(|&address| address.to_owned()).collect()
}

fn envelope<'a>(from: &'a str, recipients: &'a [String]) -> Envelope<'a> {
    let size_bytes = MAIL.len() as u64;
    Envelope { from, recipients, size_bytes, envelope_id: Some("e1"), eight_bit: true }
}

/// How far a mail came.
#[derive(Debug, PartialEq)]
enum Went {
    /// The server answered the final dot.
    Finished(Reply),
    /// The server refused the sender, all recipients or the data.
    Refused(Phase, Reply),
    Failed(SmtpProblem),
}

impl Went {
    /// Phase, code of the problem or 0, code of the reply or 0.
    fn short(&self) -> (Phase, &str, u16) {
        match self {
            Self::Finished(reply) => (Phase::Dot, "", reply.code),
            Self::Refused(phase, reply) => (*phase, "", reply.code),
            Self::Failed(problem) => {
                (problem.phase, problem.code(), problem.reply().map_or(0, |reply| reply.code))
            }
        }
    }
}

async fn send_on(connection: &mut Connection, mail: &[u8]) -> Result<Went, SmtpProblem> {
    let recipients = addresses(&["b@y.example"]);
    let answer = connection.envelope(&envelope("a@x.example", &recipients)).await?;
    if let Some(reply) = answer.refused_sender {
        return Ok(Went::Refused(Phase::Mail, reply));
    }
    if let Some(reply) = answer.recipients.into_iter().find(|reply| !reply.is_positive()) {
        return Ok(Went::Refused(Phase::Recipients, reply));
    }
    if let Err(reply) = connection.body(mail).await? {
        return Ok(Went::Refused(Phase::Data, reply));
    }
    connection.finish().await.map(Went::Finished)
}

async fn send(settings: &SmtpSettings, mail: &[u8]) -> Went {
    let went = async {
        let mut connection = Connection::open(settings).await?;
        let went = send_on(&mut connection, mail).await?;
        connection.quit().await;
        Ok(went)
    };
    went.await.unwrap_or_else(Went::Failed)
}

async fn open_problem(settings: &SmtpSettings) -> SmtpProblem {
    Connection::open(settings).await.err().unwrap()
}

/// The phases of the server, those of the client, and what the server says there if all is well.
const PHASES: [(At, Phase, &str); 7] = [
    (At::Greeting, Phase::Greeting, "220"),
    (At::Ehlo, Phase::Hello, "250"),
    (At::Auth, Phase::Auth, "235"),
    (At::Mail, Phase::Mail, "250"),
    (At::Rcpt, Phase::Recipients, "250"),
    (At::Data, Phase::Data, "354"),
    (At::Dot, Phase::Dot, "250"),
];

/// A server that wants a login where the phase is that of the login.
fn sink_for(at: At) -> SmtpSink {
    match at {
        At::Auth => SmtpSink::start().with_login("desk", "geheim"),
        _ => SmtpSink::start(),
    }
}

fn settings_for(at: At, settings: SmtpSettings) -> SmtpSettings {
    match at {
        At::Auth => with_login(settings, password("geheim")),
        _ => settings,
    }
}

/// F13: what one answer at one phase leads to.
async fn outcome(at: At, answer: Answer) -> Went {
    let sink = sink_for(at);
    sink.on(at, When::Always, answer);
    send(&settings_for(at, settings(&sink)), MAIL).await
}

#[tokio::test]
async fn a_refusal_at_each_phase_is_told_with_its_words() {
    for (at, phase, _) in PHASES {
        for code in [451, 554] {
            let went = outcome(at, Answer::Reply(format!("{code}-no\r\n{code} way"))).await;
            let problem = match (at, code) {
                (At::Greeting, _) => "greeting_refused",
                (At::Ehlo, _) | (At::Auth, 451) => "server_said",
                (At::Auth, _) => "login_refused",
                _ => "",
            };
            assert_eq!(went.short(), (phase, problem, code), "{went:?}");
            let words = match &went {
                Went::Finished(reply) | Went::Refused(_, reply) => reply.text.as_str(),
                Went::Failed(problem) => problem.server_words().unwrap(),
            };
            assert_eq!(words, "no\nway");
        }
    }
}

#[tokio::test]
async fn a_421_at_each_phase_closes_the_connection() {
    for (at, phase, _) in PHASES {
        let went = outcome(at, Answer::ReplyThenClose("421 4.3.2 going down".to_owned())).await;
        let problem = if at == At::Dot { "" } else { "connection_lost" };
        assert_eq!(went.short(), (phase, problem, 421), "{went:?}");
    }
}

#[tokio::test]
async fn cuts_garbage_and_answers_without_end_at_each_phase_are_told_apart() {
    for (at, phase, code) in PHASES {
        for (answer, problem) in [
            (Answer::Close, "connection_lost"),
            (Answer::Octets(b"HTTP/1.1 400 Bad Request\r\n".to_vec()), "protocol_broken"),
            (Answer::Octets(b"\x16\x03\x01\0\n".to_vec()), "protocol_broken"),
            (Answer::Octets(b"999 what\r\n".to_vec()), "protocol_broken"),
            (Answer::Octets(format!("{code}-a\r\n550 b\r\n").into_bytes()), "protocol_broken"),
            (Answer::Octets(format!("{code}-more\r\n").repeat(10_000).into_bytes()), "too_long"),
            (Answer::Octets(vec![b'2'; 10_000]), "too_long"),
        ] {
            let went = outcome(at, answer).await;
            assert_eq!(went.short(), (phase, problem, 0), "{went:?}");
        }
    }
}

#[tokio::test]
async fn silence_at_each_phase_ends_after_the_time_out() {
    let mut cases = JoinSet::new();
    for (at, phase, code) in PHASES {
        let unfinished = Answer::Octets(format!("{code}-more\r\n").into_bytes());
        for answer in [Answer::Hang, unfinished] {
            cases.spawn(async move {
                // With pipelining the answer to the next command would end the one without end.
                let sink = sink_for(at).offering(&[]);
                sink.on(at, When::Always, answer);
                let went = send(&settings_for(at, impatient(&sink)), MAIL).await;
                assert_eq!(went.short(), (phase, "timed_out", 0), "{went:?}");
                let Went::Failed(problem) = went else { panic!("{went:?}") };
                assert_eq!(problem.may_have_been_taken(), at == At::Dot);
            });
        }
    }
    while let Some(case) = cases.join_next().await {
        case.unwrap();
    }
}

#[tokio::test]
async fn answers_without_text_or_octet_by_octet_are_as_good_as_any() {
    for (at, _, code) in PHASES {
        for answer in
            [Answer::Reply(code.to_owned()), Answer::Reply(format!("{code} ")), Answer::Drip]
        {
            let went = outcome(at, answer).await;
            assert_eq!(went.short(), (Phase::Dot, "", 250), "{at:?}");
        }
    }
}

#[tokio::test]
async fn nothing_that_fails_before_the_dot_leaves_a_mail() {
    for (at, ..) in PHASES.into_iter().filter(|(at, ..)| *at != At::Dot) {
        let sink = sink_for(at);
        sink.on(at, When::Always, Answer::Close);
        let went = send(&settings_for(at, settings(&sink)), MAIL).await;
        let Went::Failed(problem) = went else { panic!("{went:?}") };
        assert!(!problem.may_have_been_taken(), "{problem}");
        assert!(sink.mails().is_empty());
    }
}

#[tokio::test]
async fn an_acceptance_after_our_time_out_is_unknown_to_us() {
    let sink = SmtpSink::start();
    let mut gate = sink.gate(At::Dot, When::Always);
    let patience = Patience { final_dot: IMPATIENT, ..settings(&sink).patience };
    let went = send(&SmtpSettings { patience, ..settings(&sink) }, MAIL).await;
    assert_eq!(went.short(), (Phase::Dot, "timed_out", 0));
    gate.reached().await;
    gate.release();
    assert_eq!(sink.wait_for_accepted(1)[0].bytes, MAIL);
}

#[tokio::test]
async fn a_row_can_be_written_between_the_body_and_the_dot() {
    let sink = SmtpSink::start();
    let mut gate = sink.gate(At::MidBody, When::Always);
    let mut connection = Connection::open(&settings(&sink)).await.unwrap();
    let recipients = addresses(&["b@y.example"]);
    connection.envelope(&envelope("a@x.example", &recipients)).await.unwrap();
    connection.body(MAIL).await.unwrap().unwrap();
    gate.reached().await;
    gate.release();
    assert!(sink.mails().is_empty());
    assert_eq!(connection.finish().await.unwrap().to_string(), "250 2.0.0 kept");
    let mails = sink.mails();
    assert_eq!((mails.len(), mails[0].bytes.as_slice()), (1, MAIL));
    assert_eq!(mails[0].end, End::Answered("250 2.0.0 kept".to_owned()));
}

#[tokio::test]
async fn a_mail_whose_dot_is_never_sent_is_none() {
    let sink = SmtpSink::start();
    let recipients = addresses(&["b@y.example"]);
    let mut connection = Connection::open(&settings(&sink)).await.unwrap();
    connection.envelope(&envelope("a@x.example", &recipients)).await.unwrap();
    connection.body(MAIL).await.unwrap().unwrap();
    assert_eq!(connection.reset().await.unwrap_err().code(), "out_of_order");
    assert!(!connection.is_connected());
    let problem = connection.finish().await.unwrap_err();
    assert_eq!((problem.code(), problem.phase), ("connection_lost", Phase::Body));
    // A further mail, so that the first has come to its end.
    assert_eq!(send(&settings(&sink), MAIL).await.short(), (Phase::Dot, "", 250));
    assert_eq!(sink.wait_for_accepted(1).len(), 1);
}

/// More than the buffers of both sides hold.
fn large_mail() -> Vec<u8> {
    b"Der Drucker raucht, und das seit Tagen.\r\n".repeat(400_000)
}

#[tokio::test]
async fn a_mail_that_is_cut_or_not_taken_on_the_way_is_not_handed_over() {
    let mail = large_mail();
    let unlimited = || SmtpSink::start().offering(&["8BITMIME"]);
    let sink = unlimited();
    sink.on(At::MidBody, When::Always, Answer::Close);
    assert_eq!(send(&settings(&sink), &mail).await.short(), (Phase::Body, "connection_lost", 0));
    let sink = unlimited();
    sink.on(At::MidBody, When::Always, Answer::Hang);
    let mut gate = sink.gate(At::MidBody, When::Nth(1));
    let patience = Patience { data_block: IMPATIENT, ..settings(&sink).patience };
    let hanging = SmtpSettings { patience, ..settings(&sink) };
    assert_eq!(send(&hanging, &mail).await.short(), (Phase::Body, "timed_out", 0));
    gate.reached().await;
}

#[tokio::test]
async fn a_refusal_on_the_way_is_heard() {
    let sink = SmtpSink::start();
    sink.on(At::MidBody, When::Always, Answer::ReplyThenClose("552 5.3.4 too large".to_owned()));
    let went = send(&settings(&sink), &large_mail()).await;
    assert_eq!(went.short(), (Phase::Data, "", 552), "{went:?}");
}

#[tokio::test]
async fn recipients_are_answered_one_by_one() {
    for extensions in [&["PIPELINING"][..], &[]] {
        let sink = SmtpSink::start().offering(extensions);
        let all = addresses(&["a@y", "grey@y", "full@y", "later@y", "gone@y", "z@y"]);
        for (address, words) in [
            ("grey@y", "451 4.7.1 greylisted, come again"),
            ("full@y", "552 5.2.2 mailbox full"),
            ("later@y", "452 4.2.2 mailbox full"),
            ("gone@y", "550 5.1.1 no such user"),
        ] {
            sink.on(At::Rcpt, When::To(address.to_owned()), Answer::Reply(words.to_owned()));
        }
        let mut connection = Connection::open(&settings(&sink)).await.unwrap();
        let answer = connection.envelope(&envelope("a@x.example", &all)).await.unwrap();
        let codes: Vec<u16> = answer.recipients.iter().map(|reply| reply.code).collect();
        assert_eq!(codes, [250, 451, 552, 452, 550, 250]);
        assert_eq!(answer.accepted(), 2);
        let grey = &answer.recipients[1];
        assert_eq!(grey.text, "greylisted, come again");
        assert!(grey.is_transient() && grey.enhanced == Some([4, 7, 1]));
        connection.body(MAIL).await.unwrap().unwrap();
        assert!(connection.finish().await.unwrap().is_positive());
        assert_eq!(sink.mails()[0].recipients, ["a@y", "z@y"]);
    }
}

#[tokio::test]
async fn several_mails_go_over_one_connection() {
    let sink = SmtpSink::start();
    let mut connection = Connection::open(&settings(&sink)).await.unwrap();
    sink.on(At::Rcpt, When::Nth(2), Answer::Reply("550 5.1.1 no".to_owned()));
    sink.on(At::Data, When::Nth(2), Answer::Reply("451 4.3.0 not now".to_owned()));
    sink.on(At::Mail, When::Nth(4), Answer::Reply("451 4.7.0 slow down".to_owned()));
    sink.on(At::Dot, When::Nth(2), Answer::Reply("554 5.6.0 spam".to_owned()));
    let mut codes = Vec::new();
    for _ in 0..6 {
        let went = send_on(&mut connection, MAIL).await.unwrap();
        let (phase, _, code) = went.short();
        codes.push((phase, code));
        if !matches!(went, Went::Finished(_)) {
            connection.reset().await.unwrap();
        }
    }
    assert_eq!(
        codes,
        [
            (Phase::Dot, 250),
            (Phase::Recipients, 550),
            (Phase::Data, 451),
            (Phase::Mail, 451),
            (Phase::Dot, 554),
            (Phase::Dot, 250),
        ]
    );
    connection.quit().await;
    assert_eq!((sink.connections(), sink.wait_for_accepted(2).len()), (1, 2));
    assert_eq!(sink.commands().last().unwrap(), "QUIT");
}

#[tokio::test]
async fn the_null_sender_and_reports_are_asked_for_as_offered() {
    let sink = SmtpSink::start();
    let mut connection = Connection::open(&settings(&sink)).await.unwrap();
    let limits = connection.limits();
    assert_eq!(limits.size_bytes_max, Some(10_000_000));
    assert!(limits.dsn && limits.pipelining && limits.smtputf8 && limits.eight_bit_mime);
    let recipients = addresses(&["b@y"]);
    for from in ["", "a@x"] {
        connection.envelope(&envelope(from, &recipients)).await.unwrap();
        connection.reset().await.unwrap();
    }
    assert_eq!(
        sink.commands(),
        [
            "EHLO desk.example",
            "MAIL FROM:<> SIZE=39 BODY=8BITMIME",
            "RCPT TO:<b@y>",
            "RSET",
            "MAIL FROM:<a@x> SIZE=39 BODY=8BITMIME RET=HDRS ENVID=e1",
            "RCPT TO:<b@y> NOTIFY=FAILURE,DELAY",
            "RSET",
        ]
    );
}

#[tokio::test]
async fn a_mail_over_the_limit_is_refused_before_it_is_sent() {
    let sink = SmtpSink::start().offering(&["SIZE 38"]);
    let went = send(&settings(&sink), MAIL).await;
    let Went::Refused(Phase::Mail, reply) = went else { panic!("{went:?}") };
    assert_eq!((reply.code, reply.enhanced), (552, Some([5, 3, 4])));
    assert_eq!(reply.said_by, SaidBy::Us);
    assert_eq!(sink.commands(), ["EHLO desk.example", "QUIT"]);
}

#[tokio::test]
async fn a_server_that_knows_no_ehlo_gets_helo() {
    let sink = SmtpSink::start();
    sink.on(At::Ehlo, When::Always, Answer::Reply("502 5.5.1 what?".to_owned()));
    assert_eq!(send(&settings(&sink), MAIL).await.short(), (Phase::Dot, "", 250));
    assert_eq!(sink.commands()[2], "MAIL FROM:<a@x.example>");
    let problem = open_problem(&with_login(settings(&sink), password("geheim"))).await;
    assert_eq!((problem.code(), problem.phase), ("login_unsupported", Phase::Auth));
}

#[tokio::test]
async fn each_way_to_log_in_works_and_a_wrong_one_is_told() {
    let token = |text: &str| Login::OAuthToken(Secret::new(text));
    let long = "t".repeat(2000);
    let sink = SmtpSink::start_with(SinkTls::Implicit(Certificate::Valid));
    let port = sink.port();
    let sink = sink.with_login("desk", "geheim");
    let base = over_tls(&sink, Tls::Implicit);
    assert_eq!(base.port, port);
    for login in [password("geheim"), token("geheim")] {
        let went = send(&with_login(base.clone(), login), MAIL).await;
        assert_eq!(went.short(), (Phase::Dot, "", 250));
    }
    for login in [password("falsch"), token("falsch"), token(&long)] {
        let problem = open_problem(&with_login(base.clone(), login)).await;
        assert_eq!((problem.code(), problem.phase), ("login_refused", Phase::Auth));
        assert_eq!(problem.to_string(), "login_refused at auth: 535 5.7.8 wrong login");
        assert!(problem.reply().unwrap().wants_login() && problem.needs_a_person());
    }
    let went = send(&base, MAIL).await;
    let Went::Refused(Phase::Mail, reply) = went else { panic!("{went:?}") };
    assert!(reply.code == 530 && reply.wants_login());
    let sink = sink.with_login("desk", &long);
    let went = send(&with_login(base, token(&long)), MAIL).await;
    assert_eq!(went.short(), (Phase::Dot, "", 250));
    drop(sink);
}

/// Gives these tokens one after the other, the next one only if the former was refused.
#[derive(Debug)]
struct Tokens(Mutex<Vec<&'static str>>);

impl TokenSource for Tokens {
    fn token<'a>(&'a self, refused: Option<&'a Secret>) -> ComingToken<'a> {
        let mut tokens = self.0.lock().unwrap();
        if let Some(refused) = refused {
            assert_eq!(refused, &Secret::new(tokens.remove(0)));
        }
        let token = tokens.first().map(|token| Secret::new(*token));
        let away = NoToken::Unavailable { detail: "nobody answers".to_owned() };
        Box::pin(async move { token.ok_or(away) })
    }
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once() {
    let sink =
        SmtpSink::start_with(SinkTls::Implicit(Certificate::Valid)).with_login("desk", "geheim");
    let base = over_tls(&sink, Tls::Implicit);
    let with = |tokens: &[&'static str]| {
        with_login(base.clone(), Login::OAuth(Arc::new(Tokens(Mutex::new(tokens.to_vec())))))
    };
    let went = send(&with(&["ended", "geheim"]), MAIL).await;
    assert_eq!(went.short(), (Phase::Dot, "", 250));
    let refused = open_problem(&with(&["ended", "ended, too", "geheim"])).await;
    assert_eq!((refused.code(), refused.phase), ("login_refused", Phase::Auth));
    let away = open_problem(&with(&["ended"])).await;
    assert_eq!((away.code(), away.phase), ("token_unavailable", Phase::Auth));
    assert_eq!((away.needs_a_person(), away.server_words()), (false, Some("nobody answers")));
}

#[tokio::test]
async fn auth_login_is_used_where_there_is_nothing_better() {
    let sink = SmtpSink::start().with_login("desk", "geheim");
    let ehlo = "250-sink.example\r\n250 AUTH=LOGIN";
    sink.on(At::Ehlo, When::Always, Answer::Reply(ehlo.to_owned()));
    let went = send(&with_login(settings(&sink), password("geheim")), MAIL).await;
    assert_eq!(went.short(), (Phase::Dot, "", 250));
    let token = Login::OAuthToken(Secret::new("geheim"));
    let problem = open_problem(&with_login(settings(&sink), token)).await;
    assert_eq!(problem.code(), "login_unsupported");
}

#[tokio::test]
async fn a_password_that_the_server_repeats_is_not_told() {
    let sink = SmtpSink::start().with_login("desk", "geheim");
    let words = "535 cannot read AUTH PLAIN AGRlc2sAZ2VoZWlt, that is geheim";
    for answer in
        [Answer::Reply(words.to_owned()), Answer::Octets(b"bad: AGRlc2sAZ2VoZWlt\r\n".to_vec())]
    {
        sink.on(At::Auth, When::Always, answer);
        let problem = open_problem(&with_login(settings(&sink), password("geheim"))).await;
        let told = format!("{problem} {problem:?}");
        assert!(!told.contains("geheim") && !told.contains("AGRlc2"), "{told}");
        assert!(told.contains("***"), "{told}");
    }
}

#[tokio::test]
async fn a_login_is_not_said_in_clear_text_where_tls_is_wanted() {
    let sink = SmtpSink::start_with(SinkTls::Starttls(Certificate::Valid)).with_login("desk", "x");
    let stripped = "250-sink.example\r\n250 AUTH PLAIN";
    sink.on(At::Ehlo, When::Always, Answer::Reply(stripped.to_owned()));
    let problem =
        open_problem(&with_login(over_tls(&sink, Tls::Starttls), password("geheim"))).await;
    assert_eq!((problem.code(), problem.phase), ("starttls_missing", Phase::Starttls));
    let elsewhere = SmtpSettings { host: "192.0.2.1".to_owned(), ..settings(&sink) };
    let problem = open_problem(&elsewhere).await;
    assert_eq!((problem.code(), problem.phase), ("plaintext_refused", Phase::Connect));
    // Nobody logs in to a server that wants TLS first and keeps silent about logins.
    let silent = SmtpSink::start_with(SinkTls::Starttls(Certificate::Valid));
    let problem = open_problem(&with_login(settings(&silent), password("geheim"))).await;
    assert_eq!(problem.code(), "plaintext_refused");
}

#[tokio::test]
async fn starttls_leads_to_a_mail_and_every_fault_of_it_to_none() {
    let sink = SmtpSink::start_with(SinkTls::Starttls(Certificate::Valid)).with_login("desk", "g");
    let good = with_login(over_tls(&sink, Tls::Starttls), password("g"));
    assert_eq!(send(&good, MAIL).await.short(), (Phase::Dot, "", 250));
    assert_eq!(sink.commands()[..2], ["EHLO desk.example", "STARTTLS"]);
    for (answer, phase, code) in [
        (Answer::Reply("454 4.7.0 not now".to_owned()), Phase::Starttls, "starttls_missing"),
        (Answer::Reply("502 5.5.1 no".to_owned()), Phase::Starttls, "starttls_missing"),
        (Answer::ReplyThenClose("421 bye".to_owned()), Phase::Starttls, "connection_lost"),
        (Answer::Reply("250 fine".to_owned()), Phase::Starttls, "protocol_broken"),
        (Answer::Octets(b"220 go\r\n250 mx\r\n".to_vec()), Phase::Starttls, "protocol_broken"),
        (Answer::Octets(b"what?\r\n".to_vec()), Phase::Starttls, "protocol_broken"),
        (Answer::Close, Phase::Starttls, "connection_lost"),
        (Answer::ReplyThenClose("220 go".to_owned()), Phase::Tls, "connection_lost"),
    ] {
        sink.clear_rules();
        sink.on(At::Starttls, When::Always, answer);
        let problem = open_problem(&good).await;
        assert_eq!((problem.phase, problem.code()), (phase, code), "{problem}");
    }
    sink.clear_rules();
    sink.on(At::Starttls, When::Always, Answer::Hang);
    let patience = impatient(&sink).patience;
    let problem = open_problem(&SmtpSettings { patience, ..good }).await;
    assert_eq!((problem.phase, problem.code()), (Phase::Starttls, "timed_out"));
}

#[tokio::test]
async fn wrong_certificates_are_refused_and_told_apart() {
    let tls = |detail| SmtpProblem { phase: Phase::Tls, kind: ProblemKind::TlsFailed { detail } };
    for (make, tls_setting) in [
        (SinkTls::Implicit as fn(Certificate) -> SinkTls, Tls::Implicit),
        (SinkTls::Starttls, Tls::Starttls),
    ] {
        let sink = SmtpSink::start_with(make(Certificate::Valid));
        let good = over_tls(&sink, tls_setting);
        assert_eq!(send(&good, MAIL).await.short(), (Phase::Dot, "", 250));
        let other_name = SmtpSettings { host: "127.0.0.1".to_owned(), ..good.clone() };
        assert_eq!(open_problem(&other_name).await, tls(TlsProblem::WrongName));
        let platform = SmtpSettings { trust: Trust::Platform, ..good };
        assert_eq!(open_problem(&platform).await, tls(TlsProblem::UnknownIssuer));
        let expired = SmtpSink::start_with(make(Certificate::Expired));
        let problem = open_problem(&over_tls(&expired, tls_setting)).await;
        assert_eq!(problem, tls(TlsProblem::Expired));
        let own = SmtpSink::start_with(make(Certificate::SelfSigned));
        let problem = open_problem(&over_tls(&own, tls_setting)).await;
        assert_eq!(problem, tls(TlsProblem::UnknownIssuer));
    }
    let clear = SmtpSink::start();
    let no_tls = SmtpSettings { tls: Tls::Implicit, ..settings(&clear) };
    assert_eq!(open_problem(&no_tls).await, tls(TlsProblem::NotTls));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told() {
    let sink = SmtpSink::start();
    let gone = settings(&sink);
    drop(sink);
    let problem = open_problem(&gone).await;
    assert_eq!((problem.phase, problem.code()), (Phase::Connect, "refused"));
    let nowhere = SmtpSettings { host: "nowhere.invalid".to_owned(), ..gone };
    let problem = open_problem(&nowhere).await;
    // Where a machine has no name server, a name cannot even be said not to exist.
    assert_eq!(problem.phase, Phase::Connect);
    assert!(["host_unknown", "lookup_failed"].contains(&problem.code()), "{problem}");
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_is_noticed_at_the_next_mail() {
    let sink = SmtpSink::start();
    sink.on(
        At::Rset,
        When::Always,
        Answer::Octets(b"250 ok\r\n421 4.4.2 too long idle\r\n".to_vec()),
    );
    let mut connection = Connection::open(&settings(&sink)).await.unwrap();
    connection.reset().await.unwrap();
    let problem = send_on(&mut connection, MAIL).await.unwrap_err();
    assert_eq!((problem.code(), problem.phase), ("connection_lost", Phase::Mail));
    assert_eq!(problem.server_words(), Some("too long idle"));
}

#[tokio::test]
async fn a_dropped_call_closes_the_connection() {
    let sink = SmtpSink::start();
    sink.on(At::Mail, When::Always, Answer::Hang);
    let mut connection = Connection::open(&settings(&sink)).await.unwrap();
    let recipients = addresses(&["b@y"]);
    let mail = envelope("a@x", &recipients);
    let dropped = tokio::time::timeout(Duration::from_millis(50), connection.envelope(&mail)).await;
    assert!(dropped.is_err());
    assert!(!connection.is_connected());
}

#[tokio::test]
async fn no_mail_can_hide_a_second_one() {
    let sink = SmtpSink::start();
    for end in ["\n.\n", "\r\n.\r", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r\n", "\r.\r\n"] {
        let mail = format!("Subject: x\r\n\r\na{end}MAIL FROM:<evil@x>\r\n");
        assert_eq!(send(&settings(&sink), mail.as_bytes()).await.short(), (Phase::Dot, "", 250));
        let kept = sink.mails().pop().unwrap();
        assert_eq!(kept.bytes, b"Subject: x\r\n\r\na\r\n.\r\nMAIL FROM:<evil@x>\r\n", "{end:?}");
    }
    assert!(sink.commands().iter().all(|line| !line.contains("evil")));
}

#[tokio::test]
async fn an_address_beyond_ascii_is_answered_by_us_where_it_cannot_go() {
    let sink = SmtpSink::start().offering(&["PIPELINING"]);
    let mut connection = Connection::open(&settings(&sink)).await.unwrap();
    let recipients = addresses(&["j\u{fc}rgen@y", "b@y"]);
    let EnvelopeAnswer { refused_sender, recipients } =
        connection.envelope(&envelope("a@x", &recipients)).await.unwrap();
    assert_eq!(refused_sender, None);
    let short: Vec<_> = recipients.iter().map(|reply| (reply.code, reply.said_by)).collect();
    assert_eq!(short, [(553, SaidBy::Us), (250, SaidBy::Server)]);
    assert_eq!(recipients[0].enhanced, Some([5, 6, 7]));
}
