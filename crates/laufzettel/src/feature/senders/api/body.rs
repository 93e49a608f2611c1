//! What bodies say of a sender, and how it is shown.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use values::EmailAddress;
use web::Problem;

use super::super::check::{ServerProblem, gives_tokens_away, server};
use super::SenderForm;
use crate::api::{Call, Findings, invalid, name, present};
use crate::config::Secret;
use crate::record::SenderId;
use crate::record::directory::Directory;
use crate::record::relay::RelayProblem;
use crate::record::sender::{Relay, Sender};

/// What is said of clear text.
const PLAINTEXT: &str = "a server on another machine needs TLS; to allow clear text all the same, set allow_plaintext_mail = true in the configuration";

/// A new sender.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewSender)]
pub struct NewBody {
    /// The address.
    address: String,
    /// The name beside it.
    name: String,
    /// Whether it can be chosen; yes without a word.
    active: Option<bool>,
    /// Whether it stands in where nothing else decides; no without a word.
    is_default: Option<bool>,
    /// Its own mail server; without one the configured one takes its mails.
    smtp: Option<Smtp>,
}

/// What is changed of a sender. A field that is missing stays, one that is `null` is cleared.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SenderChange)]
pub struct Body {
    /// The address.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    address: Option<String>,
    /// The name beside it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    name: Option<String>,
    /// Whether it can be chosen.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    active: Option<bool>,
    /// Whether it stands in where nothing else decides; another one then does not any more.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    is_default: Option<bool>,
    /// Its own mail server.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Smtp>)]
    smtp: Option<Option<Smtp>>,
}

/// The mail server of a sender.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SenderSmtpChange)]
struct Smtp {
    /// Its address, like `smtps://user@mail.example.de:465`. An `@` in the user is written `%40`.
    url: String,
    /// `implicit`, `starttls`, or `none` for the own machine; without it `smtps` is implicit and
    /// `smtp` is starttls.
    tls: Option<String>,
    /// The password; it is never given out.
    password: Option<String>,
    /// Instead of a password: the provider where the user signed in, `microsoft` or `google`.
    oauth: Option<String>,
}

impl std::fmt::Debug for Smtp {
    /// Without the address, which may hold a password, and without the password.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Smtp(***)")
    }
}

/// A sender. The password for its mail server is never shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sender)]
pub struct ShownSender {
    /// The sender.
    id: String,
    /// The address.
    address: String,
    /// The name beside it.
    name: String,
    /// Whether it can be chosen.
    active: bool,
    /// Whether it stands in where nothing else decides.
    is_default: bool,
    /// Its own mail server; `null` for the configured one.
    smtp: Option<ShownSmtp>,
    /// Grows with each change.
    version: i64,
}

/// The mail server of a sender, without its password.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SenderSmtp)]
struct ShownSmtp {
    /// Its address.
    url: String,
    /// `implicit`, `starttls` or `none`.
    tls: &'static str,
    /// The provider where the user signed in, if there is no password.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    oauth: Option<String>,
}

impl ShownSender {
    /// Shows a sender.
    pub fn of(sender: &Sender) -> Self {
        Self::of_form(sender.id, &SenderForm::of(sender), sender.version)
    }

    /// Shows a sender that was just saved.
    pub fn of_form(id: SenderId, form: &SenderForm, version: i64) -> Self {
        let smtp = |relay: &Relay| ShownSmtp {
            url: relay.to_string(),
            tls: relay.tls.code(),
            oauth: relay.oauth.clone(),
        };
        Self {
            id: id.to_string(),
            address: form.address.clone(),
            name: form.name.clone(),
            active: form.active,
            is_default: form.is_default,
            smtp: form.relay.as_ref().map(smtp),
            version,
        }
    }
}

/// A sender as it is wanted, and the new password of its mail server.
pub struct Wanted {
    /// The sender.
    pub form: SenderForm,
    /// The password; `None` leaves the stored one.
    pub password: Option<Secret>,
}

impl NewBody {
    /// The sender that is wanted, or everything that is wrong with it.
    pub fn wanted(&self, call: &Call) -> Result<Wanted, Problem> {
        let empty = SenderForm {
            address: String::new(),
            name: String::new(),
            active: self.active.unwrap_or(true),
            is_default: self.is_default.unwrap_or(false),
            relay: None,
        };
        let body = Body {
            address: Some(self.address.clone()),
            name: Some(self.name.clone()),
            smtp: self.smtp.clone().map(Some),
            ..Body::default()
        };
        body.wanted(call, empty, false)
    }
}

