//! The form of a sender: what it shows at first, and what was typed, each problem with a sentence
//! beside its field.

use values::EmailAddress;
use web::Form;

use super::check::{self, ServerProblem};
use super::{Ended, SenderForm, Use};
use crate::config::Secret;
use crate::feature::oauth::choice;
use crate::feature::setup::{keep, open_kept};
use crate::http::screen::Screen;
use crate::record::mailbox::Tls;
use crate::record::sender::{Relay, Sender};
use crate::texts;

/// Letters of a text on one line.
const LINE_LETTERS_MAX: usize = 200;

/// The form as it shows a sender at first.
pub fn values(sender: &Sender) -> Form {
    let relay = sender.relay();
    let server = if relay.is_some() { "own" } else { "configured" };
    let mut texts = vec![
        ("version", sender.version.to_string()),
        ("address", sender.address.clone()),
        ("name", sender.name.clone()),
        ("server", server.to_owned()),
    ];
    if let Some(relay) = relay {
        texts.extend([
            ("host", relay.host.clone()),
            ("port", relay.port.to_string()),
            ("tls", relay.tls.code().to_owned()),
            ("user", relay.user.unwrap_or_default()),
            (choice::FIELD, relay.oauth.unwrap_or_default()),
        ]);
    }
    let flags = [("active", sender.active), ("is_default", sender.is_default)];
    let on = flags.into_iter().filter(|(_, flag)| *flag).map(|(name, _)| (name, "on"));
    Form::with_values(texts.iter().map(|(name, text)| (*name, text.as_str())).chain(on))
}

/// The form of a new sender at first; the first one of a house is its default.
pub fn of_new(screen: &Screen) -> Form {
    let is_first = screen.directory.senders.is_empty();
    let default = is_first.then_some(("is_default", "on"));
    Form::with_values([("server", "configured"), ("active", "on")].into_iter().chain(default))
}

/// A sender as it is wanted, and the new password of its mail server.
pub struct Wanted {
    /// The sender.
    pub form: SenderForm,
    /// The password; `None` leaves the stored one.
    pub password: Option<Secret>,
}

/// What was typed; what is wrong stands in the form afterwards.
pub fn read(screen: &Screen, typed: &mut Form, stored: Option<&Sender>) -> Wanted {
    let texts = texts::senders(screen.language);
    let address = EmailAddress::parse(typed.text("address")).ok();
    if address.is_none() {
        typed.refuse("address", texts.no_address());
    }
    let name = typed.text("name").to_owned();
    if name.is_empty() || !is_line(&name) {
        typed.refuse("name", texts.no_name());
    }
    let password = password(screen, typed);
    let (relay, password) = match typed.text("server") {
        "own" => {
            let relay = relay(screen, typed, stored, password.as_ref());
            let password = password.filter(|_| relay.oauth.is_none());
            (Some(relay), password)
        }
        "configured" => (None, None),
        _ => {
            typed.refuse("server", texts.unknown_choice());
            (None, None)
        }
    };
    let form = SenderForm {
        address: address.map(|address| address.to_string()).unwrap_or_default(),
        name,
        active: typed.has("active"),
        is_default: typed.has("is_default"),
        relay,
    };
    Wanted { form, password }
}

fn is_line(text: &str) -> bool {
    text.chars().count() <= LINE_LETTERS_MAX && !text.contains(char::is_control)
}

/// The password that was typed: just now, or before something else was refused.
fn password(screen: &Screen, typed: &Form) -> Option<Secret> {
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

fn relay(
    screen: &Screen,
    typed: &mut Form,
    stored: Option<&Sender>,
    password: Option<&Secret>,
) -> Relay {
    let texts = texts::senders(screen.language);
    let tls = match typed.text("tls") {
        "starttls" => Tls::Starttls,
        "none" => Tls::None,
        _ => Tls::Implicit,
    };
    let usual = if tls == Tls::Implicit { 465 } else { 587 };
    let port = match typed.text("port") {
        "" => Some(usual),
        text => text.parse().ok().filter(|port| *port > 0),
    };
    if port.is_none() {
        typed.refuse("port", texts.no_port());
    }
    let host = typed.text("host").to_owned();
    let is_odd = |letter: char| letter.is_whitespace() || letter == '/' || letter == '@';
    if host.is_empty() || !is_line(&host) || host.contains(is_odd) {
        typed.refuse("host", texts.no_host());
    }
    let user = Some(typed.text("user").to_owned()).filter(|user| !user.is_empty());
    if !user.as_deref().is_none_or(is_line) {
        typed.refuse("user", texts.no_user());
    }
    let oauth = choice::chosen(typed);
    if let (Some(provider), Some(user)) = (&oauth, &user)
        && let Some(sentence) = choice::trouble(screen.language, &screen.directory, provider, user)
    {
        typed.refuse(choice::FIELD, sentence);
    }
    let relay = Relay { host, port: port.unwrap_or(usual), tls, user, oauth };
    let present = stored.and_then(Sender::relay);
    if check::gives_tokens_away(&relay, present.as_ref(), screen.actor.is_administrator()) {
        typed.refuse(choice::FIELD, texts::oauth(screen.language).only_administrators());
    }
    let before = stored.filter(|sender| sender.password.is_some()).and_then(Sender::relay);
    let allow_plain = screen.app.config.allow_plaintext_mail;
    match check::server(&relay, before.as_ref(), password, allow_plain) {
        Some(ServerProblem::Plaintext) => typed.refuse("tls", texts.plaintext()),
        Some(ServerProblem::NoPassword) => typed.refuse("password", texts.no_password()),
        Some(ServerProblem::NoUser) => typed.refuse("user", texts.user_for_password()),
        None => {}
    }
    relay
}

/// Says beside its field why a sender was not taken. `false` for what has no sentence.
pub fn refuse(screen: &Screen, typed: &mut Form, ended: Ended) -> bool {
    let texts = texts::senders(screen.language);
    let (field, sentence) = match ended {
        Ended::Done(..) | Ended::NotFound => return false,
        Ended::Stale => ("form", texts.stale()),
        Ended::AddressTaken => ("address", texts.address_taken()),
        Ended::IsDefault => ("active", texts.is_default()),
        Ended::Used(Use::Mailbox) => ("form", texts.used_by_mailbox()),
        Ended::Used(Use::Area) => ("form", texts.used_by_area()),
        Ended::Used(Use::Mails) => ("server", texts.used_by_mails()),
    };
    typed.refuse(field, sentence);
    true
}
