//! From a host name to a connection on which the account is logged in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::net::TcpStream;

use super::session::Session;
use super::wire::{Reply, Wire};
use crate::account::{Login, Tls};
use crate::dial::Duplex;
use crate::imap::{ImapProblem, ImapSettings, open, secured};

/// Octets of the list of what a server can do.
const CAPABILITIES_BYTES_MAX: usize = 16 * 1024;
/// Codes that speak of the server's state and not of a wrong login (RFC 2449 section 8.1, RFC 3206).
const NOT_THE_LOGIN: [&str; 3] = ["SYS", "IN-USE", "LOGIN-DELAY"];
const SIGNING_IN: &str = "logging in";

/// Connects and logs in. Ends within the time-outs of the settings, whatever the server does. An access token
/// that is refused is renewed once.
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
        Tls::Starttls => after_stls(settings, tcp).await?,
        Tls::NoneOnLoopback | Tls::NoneAnywhere => greeted(Box::new(tcp), settings).await?,
    };
    let offered = capabilities(&mut wire).await?;
    let reply = sign_in(&mut wire, settings, login, &offered).await?;
    if !reply.is_ok {
        let is_state = NOT_THE_LOGIN.iter().any(|code| reply.has_code(code));
        let words = reply.words;
        return Err(match is_state {
            true => ImapProblem::ServerSaid { words },
            false => ImapProblem::LoginRefused { words },
        });
    }
    Ok(Session::new(wire, settings.mail_bytes_max))
}

async fn greeted(
    stream: Box<dyn Duplex>,
    settings: &ImapSettings,
) -> Result<Wire<'static>, ImapProblem> {
    let mut wire = Wire::new(stream, settings.patience);
    wire.reply("waiting for the greeting").await?.finished()?;
    Ok(wire)
}

/// What came along with the answer to STLS ends the connection: it was put there by somebody in between.
async fn after_stls(
    settings: &ImapSettings,
    mut tcp: TcpStream,
) -> Result<Wire<'static>, ImapProblem> {
    let mut clear = Wire::new(Box::new(&mut tcp), settings.patience);
    clear.reply("waiting for the greeting").await?.finished()?;
    if !clear.run("STLS", "asking for TLS").await?.is_ok {
        return Err(ImapProblem::StarttlsMissing);
    }
    if !clear.is_quiet() {
        let detail = "clear text after the answer to STLS".to_owned();
        return Err(ImapProblem::ProtocolBroken { detail });
    }
    drop(clear);
    Ok(Wire::new(secured(settings, tcp).await?, settings.patience))
}

/// What the server can do, in upper case; nothing where it does not say (RFC 2449 is optional).
async fn capabilities(wire: &mut Wire<'_>) -> Result<Vec<String>, ImapProblem> {
    let doing = "asking what the server can do";
    if !wire.run("CAPA", doing).await?.is_ok {
        return Ok(Vec::new());
    }
    let text = wire.text(CAPABILITIES_BYTES_MAX, doing).await?;
    Ok(String::from_utf8_lossy(&text).lines().map(str::to_ascii_uppercase).collect())
}

async fn sign_in(
    wire: &mut Wire<'_>,
    settings: &ImapSettings,
    login: &Login,
    offered: &[String],
) -> Result<Reply, ImapProblem> {
    let user = settings.user.as_str();
    let has = |name: &str| offered.iter().any(|line| line == name);
    let sasl = |name: &str| {
        let mut lines = offered.iter().filter_map(|line| line.strip_prefix("SASL "));
        lines.any(|line| line.split(' ').any(|mechanism| mechanism == name))
    };
    match login {
        // Its token was fetched before.
        Login::OAuth(_) => Err(ImapProblem::LoginUnsupported),
        Login::OAuthToken(token) if sasl("XOAUTH2") => {
            let answer = format!("user={user}\x01auth=Bearer {}\x01\x01", token.expose());
            authenticate(wire, "XOAUTH2", &answer).await
        }
        Login::OAuthToken(_) => Err(ImapProblem::LoginUnsupported),
        Login::Password(password) if sasl("PLAIN") && !has("USER") => {
            authenticate(wire, "PLAIN", &format!("\0{user}\0{}", password.expose())).await
        }
        Login::Password(password) => {
            let named = wire.run(&format!("USER {user}"), SIGNING_IN).await?;
            match named.is_ok {
                true => wire.run(&format!("PASS {}", password.expose()), SIGNING_IN).await,
                false => Ok(named),
            }
        }
    }
}

/// The answer goes on a line of its own: tokens are longer than a command may be.
async fn authenticate(
    wire: &mut Wire<'_>,
    mechanism: &str,
    answer: &str,
) -> Result<Reply, ImapProblem> {
    wire.send(&format!("AUTH {mechanism}"), SIGNING_IN).await?;
    if let Err(reply) = wire.challenge(SIGNING_IN).await? {
        return Ok(reply);
    }
    wire.send(&STANDARD.encode(answer), SIGNING_IN).await?;
    match wire.challenge(SIGNING_IN).await? {
        Err(reply) => Ok(reply),
        // Why a token was refused; an empty line brings the end.
        Ok(_) => wire.run("", SIGNING_IN).await,
    }
}
