//! The form of a mailbox: what its tabs show at first, and what was typed in one of them. What
//! cannot be read stands in the form afterwards, a sentence beside its field.

use jiff::civil::Date;
use mail::text::text_from_html;
use rules::reference::USUAL_PATTERN;
use values::Timestamp;
use web::Form;

use super::MailboxForm;
use super::tab::Tab;
use crate::app::day_of;
use crate::config::Secret;
use crate::feature::oauth::choice;
use crate::feature::setup::{keep, open_kept};
use crate::http::screen::Screen;
use crate::record::autoresponder::Autoresponder;
use crate::record::body::edited_piece;
use crate::record::mailbox::{Mailbox, Options, Source, Tls};
use crate::texts;

/// Bytes of a signature with its formats.
const SIGNATURE_BYTES_MAX: usize = 64 * 1024;
/// The subject of automatic answers where nobody chose one.
const USUAL_SUBJECT: &str = "[#{TICKET}] {BETREFF}";

/// The form as it shows a mailbox at first, all tabs in one.
pub fn values(screen: &Screen, mailbox: &Mailbox) -> Form {
    let form = MailboxForm::of(mailbox, &screen.directory);
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let zone = &screen.app.config.time_zone;
    let day = form.from_date.map(|at| day_of(at, zone).to_string());
    let signature = form.signature.as_deref().map(text_from_html).unwrap_or_default();
    let mut texts = vec![
        ("version", mailbox.version.to_string()),
        ("label", form.label.clone()),
        ("addresses", form.addresses.join("\n")),
        ("area", form.area.clone()),
        ("queue", text(&form.queue)),
        ("category", text(&form.category)),
        ("after_import", form.after_import.clone()),
        ("move_to", text(&form.move_to)),
        ("from_date", day.unwrap_or_default()),
        ("max_age_days", number(form.max_age_days)),
        ("unknown_sender", form.unknown_sender.clone()),
        ("domains", form.domains.join("\n")),
        ("stranger_with_number", form.stranger_with_number.clone()),
        ("similarity_percent", number(Some(form.similarity_percent))),
        ("sender", text(&form.sender)),
        ("sent_folder", text(&form.sent_folder)),
        ("signature", signature.trim().to_owned()),
        ("signature_html", text(&form.signature)),
        ("answer_subject", answer_subject(&form.autoresponder)),
        ("answer_text", text_from_html(&form.autoresponder.body).trim().to_owned()),
        ("answer_text_html", form.autoresponder.body.clone()),
    ];
    texts.extend(of_source(&form.source));
    texts.extend(of_options(&form.options));
    let flags = [
        ("enabled", form.enabled),
        ("join_open_ticket", form.join_open_ticket),
        ("answer_as_received", form.answer_as_received),
        ("plus_addressing", form.plus_addressing),
        ("answer_enabled", form.autoresponder.enabled),
        ("answer_once", form.autoresponder.once_per_day),
    ];
    let options = &form.options;
    let of_options = [
        ("customers_only", options.customers_only),
        ("completed", options.completed),
        ("without_emojis", options.without_emojis),
        ("with_headers", options.with_headers),
        ("reads_reference", options.reads_reference),
        ("tells_too_large", options.tells_too_large),
        ("reads_sent", options.reads_sent),
    ];
    let on =
        flags.into_iter().chain(of_options).filter(|(_, flag)| *flag).map(|(name, _)| (name, "on"));
    Form::with_values(texts.iter().map(|(name, text)| (*name, text.as_str())).chain(on))
}

/// The subject of automatic answers; the usual one where nobody chose one.
fn answer_subject(said: &Autoresponder) -> String {
    let is_fresh = *said == Autoresponder::default();
    if is_fresh { USUAL_SUBJECT.to_owned() } else { said.subject.clone() }
}

fn of_options(options: &Options) -> Vec<(&'static str, String)> {
    let per_run = options.mails_per_run.map(|mails| mails.to_string()).unwrap_or_default();
    // The usual one is meant where none stands.
    let pattern = Some(options.reference_pattern.clone());
    let pattern = pattern.filter(|pattern| pattern != USUAL_PATTERN);
    vec![
        ("reference_pattern", pattern.unwrap_or_default()),
        ("further_folders", options.further_folders.join("\n")),
        ("mails_per_run", per_run),
        ("mail_mebibytes_max", options.mail_mebibytes_max.to_string()),
    ]
}

