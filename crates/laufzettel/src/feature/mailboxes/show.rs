//! Mailboxes as the page shows them: how each one fares, and its reckoning.

use super::page::{self, Fetch, Figures, State, Verdict, Way};
use super::reconciled;
use super::store::StoredState;
use crate::feature::fetch::store::Figure;
use crate::feature::journal::read::may;
use crate::feature::oauth::sign_in_page;
use crate::feature::reconcile::has_server;
use crate::feature::reconcile::store::Reconciled;
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::MailboxId;
use crate::record::directory::Directory;
use crate::record::mailbox::{Health, Mailbox, Server};
use crate::record::show as looks;
use crate::texts;
use rules::right::Right;

/// What was read of all mailboxes.
pub struct Known {
    /// How they fare.
    pub states: Vec<StoredState>,
    /// What became of their mails.
    pub figures: Vec<Figure>,
    /// Their mails of today.
    pub today: Vec<Figure>,
    /// Their last reconciliations.
    pub reconciled: Vec<Reconciled>,
    /// Those whose reconciliation somebody waits for.
    pub reconciling: Vec<MailboxId>,
}

/// All mailboxes that the reader may see, those that need someone first.
pub fn mailboxes(screen: &Screen, known: &Known) -> Vec<page::Mailbox> {
    let visible = screen
        .directory
        .mailboxes
        .iter()
        .filter(|mailbox| may(&screen.actor, &screen.directory, Right::ReadMails, mailbox.id));
    let mut shown: Vec<page::Mailbox> =
        visible.map(|mailbox| one(screen, mailbox, known)).collect();
    shown.sort_by_key(|mailbox| (urgency(&mailbox.state), mailbox.label.to_lowercase()));
    shown
}

/// 0 needs someone, 1 helps itself, 2 is well, 3 is off.
fn urgency(state: &State) -> u8 {
    match state {
        State::WrongPassword
        | State::SignInAgain { .. }
        | State::RegistrationRefused { .. }
        | State::NotAdmitted { .. }
        | State::NoLogin { .. }
        | State::Unprotected { .. }
        | State::WrongCertificate { .. }
        | State::NoTls { .. }
        | State::FolderMissing { .. }
        | State::TargetMissing { .. }
        | State::Full => 0,
        State::Unreachable { .. } | State::Interrupted { .. } | State::CannotStore => 1,
        State::Running { .. } | State::Listening { .. } | State::Starting | State::Recounting => 2,
        State::Off => 3,
    }
}

/// One mailbox.
pub fn one(screen: &Screen, mailbox: &Mailbox, known: &Known) -> page::Mailbox {
    let stored = known.states.iter().find(|state| state.mailbox == mailbox.id);
    let is_troubled = stored.is_some_and(|stored| health(stored) == Health::Troubled);
    let state = state(screen, mailbox, stored);
    let may_fetch = may(&screen.actor, &screen.directory, Right::HandleMails, mailbox.id);
    let is_fetched = mailbox.enabled && mailbox.source().is_fetched();
    let today = known.today.iter().filter(|figure| figure.mailbox == mailbox.id);
    page::Mailbox {
        name: mailbox.name.clone(),
        live_id: mailbox.id.to_string(),
        label: mailbox.label.clone(),
        address: mailbox.addresses().first().map(ToString::to_string).unwrap_or_default(),
        words: stored.filter(|_| mailbox.enabled && is_troubled).and_then(|s| s.words.clone()),
        today: web::number(today.map(|figure| figure.count).sum(), screen.language),
        fetch: if is_fetched && may_fetch { Fetch::Offered } else { Fetch::Withheld },
        may_edit: screen.actor.is_administrator(),
        reconcile: if may_fetch && (is_fetched || !has_server(mailbox)) {
            Fetch::Offered
        } else {
            Fetch::Withheld
        },
        figures: reconciled::figures(screen, mailbox, known, stored.filter(|_| is_fetched))
            .unwrap_or_else(|| figures(screen, mailbox, known, stored.filter(|_| is_fetched))),
        state,
    }
}

pub(super) fn health(stored: &StoredState) -> Health {
    Health::from_code(&stored.state)
}

fn state(screen: &Screen, mailbox: &Mailbox, stored: Option<&StoredState>) -> State {
    if !mailbox.enabled {
        return State::Off;
    }
    let Some(account) = mailbox.source().server() else {
        return State::Listening { place: place(screen) };
    };
    match stored.map(|stored| (health(stored), stored)) {
        None | Some((Health::New, _)) => State::Starting,
        Some((Health::Well, stored)) => State::Running {
            last: stored.succeeded_at.map_or(String::new(), |at| looks::clock(&screen.times(), at)),
        },
        Some((Health::Troubled, stored)) => {
            let again = texts::mailboxes(screen.language).again_soon().to_owned();
            let words = stored.words.as_deref().unwrap_or_default();
            let code = stored.problem.as_deref().unwrap_or_default();
            let refused = refused(code, &account, &screen.directory);
            let server = account.host;
            refused.unwrap_or_else(|| trouble(code, words, server, missing(mailbox, words), again))
        }
    }
}

/// What is to be done where an account has no password and is not let in.
fn refused(code: &str, account: &Server, directory: &Directory) -> Option<State> {
    let provider = account.oauth.as_deref()?;
    let href = sign_in_page(provider, account.signs_in(), "/mailboxes");
    match code {
        "client_refused" => Some(State::RegistrationRefused { href }),
        "login_refused" if directory.is_application(provider) => Some(State::NotAdmitted { href }),
        "sign_in_again" | "login_refused" => Some(State::SignInAgain { href }),
        _ => None,
    }
}

