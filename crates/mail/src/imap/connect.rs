//! From a host name to a connection on which the account is logged in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::name::quoted_text;
use super::problem::ImapProblem;
use super::response::{Incoming, Status, StatusLine};
use super::session::{Session, finished};
use super::settings::ImapSettings;
use super::wire::{Command, Wire};
use crate::account::{Login, Tls};
use crate::dial::{DialFailed, Duplex, dial};
use crate::tls::{self, HandshakeFailed};

/// Codes that speak of the server's state and not of a wrong login (RFC 5530 section 3).
const NOT_THE_LOGIN: [&str; 5] = ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN"];

/// Connects and logs in. Ends within the time-outs of the settings, whatever the server does. An
/// access token that is refused is renewed once.
pub async fn connect(settings: &ImapSettings) -> Result<Session, ImapProblem> {
    let login = settings.login.ready(None).await?;
    match connect_as(settings, &login).await {
        Err(ImapProblem::LoginRefused { .. }) if settings.login.has_another() => {
            let login = settings.login.ready(Some(&login)).await?;
            connect_as(settings, &login).await
        }
        ended => ended,
    }
}

async fn connect_as(settings: &ImapSettings, login: &Login) -> Result<Session, ImapProblem> {
    let tcp = open(settings).await?;
    let mut wire = match settings.tls {
        Tls::Implicit => greeted(secured(settings, tcp).await?, settings).await?,
        Tls::Starttls => after_starttls(settings, tcp).await?,
        Tls::NoneOnLoopback | Tls::NoneAnywhere => greeted(Box::new(tcp), settings).await?,
    };
    let offered = capabilities(&mut wire).await?;
    let line = wire.run(login_command(&settings.user, login, &offered)?, |_| {}).await?;
    match line.status {
        Status::Ok => {}
        _ if NOT_THE_LOGIN.iter().any(|code| line.has_code(code)) => {
            return Err(ImapProblem::ServerSaid { words: line.words });
        }
        _ => return Err(ImapProblem::LoginRefused { words: line.words }),
    }
    // More is offered to those who are logged in.
    let offered = capabilities(&mut wire).await?;
    Ok(Session::new(wire, offered, settings.mail_bytes_max))
}

pub(crate) async fn open(settings: &ImapSettings) -> Result<TcpStream, ImapProblem> {
    let patience = settings.patience.connect;
    dial(&settings.host, settings.port, settings.tls, patience).await.map_err(|failed| match failed
    {
        DialFailed::HostUnknown | DialFailed::LookupFailed(_) => ImapProblem::HostUnknown,
        DialFailed::LookupTimedOut => ImapProblem::TimedOut { doing: "looking up the host" },
        DialFailed::Refused => ImapProblem::Refused,
        DialFailed::Unreachable(detail) => ImapProblem::Unreachable { detail },
        DialFailed::TimedOut => ImapProblem::TimedOut { doing: "connecting" },
        DialFailed::PlaintextRefused => ImapProblem::PlaintextRefused,
    })
}

pub(crate) async fn secured(
    settings: &ImapSettings,
    tcp: TcpStream,
) -> Result<Box<dyn Duplex>, ImapProblem> {
    let handshake = tls::connect(&settings.trust, &settings.host, tcp);
    match timeout(settings.patience.connect, handshake).await {
        Ok(Ok(stream)) => Ok(Box::new(stream)),
        Ok(Err(HandshakeFailed::Tls(detail))) => Err(ImapProblem::TlsFailed { detail }),
        Ok(Err(HandshakeFailed::Connection(_))) => Err(ImapProblem::lost()),
        Err(_) => Err(ImapProblem::TimedOut { doing: "starting TLS" }),
    }
}

async fn greeted(
    stream: Box<dyn Duplex>,
    settings: &ImapSettings,
) -> Result<Wire<'static>, ImapProblem> {
    let mut wire = Wire::new(stream, settings.patience);
    let greeting = wire.greeting().await?;
    match greeting.status {
        Status::Ok => Ok(wire),
        Status::Bye => Err(ImapProblem::ConnectionLost { words: Some(greeting.words) }),
        // Logged in as whom? We were not asked; and before TLS this is how STARTTLS is stripped.
        _ => Err(ImapProblem::broken(format!("unexpected greeting: {}", greeting.words))),
    }
}