fn of_source(source: &Source) -> Vec<(&'static str, String)> {
    let kind = match source {
        Source::Imap { .. } => "imap",
        Source::Pop3 { .. } => "pop3",
        Source::Push {} => "push",
    };
    let mut texts = vec![("source", kind.to_owned())];
    let server = source.server();
    let folder = server.as_ref().and_then(|server| server.folder.clone());
    texts.push(("folder", folder.unwrap_or_else(|| "INBOX".to_owned())));
    if let Some(server) = server {
        texts.extend([
            ("host", server.host),
            ("port", server.port.to_string()),
            ("tls", server.tls.code().to_owned()),
            ("user", server.user),
            (choice::FIELD, server.oauth.unwrap_or_default()),
            ("oauth_account", server.oauth_account.unwrap_or_default()),
        ]);
    }
    texts
}

/// The mailbox as one of its tabs wants it.
pub fn read(screen: &Screen, mailbox: &Mailbox, tab: Tab, typed: &mut Form) -> MailboxForm {
    let stored = MailboxForm::of(mailbox, &screen.directory);
    let mut reader = Reader { screen, typed };
    match tab {
        Tab::General => reader.general(stored),
        Tab::Receive => reader.receive(stored),
        Tab::Send => reader.send(stored),
        Tab::Signature => reader.signature(stored),
        Tab::Answer => reader.answer(stored),
        Tab::Log => stored,
    }
}

/// The password that was typed: just now, or before something else was refused.
pub fn password(screen: &Screen, typed: &Form) -> Option<Secret> {
    match typed.raw("password") {
        "" => open_kept(screen, typed.raw("kept")).map(Secret),
        password => Some(Secret(password.to_owned())),
    }
}

/// The form with the password that was typed, sealed, so that it has not to be typed again.
pub fn keep_password(screen: &Screen, typed: Form) -> Form {
    let password = password(screen, &typed);
    typed.with("kept", &keep(screen, password.as_ref().map(|secret| secret.0.as_str())))
}

struct Reader<'a> {
    screen: &'a Screen,
    typed: &'a mut Form,
}