/// The folders that are read and are not among those on the server.
fn missing(mailbox: &Mailbox, there: &str) -> String {
    let folders = mailbox.source().folders(&mailbox.options());
    let there: Vec<&str> = there.split(", ").collect();
    let missing = folders.iter().filter(|folder| !there.contains(&folder.as_str()));
    missing.map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// What is noted of a server that answers without TLS.
const NOT_TLS: &str = "not_tls";

/// The state behind a code of [`mail::imap::ImapProblem`].
fn trouble(code: &str, words: &str, server: String, folder: String, again: String) -> State {
    match code {
        "login_refused" => State::WrongPassword,
        "login_unsupported" => State::NoLogin { server },
        "starttls_missing" | "plaintext_refused" => State::Unprotected { server },
        "tls_failed" if words == NOT_TLS => State::NoTls { server },
        "tls_failed" => State::WrongCertificate { server },
        "folder_missing" => State::FolderMissing { folder },
        "host_unknown" | "refused" | "unreachable" | "timed_out" => {
            State::Unreachable { server, again }
        }
        "own_database" => State::CannotStore,
        _ => State::Interrupted { again },
    }
}

/// The ways by which other programs bring mails.
fn place(screen: &Screen) -> String {
    match screen.app.config.lmtp_listen {
        Some(address) => format!("LMTP {address}, laufzettel deliver, API"),
        None => "laufzettel deliver, API".to_owned(),
    }
}

/// The reckoning. What lies on the server is known by the entries that were made when it was
/// listed, before any mail was fetched.
fn figures(
    screen: &Screen,
    mailbox: &Mailbox,
    known: &Known,
    stored: Option<&StoredState>,
) -> Figures {
    let own = || known.figures.iter().filter(|figure| figure.mailbox == mailbox.id);
    let of = |states: &[&str]| -> i64 {
        own().filter(|figure| states.contains(&figure.state.as_str())).map(|f| f.count).sum()
    };
    let count = |state: &str| u64::try_from(of(&[state])).unwrap_or_default();
    let all: i64 = own().map(|figure| figure.count).sum();
    let not_fetched = of(&["seen", "gone"]);
    let pending = of(&["seen", "stored"]);
    let decided = of(&["applied", "duplicate", "filtered", "quarantined", "gone"]);
    let shown = |count: i64| web::number(count, screen.language);
    let is_fetched = mailbox.source().is_fetched();
    Figures {
        way: if is_fetched { Way::Server } else { Way::Brought },
        seen: is_fetched.then(|| shown(all)),
        remarks: Vec::new(),
        unassigned: 0,
        stored: shown(all - not_fetched),
        applied: shown(of(&["applied"])),
        duplicates: count("duplicate"),
        filtered: count("filtered"),
        quarantined: count("quarantined"),
        gone: count("gone"),
        exceptions: format!("/mails?tab=without_ticket&mailbox={}", encode(&mailbox.name)),
        verdict: verdict(screen, all - decided - pending, pending, stored),
    }
}

fn verdict(screen: &Screen, missing: i64, pending: i64, stored: Option<&StoredState>) -> Verdict {
    let is_troubled = stored.is_some_and(|stored| health(stored) == Health::Troubled);
    let number = |count: i64| u64::try_from(count).unwrap_or_default();
    match (missing, pending) {
        (1.., _) => Verdict::Missing { mails: number(missing) },
        _ if is_troubled => Verdict::Unknown,
        (_, 1..) => Verdict::Pending { mails: number(pending) },
        _ => {
            let at = stored.and_then(|stored| stored.succeeded_at).unwrap_or(screen.now);
            Verdict::Even { time: looks::clock(&screen.times(), at) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_of_an_account_has_a_state_that_says_what_to_do() {
        let state = |code: &str| {
            trouble(code, "", "imap.example".to_owned(), "INBOX".to_owned(), "soon".to_owned())
        };
        let server = || "imap.example".to_owned();
        let again = || "soon".to_owned();
        let unreachable = State::Unreachable { server: server(), again: again() };
        let table = [
            ("host_unknown", unreachable.clone()),
            ("refused", unreachable.clone()),
            ("unreachable", unreachable.clone()),
            ("timed_out", unreachable),
            ("tls_failed", State::WrongCertificate { server: server() }),
            ("starttls_missing", State::Unprotected { server: server() }),
            ("plaintext_refused", State::Unprotected { server: server() }),
            ("login_refused", State::WrongPassword),
            ("login_unsupported", State::NoLogin { server: server() }),
            ("folder_missing", State::FolderMissing { folder: "INBOX".to_owned() }),
            ("server_said", State::Interrupted { again: again() }),
            ("connection_lost", State::Interrupted { again: again() }),
            ("protocol_broken", State::Interrupted { again: again() }),
            ("own_database", State::CannotStore),
        ];
        for (code, expected) in table {
            assert_eq!(state(code), expected, "{code}");
        }
    }

    #[test]
    fn a_server_without_tls_has_no_wrong_certificate() {
        let server = "imap.example".to_owned();
        let state = trouble("tls_failed", NOT_TLS, server.clone(), String::new(), String::new());
        assert_eq!(state, State::NoTls { server });
        assert_eq!(mail::tls::TlsProblem::NotTls.code(), NOT_TLS);
    }

    #[test]
    fn what_needs_someone_stands_first() {
        let needs = urgency(&State::WrongPassword);
        let helps_itself = urgency(&State::Interrupted { again: String::new() });
        let well = urgency(&State::Running { last: String::new() });
        assert!(needs < helps_itself && helps_itself < well && well < urgency(&State::Off));
    }
}
