//! From what was typed and tried to what the pages show.

use data_encoding::BASE64URL_NOPAD;
use maud::Markup;
use values::{EmailAddress, Language};
use web::FieldProblem;

use super::first::{self, ReadTest};
use super::form::{Odd, Side, Typed};
use super::page::{self, Around, Arrived, Check, FirstStep, MailboxStep, Outcome, Step};
use super::probe::{Probed, Trouble};
use super::store::TestMail;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::company_name::ReadCompanyName;
use crate::record::mailbox::Mailbox;
use crate::record::oauth::Provider as OAuth;
use crate::record::sender::{Sender, by_address};
use crate::texts;
use axum::response::IntoResponse;

/// A test mail that is not there after so many seconds is late.
const LATE_SECONDS: u64 = 30;

/// The password, sealed, for the form that comes back.
pub fn keep(screen: &Screen, password: Option<&str>) -> String {
    let sealed = password.and_then(|password| screen.app.keys.seal(password, rand::random()));
    sealed.map(|sealed| BASE64URL_NOPAD.encode(&sealed)).unwrap_or_default()
}

/// The password of a form that came back.
pub fn open_kept(screen: &Screen, kept: &str) -> Option<String> {
    screen.app.keys.open(&BASE64URL_NOPAD.decode(kept.as_bytes()).ok()?)
}

/// What is wrong with the form, in sentences.
pub fn problems(language: Language, odd: &[Odd]) -> Vec<FieldProblem> {
    let texts = texts::setup(language);
    let problem = |odd: &Odd| {
        let (field, code, message) = match odd {
            Odd::NoAddress => ("address", "no_address", texts.no_address()),
            Odd::NoPassword => ("password", "missing", texts.no_password()),
            Odd::NoDay => ("from_date", "no_day", texts.no_day()),
            Odd::FutureDay => ("from_date", "future_day", texts.future_day()),
            Odd::NoPort(Side::Imap) => ("imap_port", "no_port", texts.no_port()),
            Odd::NoPort(Side::Smtp) => ("smtp_port", "no_port", texts.no_port()),
            Odd::Taken => ("address", "taken", texts.address_taken()),
        };
        FieldProblem { field: field.to_owned(), code: code.to_owned(), message: message.to_owned() }
    };
    odd.iter().map(problem).collect()
}

/// A refusal that belongs to no field.
pub fn refusal(message: String) -> FieldProblem {
    FieldProblem { field: String::new(), code: "refused".to_owned(), message }
}

/// Whether somebody has signed in to an account, and that still counts.
pub fn is_signed_in(screen: &Screen, provider: OAuth, user: &EmailAddress) -> bool {
    let login = screen.directory.oauth_login(provider.code(), user.as_str());
    screen.directory.is_application(provider.code())
        || login.is_some_and(|login| login.problem.is_none())
}

/// The second step.
pub async fn mailbox(
    screen: &Screen,
    typed: Typed,
    problems: Vec<FieldProblem>,
    probed: Option<&Probed>,
) -> Result<Markup, HttpError> {
    let language = screen.language;
    let inbox = probed.and_then(|probed| probed.receive.as_ref().ok());
    let signed_in =
        typed.sign_in().filter(|(provider, user)| is_signed_in(screen, *provider, user));
    let step = MailboxStep {
        signed_in: signed_in.map(|(provider, user)| (provider.name(), user.to_string())),
        typed,
        problems,
        checks: probed.map(|probed| checks(language, probed)).unwrap_or_default(),
        counts: inbox
            .map(|inbox| (inbox.mails_before, inbox.mails.saturating_sub(inbox.mails_before))),
        may_only_receive: probed
            .is_some_and(|probed| probed.receive.is_ok() && probed.send.is_err()),
    };
    Ok(page::mailbox(&around(screen, Step::Mailbox, Vec::new()).await?, &step))
}

async fn around(screen: &Screen, step: Step, more: Vec<String>) -> Result<Around, HttpError> {
    let company = screen.app.db.read(&ReadCompanyName).await?;
    let who = match company.as_str() {
        "" => screen.actor.name.clone(),
        company => format!("{} · {company}", screen.actor.name),
    };
    Ok(Around {
        language: screen.language,
        other_language: None,
        is_further: step == Step::Mailbox && !screen.directory.mailboxes.is_empty(),
        step,
        done: std::iter::once(who).chain(more).collect(),
        is_complete: false,
        minutes_left: None,
    })
}

