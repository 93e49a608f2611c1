//! The servers that a domain publishes for mail programs: a file in XML on its web server, the
//! `config-v1.1.xml` of Mozilla's autoconfiguration.

use std::convert::Infallible;
use std::time::Duration;

use futures_util::future::try_join_all;
use mail::tls::Trust;
use roxmltree::{Document, Node};
use tokio::time::timeout;
use values::EmailAddress;

use super::form::{Typed, TypedServer};
use crate::App;
use crate::service::web_client;

/// A web server that has not answered by then is not waited for: most domains publish nothing.
const PATIENCE: Duration = Duration::from_secs(4);

/// The servers as they were published, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Where mails are fetched.
    pub imap: Vec<TypedServer>,
    /// Where mails are handed over.
    pub smtp: Vec<TypedServer>,
}

/// Asks the web servers of the address's domain, unless it is known where the mailbox lies.
pub async fn complete(app: &App, typed: Typed) -> Typed {
    let is_known = typed.provider().is_some() || !typed.imap.host.is_empty();
    match EmailAddress::parse(&typed.address) {
        Ok(address) if !is_known => {
            let published = ask(&app.mail_trust, &urls(&address), &address).await;
            Typed { published, ..typed }
        }
        _ => typed,
    }
}

/// Where a domain publishes. Only over TLS: who could change the answer would get the password.
fn urls(address: &EmailAddress) -> [String; 2] {
    let (domain, mail) = (address.domain(), crate::http::encode(address.as_str()));
    [
        format!("https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={mail}"),
        format!("https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml"),
    ]
}

/// What the web servers say, asked at the same time: the first of them that names servers is believed.
async fn ask(trust: &Trust, urls: &[String], address: &EmailAddress) -> Published {
    let asked = urls.iter().map(|url| async move {
        // What was not there in time was not published.
        timeout(PATIENCE, one(trust, url, address)).await.unwrap_or_default()
    });
    let answers =
        try_join_all(asked.map(|answer| async { Ok::<_, Infallible>(answer.await) })).await;
    let mut answers = answers.unwrap_or_default().into_iter();
    answers.find(|found| *found != Published::default()).unwrap_or_default()
}

async fn one(trust: &Trust, url: &str, address: &EmailAddress) -> Published {
    let Ok(request) = http::Request::get(url).body(Vec::new()) else { return Published::default() };
    match web_client::ask(trust, request).await {
        Ok(answer) if answer.status() == http::StatusCode::OK => {
            read(&String::from_utf8_lossy(answer.body()), address)
        }
        _ => Published::default(),
    }
}

/// Reads the file. What is odd about it names no server.
fn read(text: &str, address: &EmailAddress) -> Published {
    let Ok(document) = Document::parse(text) else { return Published::default() };
    let of = |element: &str, kind: &str| {
        let servers = document.descendants().filter(|node| node.has_tag_name(element));
        let servers = servers.filter(|node| node.attribute("type") == Some(kind));
        servers.filter_map(|node| server(node, address)).collect()
    };
    Published { imap: of("incomingServer", "imap"), smtp: of("outgoingServer", "smtp") }
}

fn server(node: Node<'_, '_>, address: &EmailAddress) -> Option<TypedServer> {
    let word = |name: &str| {
        let child = node.children().find(|child| child.has_tag_name(name))?;
        Some(filled(child.text()?.trim(), address)).filter(|text| !text.is_empty())
    };
    let tls = match word("socketType")?.as_str() {
        "SSL" => "implicit",
        "STARTTLS" => "starttls",
        // Without protection a password would go in clear text.
        _ => return None,
    };
    let port: u16 = word("port")?.parse().ok()?;
    let user = word("username").filter(|user| user != address.as_str());
    Some(TypedServer {
        host: word("hostname")?,
        port: port.to_string(),
        tls: tls.to_owned(),
        user: user.unwrap_or_default(),
    })
}

/// A text with what it says of the address.
fn filled(text: &str, address: &EmailAddress) -> String {
    let local = address.as_str().rsplit_once('@').map_or("", |(local, _)| local);
    text.replace("%EMAILADDRESS%", address.as_str())
        .replace("%EMAILLOCALPART%", local)
        .replace("%EMAILDOMAIN%", address.domain())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use super::*;

    const FILE: &str = r#"<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="firma.example">
        <incomingServer type="pop3"><hostname>pop.firma.example</hostname><port>995</port>
            <socketType>SSL</socketType></incomingServer>
        <incomingServer type="imap"><hostname>%EMAILDOMAIN%</hostname><port>143</port>
            <socketType>plain</socketType></incomingServer>
        <incomingServer type="imap"><hostname> box7.hoster.example </hostname><port>993</port>
            <socketType>SSL</socketType><username>%EMAILLOCALPART%</username></incomingServer>
        <outgoingServer type="smtp"><hostname>out.hoster.example</hostname><port>587</port>
            <socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username></outgoingServer>
        </emailProvider></clientConfig>"#;

    fn address() -> EmailAddress {
        EmailAddress::parse("hilfe@firma.example").unwrap()
    }

    fn shown(servers: &[TypedServer]) -> Vec<String> {
        let show =
            |one: &TypedServer| format!("{} {} {} {}", one.host, one.port, one.tls, one.user);
        servers.iter().map(show).collect()
    }

    #[test]
    fn protected_servers_are_taken_with_the_name_to_sign_in_with() {
        let found = read(FILE, &address());
        assert_eq!(shown(&found.imap), ["box7.hoster.example 993 implicit hilfe"]);
        assert_eq!(shown(&found.smtp), ["out.hoster.example 587 starttls "]);
        for odd in ["", "<html><p>404", "<clientConfig/>", "\0", "<a>&b;</a>"] {
            assert_eq!(read(odd, &address()), Published::default(), "{odd}");
        }
        let odd = FILE.replace("993", "99999").replace("587", "");
        assert_eq!(read(&odd, &address()), Published::default());
    }

    /// Answers once with this.
    fn web_server(answer: String) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/config-v1.1.xml", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            assert!(lines.map_while(Result::ok).take_while(|line| !line.is_empty()).count() > 1);
            stream.write_all(answer.as_bytes()).unwrap();
        });
        url
    }

    #[tokio::test]
    async fn the_first_web_server_that_names_servers_is_believed() {
        let answer = |status: &str, text: &str| {
            format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n{text}", text.len())
        };
        let away = "http://127.0.0.1:1/".to_owned();
        let elsewhere = answer("302 Found\r\nLocation: http://127.0.0.1:1/", "");
        let urls = [away, elsewhere, answer("404 Not Found", FILE), answer("200 OK", FILE)];
        let [away, others @ ..] = urls;
        let urls: Vec<String> =
            std::iter::once(away).chain(others.into_iter().map(web_server)).collect();
        let found = ask(&Trust::Platform, &urls, &address()).await;
        assert_eq!(shown(&found.imap), ["box7.hoster.example 993 implicit hilfe"]);
        let nothing = ask(&Trust::Platform, &urls[..1], &address()).await;
        assert_eq!(nothing, Published::default());
    }
}