impl Body {
    /// The sender as it shall be, or everything that is wrong with it.
    pub fn wanted(
        &self,
        call: &Call,
        mut form: SenderForm,
        has_password: bool,
    ) -> Result<Wanted, Problem> {
        let mut findings = Findings::default();
        let mut password = None;
        if let Some(text) = &self.address {
            let address = EmailAddress::parse(text).map_err(|_| {
                invalid("address", "invalid_email", "an address like support@example.de")
            });
            form.address = findings.keep(address).map_or(String::new(), |text| text.to_string());
        }
        if let Some(text) = &self.name {
            form.name = findings.keep(name_of(text)).unwrap_or_default();
        }
        form.active = self.active.unwrap_or(form.active);
        form.is_default = self.is_default.unwrap_or(form.is_default);
        match &self.smtp {
            None => {}
            Some(None) => form.relay = None,
            Some(Some(smtp)) => {
                let present = form.relay.take();
                let before = present.clone().filter(|_| has_password);
                let allow_plain = call.app.config.allow_plaintext_mail;
                let relay = smtp.relay(before.as_ref(), allow_plain, &call.directory);
                let is_administrator = call.actor.is_administrator();
                let relay = relay.and_then(|relay| {
                    match gives_tokens_away(&relay, present.as_ref(), is_administrator) {
                        true => Err(invalid("smtp.oauth", "not_allowed", ONLY_ADMINISTRATORS)),
                        false => Ok(relay),
                    }
                });
                form.relay = findings.keep(relay);
                password = smtp.password.clone().map(Secret);
            }
        }
        findings.check()?;
        Ok(Wanted { form, password })
    }
}

const ONLY_ADMINISTRATORS: &str =
    "only an administrator says which server gets the tokens of a sign-in";

/// A name as it stands in a mail's header, where a control character would begin another one.
fn name_of(text: &str) -> Result<String, Problem> {
    match text.contains(char::is_control) {
        true => Err(invalid("name", "invalid_name", "one line without control characters")),
        false => name("name", text),
    }
}

impl Smtp {
    /// The mail server. `before` is the one that the stored password is for.
    fn relay(
        &self,
        before: Option<&Relay>,
        allow_plain: bool,
        directory: &Directory,
    ) -> Result<Relay, Problem> {
        let relay = Relay::parse(&self.url, self.tls.as_deref()).map_err(said)?;
        let relay = match &self.oauth {
            Some(provider) => self.signed_in(relay, provider, directory)?,
            None => relay,
        };
        let password = self.password.clone().map(Secret);
        let (field, code, message) = match server(&relay, before, password.as_ref(), allow_plain) {
            None => return Ok(relay),
            Some(ServerProblem::Plaintext) => ("smtp.tls", "plaintext_refused", PLAINTEXT),
            Some(ServerProblem::NoPassword) => {
                ("smtp.password", "missing", "whoever signs in needs a password")
            }
            Some(ServerProblem::NoUser) => {
                ("smtp.url", "missing_user", "write it like smtps://user@example.de")
            }
        };
        Err(invalid(field, code, message))
    }
}

impl Smtp {
    /// The mail server with a sign-in at a provider.
    fn signed_in(
        &self,
        relay: Relay,
        provider: &str,
        directory: &Directory,
    ) -> Result<Relay, Problem> {
        if self.password.is_some() {
            let message = "an account has either a password or a sign-in at its provider";
            return Err(invalid("smtp.password", "contradiction", message));
        }
        let user = relay.user.as_deref().unwrap_or_default();
        match directory.may_open(provider, user) {
            true => Ok(Relay { oauth: Some(provider.to_owned()), ..relay }),
            false => Err(invalid(
                "smtp.oauth",
                "not_signed_in",
                "nobody has signed in to this account yet; an administrator does it in the browser, under /settings/oauth/microsoft or /settings/oauth/google",
            )),
        }
    }
}

fn said(odd: RelayProblem) -> Problem {
    let (field, code, message) = match odd {
        RelayProblem::Form => {
            ("smtp.url", "invalid_url", "an address like smtps://user@mail.example.de:465")
        }
        RelayProblem::Password => {
            ("smtp.url", "password_in_url", "the password has a field of its own")
        }
        RelayProblem::Tls => ("smtp.tls", "unknown_value", "tls is implicit, starttls or none"),
        RelayProblem::Contradiction => (
            "smtp.tls",
            "contradiction",
            "smtps is TLS from the first byte; write smtp:// for other",
        ),
    };
    invalid(field, code, message)
}