/// Everything the server says in clear text is forgotten once TLS runs, and what came along with
/// the answer to STARTTLS ends the connection: it was put there by somebody in between.
async fn after_starttls(
    settings: &ImapSettings,
    mut tcp: TcpStream,
) -> Result<Wire<'static>, ImapProblem> {
    let mut clear = Wire::new(Box::new(&mut tcp), settings.patience);
    let greeting = clear.greeting().await?;
    match greeting.status {
        Status::Ok => {}
        Status::Bye => return Err(ImapProblem::ConnectionLost { words: Some(greeting.words) }),
        _ => return Err(ImapProblem::StarttlsMissing),
    }
    if !capabilities(&mut clear).await?.iter().any(|offered| offered == "STARTTLS") {
        return Err(ImapProblem::StarttlsMissing);
    }
    let line = clear.run(Command::new("STARTTLS", "asking for TLS"), |_| {}).await?;
    if line.status != Status::Ok {
        return Err(ImapProblem::StarttlsMissing);
    }
    if !clear.is_quiet() {
        return Err(ImapProblem::broken("clear text after the answer to STARTTLS"));
    }
    drop(clear);
    Ok(Wire::new(secured(settings, tcp).await?, settings.patience))
}

async fn capabilities(wire: &mut Wire<'_>) -> Result<Vec<String>, ImapProblem> {
    let mut offered = Vec::new();
    let command = Command::new("CAPABILITY", "asking what the server can do");
    let line = wire
        .run(command, |data| {
            if let Incoming::Capabilities(named) = data {
                offered.extend(named);
            }
        })
        .await?;
    finished(&line).map(|()| offered)
}

fn login_command(user: &str, login: &Login, offered: &[String]) -> Result<Command, ImapProblem> {
    let doing = "logging in";
    let offers = |name: &str| offered.iter().any(|capability| capability == name);
    match login {
        // Its token was fetched before.
        Login::OAuth(_) => Err(ImapProblem::LoginUnsupported),
        Login::OAuthToken(token) => {
            let token = token.expose();
            if offers("AUTH=XOAUTH2") {
                let answer = format!("user={user}\x01auth=Bearer {token}\x01\x01");
                return Ok(
                    Command::new("AUTHENTICATE XOAUTH2", doing).then(STANDARD.encode(answer))
                );
            }
            if offers("AUTH=OAUTHBEARER") {
                let user = user.replace('=', "=3D").replace(',', "=2C");
                let answer = format!("n,a={user},\x01auth=Bearer {token}\x01\x01");
                let command = Command::new("AUTHENTICATE OAUTHBEARER", doing);
                return Ok(command.then(STANDARD.encode(answer)));
            }
            Err(ImapProblem::LoginUnsupported)
        }
        Login::Password(password) => {
            let password = password.expose();
            let quoted = quoted_text(user).zip(quoted_text(password));
            match quoted {
                Some((user, password)) if !offers("LOGINDISABLED") => {
                    Ok(Command::new(format!("LOGIN {user} {password}"), doing))
                }
                _ if offers("AUTH=PLAIN") => {
                    let answer = format!("\0{user}\0{password}");
                    Ok(Command::new("AUTHENTICATE PLAIN", doing).then(STANDARD.encode(answer)))
                }
                _ if offers("LOGINDISABLED") => Err(ImapProblem::PlaintextRefused),
                _ => Ok(Command::new(format!("LOGIN {{{}}}", user.len()), doing)
                    .then(format!("{user} {{{}}}", password.len()))
                    .then(password)),
            }
        }
    }
}

/// The words of a refused command, as a problem.
pub(super) fn said(line: &StatusLine) -> ImapProblem {
    ImapProblem::ServerSaid { words: line.words.clone() }
}