fn checks(language: Language, probed: &Probed) -> Vec<Check> {
    let texts = texts::setup(language);
    let receive = match &probed.receive {
        Ok(inbox) => Outcome::Works(texts.receiving_works_text(inbox.mails)),
        Err(trouble) => fails(language, trouble),
    };
    let send = match &probed.send {
        Ok(relay) => Outcome::Works(texts.sending_works_text(&relay.host)),
        Err(trouble) => fails(language, trouble),
    };
    vec![Check { side: Side::Imap, outcome: receive }, Check { side: Side::Smtp, outcome: send }]
}

fn fails(language: Language, trouble: &Trouble) -> Outcome {
    let texts = texts::setup(language);
    let (host, user) = (trouble.host.as_str(), trouble.user.as_str());
    let (text, help) = match trouble.code {
        "host_unknown" | "lookup_failed" => {
            (texts.host_unknown(host), texts.host_unknown_help().to_owned())
        }
        "refused" => (texts.refused(host), texts.refused_help().to_owned()),
        "unreachable" | "timed_out" => (texts.silent(host), texts.silent_help().to_owned()),
        "tls_failed" => (texts.tls_failed(host), texts.tls_failed_help().to_owned()),
        "starttls_missing" | "plaintext_refused" => {
            (texts.no_protection(host), texts.no_protection_help().to_owned())
        }
        "login_refused" => (texts.login_refused(host, user), texts.login_refused_help().to_owned()),
        "sign_in_again" | "client_refused" => {
            (texts.signed_out(host), texts.signed_out_help().to_owned())
        }
        "login_unsupported" => {
            (texts.login_unsupported(host), texts.login_unsupported_help().to_owned())
        }
        "folder_missing" => (texts.folder_missing(host), texts.folder_missing_help().to_owned()),
        _ => (texts.server_said(host), texts.server_said_help().to_owned()),
    };
    Outcome::Fails { text, help, words: trouble.words.clone() }
}

/// The third step.
pub async fn first_mail(screen: &Screen, mailbox: &Mailbox) -> Answer {
    let address = mailbox.addresses().first().map(ToString::to_string).unwrap_or_default();
    let test = screen.app.db.read(&ReadTest).await?;
    let step = match (&test, mute_sender(screen, &address)) {
        (None, Some(sender)) => FirstStep::NoSending { sender: sender.id.to_string() },
        _ => step(screen, test, &address),
    };
    let around = around(screen, Step::First, vec![address]).await?;
    let is_complete = matches!(step, FirstStep::Arrived(_));
    Ok(page::first(&Around { is_complete, ..around }, &step).into_response())
}

/// The sender of the mailbox, if no server takes its mails.
fn mute_sender<'a>(screen: &'a Screen, address: &str) -> Option<&'a Sender> {
    let sender = by_address(&screen.directory.senders, address)?;
    (!first::has_server(&screen.app, sender)).then_some(sender)
}

fn step(screen: &Screen, test: Option<TestMail>, address: &str) -> FirstStep {
    let texts = texts::setup(screen.language);
    let Some(test) = test else { return FirstStep::NotSent };
    let seconds = |until: values::Timestamp| {
        u64::try_from(until.millis_since(test.created_at)).unwrap_or_default().div_ceil(1_000)
    };
    if let (Some(number), Some(at)) = (&test.number, test.arrived_at) {
        return FirstStep::Arrived(Arrived {
            number: number.clone(),
            subject: test.subject.clone().unwrap_or_default(),
            from: test.requester_name.clone().unwrap_or_default(),
            seconds: seconds(at),
        });
    }
    let is_late = seconds(screen.now) > LATE_SECONDS;
    let trouble = match test.state.as_str() {
        "failed" | "bounced" | "cancelled" => Some(texts.test_failed()),
        "deferred" => Some(texts.test_deferred()),
        "sent" | "unconfirmed" if is_late => Some(texts.test_late_fetching()),
        _ if is_late => Some(texts.test_late_sending()),
        _ => None,
    };
    FirstStep::OnItsWay {
        address: address.to_owned(),
        trouble: trouble.map(str::to_owned),
        words: test.words.filter(|_| trouble.is_some()),
    }
}
