//! What is wrong with an account, and what to do about it.

use crate::record::mailbox::{Mailbox, Server, Source};

/// What is wrong with an account and how to mend it, in one sentence.
pub fn advice(code: &str, words: Option<&str>, mailbox: &Mailbox) -> String {
    let Some(Server { host, port, folder, user, oauth, .. }) = mailbox.source().server() else {
        return code.to_owned();
    };
    let (protocol, option, usual_port) = match mailbox.source() {
        Source::Pop3 { .. } => ("POP3", "--pop3-tls", 995),
        _ => ("IMAP", "--imap-tls", 993),
    };
    let folder = folder.unwrap_or_default();
    let words = words.unwrap_or("nothing more");
    match code {
        "host_unknown" => format!("the host {host} is unknown; check its name"),
        "refused" => format!("nobody listens on {host}, port {port}; check the port"),
        "unreachable" => format!("{host} cannot be reached ({words}); check the network"),
        "timed_out" => format!(
            "{host}, port {port}, does not answer in time ({words}); check host, port and firewall"
        ),
        "tls_failed" if words == "not_tls" => {
            format!(
                "{host}, port {port}, does not speak TLS; use {option} starttls or port {usual_port}"
            )
        }
        "tls_failed" => format!(
            "the certificate of {host} cannot be trusted ({words}); ask whoever runs the server, or name its authority in mail_roots_file"
        ),
        "starttls_missing" => {
            format!("{host} does not offer STARTTLS; use {option} implicit and port {usual_port}")
        }
        "plaintext_refused" => {
            format!("clear text to {host} is refused; use {option} implicit and port {usual_port}")
        }
        "login_refused" if oauth.is_some() => format!(
            "the provider gave a token, and {host} does not open the mailbox of {user} with it ({words}); give the account or the application access to it there"
        ),
        "login_refused" => format!(
            "{host} does not take the user {user} or its password ({words}); set the right password"
        ),
        "login_unsupported" => {
            format!("{host} takes no sign-in with user and password; ask whoever runs it")
        }
        "sign_in_again" | "client_refused" => format!(
            "somebody has to sign in again, or to renew the registration ({words}); see the settings in the browser"
        ),
        "token_unavailable" => {
            format!("no access token is to be had ({words}); try again later")
        }
        "folder_missing" => format!("there is no folder {folder} on {host}; there are: {words}"),
        "server_said" => format!("{host} said: {words}; try again later"),
        "connection_lost" => format!("{host} closed the connection ({words}); try again later"),
        "protocol_broken" => {
            format!("{host}, port {port}, does not speak {protocol} ({words}); check the port")
        }
        "own_database" => format!(
            "our own database does not take mails ({words}); see the log of laufzettel serve and free space if the disk is full"
        ),
        code => format!("{code}: {words}; look into the log of laufzettel serve"),
    }
}
