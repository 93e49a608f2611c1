//! The mail servers that take mails: each one is connected to, secured, and signed in to. No mail is
//! handed over.

use mail::smtp::{Connection, ProblemKind, SmtpProblem, SmtpSettings};

use crate::App;
use crate::command::sentence;
use crate::config::is_loopback;
use crate::feature::outbox::accounts;
use crate::record::directory::Directory;
use crate::record::sender::CONFIGURED;

/// What is asked, and what is fine, or what is wrong and how to mend it.
pub type Found = (String, Result<String, String>);

/// A line for each account.
pub async fn lines(app: &App, directory: &Directory) -> Result<Vec<Found>, String> {
    let accounts = accounts(app).await.map_err(sentence)?;
    let mut lines = Vec::new();
    if app.config.smtp.is_none() {
        lines.extend(without_relay(app, directory).await?);
    }
    for account in &accounts {
        let sender = directory.senders.iter().find(|one| one.id.number() == account.number);
        let sender = sender.map(|sender| sender.address.as_str());
        let what = match sender {
            Some(address) => format!("sender {address}"),
            None => "mail server".to_owned(),
        };
        lines.push((what, try_out(&account.settings).await));
    }
    for sender in directory.senders.iter().filter(|sender| sender.relay().is_some()) {
        if !accounts.iter().any(|account| account.number == sender.id.number()) {
            let how = "its password cannot be read with the present key; set it again".to_owned();
            lines.push((format!("sender {}", sender.address), Err(how)));
        }
    }
    Ok(lines)
}

/// Without a configured server only senders with their own can send.
async fn without_relay(app: &App, directory: &Directory) -> Result<Option<Found>, String> {
    let relaying = app.relaying().await.map_err(sentence)?;
    let waits = relaying.iter().any(|one| one.account == CONFIGURED);
    let mut needs = directory.senders.iter().filter(|one| one.active && one.relay().is_none());
    let how = "name one in the configuration: [smtp] with url and password_file";
    let result = match (waits, needs.next()) {
        (true, _) => Err(format!("there is none, and mails wait for it; {how}")),
        (false, Some(sender)) => {
            Err(format!("there is none, and {} has no server of its own; {how}", sender.address))
        }
        (false, None) if directory.senders.is_empty() => {
            Ok(format!("there is none, so no mail leaves; {how}"))
        }
        (false, None) => return Ok(None),
    };
    Ok(Some(("mail server".to_owned(), result)))
}

async fn try_out(settings: &SmtpSettings) -> Result<String, String> {
    let host = &settings.host;
    let connection = match Connection::open(settings).await {
        Ok(connection) => connection,
        Err(problem) => return Err(advice(&problem, settings)),
    };
    // What the server answers to a farewell changes nothing.
    connection.quit().await;
    let place = if is_loopback(host) { "this machine" } else { host };
    Ok(match settings.login {
        Some(_) => format!("signed in on {place}"),
        None => format!("{place} takes mails without signing in"),
    })
}

/// What is wrong and how to mend it.
fn advice(problem: &SmtpProblem, settings: &SmtpSettings) -> String {
    let (host, port) = (&settings.host, settings.port);
    let words = problem.server_words().unwrap_or("it said nothing more");
    match &problem.kind {
        ProblemKind::HostUnknown => format!("the host {host} is unknown; check its name"),
        ProblemKind::LookupFailed { detail } => {
            format!("the host {host} cannot be looked up ({detail}); check the name server")
        }
        ProblemKind::Refused => format!("nobody listens on {host}, port {port}; check the port"),
        ProblemKind::Unreachable { detail } => {
            format!("{host} cannot be reached ({detail}); check the network")
        }
        ProblemKind::TimedOut => format!(
            "{host}, port {port}, does not answer in time; check host, port and firewall, and smtp:// or smtps://"
        ),
        ProblemKind::TlsFailed { detail } if detail.code() == "not_tls" => format!(
            "{host}, port {port}, does not begin with TLS; write smtp:// and port 587, or port 465"
        ),
        ProblemKind::TlsFailed { detail } => format!(
            "the certificate of {host} cannot be trusted ({}); ask whoever runs the server, or name its authority in mail_roots_file",
            detail.code()
        ),
        ProblemKind::StarttlsMissing { .. } => {
            format!("{host} does not offer STARTTLS; write smtps:// and port 465")
        }
        ProblemKind::PlaintextRefused => {
            format!("clear text to {host} is refused; write smtps:// and port 465")
        }
        ProblemKind::LoginRefused { .. } => {
            let user = settings.login.as_ref().map_or("", |login| login.user.as_str());
            format!(
                "{host} does not take the user {user} or its password ({words}); set the right password"
            )
        }
        ProblemKind::LoginUnsupported => {
            format!("{host} takes no sign-in with user and password; ask whoever runs it")
        }
        ProblemKind::NoToken(problem) if problem.needs_a_person() => {
            format!("somebody has to sign in again ({words}); see the settings in the browser")
        }
        ProblemKind::NoToken(_) => {
            format!("no access token is to be had ({words}); try again later")
        }
        ProblemKind::GreetingRefused { .. } => {
            format!("{host} turns this machine away ({words}); ask whoever runs it")
        }
        ProblemKind::ServerSaid { .. } => format!("{host} said: {words}; ask whoever runs it"),
        ProblemKind::ConnectionLost { .. } => {
            format!("{host} closed the connection ({words}); try again later")
        }
        ProblemKind::ProtocolBroken { detail } => {
            format!("{host}, port {port}, does not speak SMTP ({detail}); check the port")
        }
        ProblemKind::TooLong | ProblemKind::OutOfOrder => {
            format!("{host}, port {port}, does not speak SMTP; check the port")
        }
    }
}

#[cfg(test)]
mod tests {
    use testkit::smtp_sink::{Answer, Phase, SmtpSink, When};

    use super::*;

    fn settings(port: u16, user: Option<&str>) -> SmtpSettings {
        let login = user.map(|user| mail::smtp::SmtpLogin {
            user: user.to_owned(),
            login: mail::smtp::Login::Password(mail::smtp::Secret::new("geheim".to_owned())),
        });
        let tls = mail::smtp::Tls::NoneOnLoopback;
        SmtpSettings { port, tls, login, ..SmtpSettings::new("127.0.0.1", "[127.0.0.1]") }
    }

    #[tokio::test]
    async fn a_mail_server_is_tried_out_without_a_mail() {
        let sink = SmtpSink::start().with_login("max", "geheim");
        let fine = try_out(&settings(sink.port(), Some("max"))).await;
        assert_eq!(fine, Ok("signed in on this machine".to_owned()));
        assert!(!sink.commands().iter().any(|command| command.starts_with("MAIL")));
        let wrong = try_out(&settings(sink.port(), Some("moritz"))).await.unwrap_err();
        assert!(wrong.contains("does not take the user moritz"), "{wrong}");
        sink.on(Phase::Greeting, When::Always, Answer::Reply("554 no".to_owned()));
        let wrong = try_out(&settings(sink.port(), None)).await.unwrap_err();
        assert!(wrong.contains("turns this machine away (no)"), "{wrong}");
        let port = sink.port();
        drop(sink);
        let wrong = try_out(&settings(port, None)).await.unwrap_err();
        assert_eq!(wrong, format!("nobody listens on 127.0.0.1, port {port}; check the port"));
    }
}
