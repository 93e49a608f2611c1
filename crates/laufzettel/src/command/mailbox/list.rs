//! `laufzettel mailbox list`: the mailboxes and how each one fares.

use serde_json::{Value, json};

use super::{advice, sentence, shown};
use crate::App;
use crate::command::say::say;
use crate::feature::mailboxes::store::{ReadStates, StoredState};
use crate::record::mailbox::{Health, Mailbox, Source};

/// How a mailbox fares, and why it does not work.
struct State<'a> {
    /// `well`, `new`, `troubled` or `off`.
    word: &'static str,
    stored: Option<&'a StoredState>,
    /// What is wrong and what to do, in one sentence.
    detail: Option<String>,
}

impl<'a> State<'a> {
    fn of(mailbox: &Mailbox, states: &'a [StoredState]) -> Self {
        let stored = states.iter().find(|state| state.mailbox == mailbox.id);
        let health = stored.map_or(Health::New, |stored| Health::from_code(&stored.state));
        let (word, stored) = match (mailbox.enabled, mailbox.source()) {
            (false, _) => ("off", None),
            // Whoever brings mails is answered at once, so there is nothing that could fail here.
            (true, Source::Push {}) => (Health::Well.code(), None),
            (true, Source::Imap { .. } | Source::Pop3 { .. }) => (health.code(), stored),
        };
        let trouble = stored.filter(|_| health == Health::Troubled);
        let detail = trouble.map(|stored| {
            let code = stored.problem.as_deref().unwrap_or_default();
            advice(code, stored.words.as_deref(), mailbox)
        });
        Self { word, stored, detail }
    }

    fn json(&self) -> Value {
        let stored = self.stored;
        json!({
            "state": self.word,
            "problem": stored.and_then(|stored| stored.problem.as_deref()),
            "words": stored.and_then(|stored| stored.words.as_deref()),
            "detail": self.detail,
            "succeeded_at": stored.and_then(|stored| stored.succeeded_at).map(web::iso),
        })
    }

    fn text(&self) -> String {
        match &self.detail {
            Some(detail) => format!("{}: {detail}", self.word),
            None => self.word.to_owned(),
        }
    }
}

/// Prints a line for each mailbox.
pub async fn list(app: &App, as_json: bool) -> Result<(), String> {
    let directory = app.directory().await.map_err(sentence)?;
    let states = app.db.read(&ReadStates).await.map_err(sentence)?;
    for mailbox in &directory.mailboxes {
        let state = State::of(mailbox, &states);
        match as_json {
            true => say!("{}", shown(&directory, mailbox, "state", state.json())),
            false => say!("{}", line(mailbox, &state)),
        }?;
    }
    Ok(())
}

fn line(mailbox: &Mailbox, state: &State<'_>) -> String {
    let from = match mailbox.source() {
        Source::Imap { host, user, .. } | Source::Pop3 { host, user, .. } => {
            format!("{user} on {host}")
        }
        Source::Push {} => "brought".to_owned(),
    };
    format!("{:20} {:40} {from:30} {}", mailbox.name, mailbox.addresses, state.text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{AreaId, MailboxId};

    fn mailbox(source: &str, enabled: bool) -> Mailbox {
        Mailbox {
            id: MailboxId::from_number(7),
            name: "support".to_owned(),
            label: "Support".to_owned(),
            enabled,
            area: AreaId::from_number(1),
            queue: None,
            category: None,
            source: source.to_owned(),
            password: None,
            after_import: "mark_read".to_owned(),
            move_to: None,
            from_date: None,
            max_age_days: None,
            unknown_sender: "ticket".to_owned(),
            stranger_with_number: "linked_ticket".to_owned(),
            join_open_ticket: false,
            similarity_percent: 80,
            domains: String::new(),
            sender: None,
            answer_as_received: false,
            plus_addressing: false,
            autoresponder: String::new(),
            sent_folder: None,
            signature: None,
            options: None,
            version: 1,
            addresses: "support@example.de".to_owned(),
        }
    }

    fn stored(state: &str, problem: Option<&str>) -> StoredState {
        StoredState {
            mailbox: MailboxId::from_number(7),
            state: state.to_owned(),
            problem: problem.map(str::to_owned),
            words: None,
            succeeded_at: None,
        }
    }

    const IMAP: &str =
        r#"{"kind":"imap","host":"imap.example","port":993,"tls":"implicit","user":"u"}"#;

    #[test]
    fn every_mailbox_says_how_it_fares() {
        let text = |mailbox: &Mailbox, states: &[StoredState]| State::of(mailbox, states).text();
        let account = mailbox(IMAP, true);
        assert_eq!(text(&account, &[]), "new");
        assert_eq!(text(&account, &[stored("well", None)]), "well");
        let refused = [stored("troubled", Some("refused"))];
        let sentence = "nobody listens on imap.example, port 993; check the port";
        assert_eq!(text(&account, &refused), format!("troubled: {sentence}"));
        assert_eq!(text(&mailbox(IMAP, false), &refused), "off");
        assert_eq!(text(&mailbox(r#"{"kind":"push"}"#, true), &[]), "well");
        let json = State::of(&account, &refused).json();
        assert_eq!((&json["state"], &json["problem"]), (&json!("troubled"), &json!("refused")));
        assert_eq!(json["detail"], sentence);
        let line = line(&account, &State::of(&account, &refused));
        assert!(
            line.ends_with(&format!("u on imap.example{:13} troubled: {sentence}", "")),
            "{line}"
        );
    }
}