impl Reader<'_> {
    fn refuse(&mut self, field: &str, sentence: &str) {
        self.typed.refuse(field, sentence);
    }

    fn texts(&self) -> texts::Mailboxes {
        texts::mailboxes(self.screen.language)
    }

    /// What stands in a field, if anything does.
    fn filled(&self, field: &str) -> Option<String> {
        Some(self.typed.text(field).to_owned()).filter(|text| !text.is_empty())
    }

    /// The lines of a field, without empty ones.
    fn lines(&self, field: &str) -> Vec<String> {
        let lines = self.typed.raw(field).split(['\n', ',']).map(str::trim);
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    fn general(&mut self, stored: MailboxForm) -> MailboxForm {
        MailboxForm {
            label: self.typed.text("label").to_owned(),
            addresses: self.lines("addresses"),
            area: self.typed.text("area").to_owned(),
            queue: self.filled("queue"),
            category: self.filled("category"),
            enabled: self.typed.has("enabled"),
            ..stored
        }
    }

    fn receive(&mut self, stored: MailboxForm) -> MailboxForm {
        let source = self.source();
        let password = password(self.screen, self.typed).filter(|_| source.has_password());
        // A stored password must not go to another server by a change of its name.
        let needs_another = source.is_another_than(&stored.source);
        if password.is_none() && source.has_password() && needs_another {
            self.refuse("password", self.texts().no_password());
        }
        MailboxForm {
            password,
            source,
            after_import: self.typed.text("after_import").to_owned(),
            move_to: self.filled("move_to"),
            from_date: self.first_day(),
            max_age_days: self.days(),
            unknown_sender: self.typed.text("unknown_sender").to_owned(),
            domains: self.lines("domains"),
            stranger_with_number: self.typed.text("stranger_with_number").to_owned(),
            join_open_ticket: self.typed.has("join_open_ticket"),
            similarity_percent: self.percent(),
            options: self.options(stored.options.clone()),
            ..stored
        }
    }

    /// Names of folders may have commas.
    fn folder_lines(&self) -> Vec<String> {
        let lines = self.typed.raw("further_folders").lines().map(str::trim);
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    fn options(&self, stored: Options) -> Options {
        let number = |field: &str| self.filled(field).map(|text| text.parse().unwrap_or(-1));
        Options {
            customers_only: self.typed.has("customers_only"),
            completed: self.typed.has("completed"),
            without_emojis: self.typed.has("without_emojis"),
            with_headers: self.typed.has("with_headers"),
            reads_reference: self.typed.has("reads_reference"),
            reference_pattern: self
                .filled("reference_pattern")
                .unwrap_or_else(|| USUAL_PATTERN.to_owned()),
            further_folders: self.folder_lines(),
            mails_per_run: number("mails_per_run"),
            mail_mebibytes_max: number("mail_mebibytes_max").unwrap_or(Options::MEBIBYTES_MAX),
            tells_too_large: self.typed.has("tells_too_large"),
            ..stored
        }
    }

    fn source(&mut self) -> Source {
        let tls = match self.typed.text("tls") {
            "starttls" => Tls::Starttls,
            "none" => Tls::None,
            _ => Tls::Implicit,
        };
        match self.typed.text("source") {
            "push" => Source::Push {},
            "imap" => Source::Imap {
                host: self.typed.text("host").to_owned(),
                port: self.port(tls, (993, 143)),
                tls,
                user: self.typed.text("user").to_owned(),
                folder: self.filled("folder").unwrap_or_else(|| "INBOX".to_owned()),
                oauth: choice::chosen(self.typed),
                oauth_account: self.filled("oauth_account"),
            },
            "pop3" => Source::Pop3 {
                host: self.typed.text("host").to_owned(),
                port: self.port(tls, (995, 110)),
                tls,
                user: self.typed.text("user").to_owned(),
                oauth: choice::chosen(self.typed),
                oauth_account: self.filled("oauth_account"),
            },
            _ => {
                self.refuse("source", self.texts().unknown_choice());
                Source::Push {}
            }
        }
    }

    /// The port that was typed, else the usual one: with TLS from the start, and without.
    fn port(&mut self, tls: Tls, usual: (u16, u16)) -> u16 {
        let usual = if tls == Tls::Implicit { usual.0 } else { usual.1 };
        let Some(text) = self.filled("port") else { return usual };
        // Port 0 is refused by the check that all ways share.
        text.parse().unwrap_or_default()
    }

    fn first_day(&mut self) -> Option<Timestamp> {
        let text = self.filled("from_date")?;
        let begin = text
            .parse::<Date>()
            .ok()
            .and_then(|day| day.to_zoned(self.screen.app.config.time_zone.clone()).ok());
        if begin.is_none() {
            self.refuse("from_date", self.texts().no_day());
        }
        if begin.as_ref().is_some_and(|begin| begin.date() > self.screen.app.today()) {
            self.refuse("from_date", self.texts().future_day());
        }
        begin.map(|at| Timestamp::from_millis(at.timestamp().as_millisecond()))
    }

    fn days(&mut self) -> Option<i64> {
        let text = self.filled("max_age_days")?;
        // Beyond all bounds, so that the check that all ways share refuses it.
        Some(text.parse().unwrap_or(-1))
    }

    fn percent(&mut self) -> i64 {
        self.typed.text("similarity_percent").parse().unwrap_or(-1)
    }

    fn send(&mut self, stored: MailboxForm) -> MailboxForm {
        MailboxForm {
            sender: self.filled("sender"),
            answer_as_received: self.typed.has("answer_as_received"),
            plus_addressing: self.typed.has("plus_addressing"),
            sent_folder: self.filled("sent_folder"),
            options: Options { reads_sent: self.typed.has("reads_sent"), ..stored.options.clone() },
            ..stored
        }
    }

    fn signature(&mut self, stored: MailboxForm) -> MailboxForm {
        let (text, html) = (self.typed.raw("signature"), self.typed.raw("signature_html"));
        let signature = edited_piece(text, html, stored.signature.as_deref());
        if signature.as_ref().is_some_and(|html| html.len() > SIGNATURE_BYTES_MAX) {
            self.refuse("signature", self.texts().signature_long());
        }
        MailboxForm { signature, ..stored }
    }

    fn answer(&mut self, stored: MailboxForm) -> MailboxForm {
        let (text, html) = (self.typed.raw("answer_text"), self.typed.raw("answer_text_html"));
        let body = edited_piece(text, html, Some(&stored.autoresponder.body));
        let autoresponder = Autoresponder {
            enabled: self.typed.has("answer_enabled"),
            subject: self.typed.text("answer_subject").to_owned(),
            body: body.unwrap_or_default(),
            once_per_day: self.typed.has("answer_once"),
        };
        MailboxForm { autoresponder, ..stored }
    }
}
