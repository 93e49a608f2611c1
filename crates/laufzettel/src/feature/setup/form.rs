//! The form of the second step: where the mailbox lies and what becomes of its mails.

use jiff::civil::Date;
use values::{EmailAddress, Timestamp};
use web::Form;

use super::autoconfig::Published;
use super::providers::{self, Provider, Server};
use crate::App;
use crate::config::Secret;
use crate::http::encode;
use crate::record::mailbox::{Source, Tls};
use crate::record::oauth::Provider as OAuth;
use crate::record::sender::Relay;

/// A mail server as it was typed. Without a host it is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedServer {
    /// Its name.
    pub host: String,
    /// Its port; empty for the usual one.
    pub port: String,
    /// `implicit`, `starttls` or `none`.
    pub tls: String,
    /// The name to sign in with; empty for the address.
    pub user: String,
}

impl TypedServer {
    fn of(form: &Form, which: &str) -> Self {
        let field = |name: &str| form.text(&format!("{which}_{name}")).to_owned();
        Self { host: field("host"), port: field("port"), tls: field("tls"), user: field("user") }
    }

    /// A server that is known.
    pub fn known(server: Server) -> Self {
        let tls = code(server.tls).to_owned();
        Self {
            host: server.host.to_owned(),
            port: server.port.to_string(),
            tls,
            user: String::new(),
        }
    }

    /// How the connection is protected.
    pub fn tls(&self) -> Tls {
        match self.tls.as_str() {
            "starttls" => Tls::Starttls,
            "none" => Tls::None,
            _ => Tls::Implicit,
        }
    }
}

/// The code of a protection in the form.
pub fn code(tls: Tls) -> &'static str {
    match tls {
        Tls::Implicit => "implicit",
        Tls::Starttls => "starttls",
        Tls::None => "none",
    }
}

/// The form as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The code of the provider; empty if none was chosen.
    pub provider: String,
    /// The address of the mailbox.
    pub address: String,
    /// Where mails are fetched.
    pub imap: TypedServer,
    /// Where mails are handed over.
    pub smtp: TypedServer,
    /// From which day mails are fetched, `2026-11-24`.
    pub from_date: String,
    /// `move`, `mark_read`, `keep` or `delete`.
    pub after_import: String,
    /// The password, sealed, so that it has not to be typed again.
    pub kept: String,
    /// The servers that the domain of the address publishes.
    pub published: Published,
}

/// What is wrong with the form before anything is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// The address is none.
    NoAddress,
    /// There is no password, and nobody signed in.
    NoPassword,
    /// The day is none.
    NoDay,
    /// The day is still to come: until then no mail would be taken.
    FutureDay,
    /// A port is none.
    NoPort(Side),
    /// Another mailbox has this address.
    Taken,
}

/// Fetching or sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Mails are fetched.
    Imap,
    /// Mails are sent.
    Smtp,
}

/// An account that can be tried.
#[derive(Clone, Debug)]
pub struct Account {
    /// The address of the mailbox.
    pub address: EmailAddress,
    /// Its password; without one somebody signed in at the provider.
    pub password: Option<Secret>,
    /// Where mails may be fetched, the likeliest first.
    pub sources: Vec<Source>,
    /// Where mails may be handed over, the likeliest first.
    pub relays: Vec<Relay>,
    /// From when on mails are fetched.
    pub from: Timestamp,
}

impl Account {
    /// The password for the wire; nothing where somebody signed in.
    pub fn typed_password(&self) -> String {
        self.password.as_ref().map(|password| password.0.clone()).unwrap_or_default()
    }
}

impl Typed {
    /// An empty form: mails are fetched from today on and moved away once they are safe.
    pub fn new(today: Date) -> Self {
        Self { from_date: today.to_string(), after_import: "move".to_owned(), ..Self::default() }
    }

    /// Reads the form, with the password apart.
    pub fn read(form: &Form) -> (Self, Option<String>) {
        let choices = ["move", "mark_read", "keep", "delete"];
        let after = choices.into_iter().find(|choice| *choice == form.text("after_import"));
        let typed = Self {
            provider: form.text("provider").to_owned(),
            address: form.text("address").to_owned(),
            imap: TypedServer::of(form, "imap"),
            smtp: TypedServer::of(form, "smtp"),
            from_date: form.text("from_date").to_owned(),
            after_import: after.unwrap_or("move").to_owned(),
            kept: form.raw("kept").to_owned(),
            published: Published::default(),
        };
        let password = form.raw("password");
        (typed, (!password.is_empty()).then(|| password.to_owned()))
    }

    /// The provider: the chosen one, else the one where mailboxes of this domain lie.
    pub fn provider(&self) -> Option<&'static Provider> {
        match self.provider.as_str() {
            "" => providers::by_domain(self.address.rsplit_once('@')?.1),
            code => providers::by_code(code),
        }
    }

    /// The account, or what is wrong.
    pub fn account(
        &self,
        app: &App,
        password: Option<String>,
        oauth: Option<OAuth>,
    ) -> Result<Account, Vec<Odd>> {
        let address = EmailAddress::parse(&self.address);
        let day: Result<Date, _> = self.from_date.parse();
        let from =
            day.as_ref().ok().and_then(|day| day.to_zoned(app.config.time_zone.clone()).ok());
        let mut odd = Vec::new();
        odd.extend(address.is_err().then_some(Odd::NoAddress));
        odd.extend((password.is_none() && oauth.is_none()).then_some(Odd::NoPassword));
        odd.extend(from.is_none().then_some(Odd::NoDay));
        odd.extend(day.is_ok_and(|day| day > app.today()).then_some(Odd::FutureDay));
        for (side, server) in [(Side::Imap, &self.imap), (Side::Smtp, &self.smtp)] {
            let is_port =
                server.port.is_empty() || server.port.parse::<u16>().is_ok_and(|port| port > 0);
            odd.extend((!is_port).then_some(Odd::NoPort(side)));
        }
        let (Ok(address), Some(from), true) = (address, from, odd.is_empty()) else {
            return Err(odd);
        };
        let oauth = oauth.filter(|_| password.is_none()).map(OAuth::code);
        Ok(Account {
            sources: self.sources(&address, oauth),
            relays: self.relays(&address, oauth),
            address,
            password: password.map(Secret),
            from: Timestamp::from_millis(from.timestamp().as_millisecond()),
        })
    }

    /// Where somebody signs in instead of giving a password, and as whom.
    pub fn sign_in(&self) -> Option<(OAuth, EmailAddress)> {
        let address = EmailAddress::parse(&self.address).ok()?;
        let user = EmailAddress::parse(&user(&self.imap, &address)).unwrap_or(address);
        Some((self.provider()?.sign_in?, user))
    }

    /// The form in an address; nothing of it is secret.
    pub fn query(&self) -> String {
        let mut fields = vec![
            ("provider".to_owned(), &self.provider),
            ("address".to_owned(), &self.address),
            ("from_date".to_owned(), &self.from_date),
            ("after_import".to_owned(), &self.after_import),
        ];
        for (which, server) in [("imap", &self.imap), ("smtp", &self.smtp)] {
            fields.push((format!("{which}_host"), &server.host));
            fields.push((format!("{which}_port"), &server.port));
            fields.push((format!("{which}_tls"), &server.tls));
            fields.push((format!("{which}_user"), &server.user));
        }
        let given = fields.iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
    }

    fn sources(&self, address: &EmailAddress, oauth: Option<&str>) -> Vec<Source> {
        let source = |server: TypedServer| Source::Imap {
            port: server.port.parse().unwrap_or(match server.tls() {
                Tls::Implicit => 993,
                Tls::Starttls | Tls::None => 143,
            }),
            tls: server.tls(),
            user: user(&server, address),
            host: server.host,
            folder: "INBOX".to_owned(),
            oauth: oauth.map(str::to_owned),
            oauth_account: None,
        };
        self.servers(Side::Imap, address).into_iter().map(source).collect()
    }

    fn relays(&self, address: &EmailAddress, oauth: Option<&str>) -> Vec<Relay> {
        let relay = |server: TypedServer| Relay {
            port: server.port.parse().unwrap_or(match server.tls() {
                Tls::Implicit => 465,
                Tls::Starttls | Tls::None => 587,
            }),
            tls: server.tls(),
            user: Some(user(&server, address)),
            host: server.host,
            oauth: oauth.map(str::to_owned),
        };
        self.servers(Side::Smtp, address).into_iter().map(relay).collect()
    }

    /// The typed server; else that of the provider; else those that the domain publishes, and where
    /// servers usually are.
    fn servers(&self, side: Side, address: &EmailAddress) -> Vec<TypedServer> {
        let typed = if side == Side::Imap { &self.imap } else { &self.smtp };
        if !typed.host.is_empty() {
            return vec![typed.clone()];
        }
        let with_user = |server: TypedServer| TypedServer { user: typed.user.clone(), ..server };
        if let Some(provider) = self.provider() {
            let server = if side == Side::Imap { provider.imap } else { provider.smtp };
            return vec![with_user(TypedServer::known(server))];
        }
        let (imap, smtp) = providers::usual_hosts(address.domain());
        let (published, hosts) = match side {
            Side::Imap => (&self.published.imap, imap),
            Side::Smtp => (&self.published.smtp, smtp),
        };
        let usual = hosts.map(|host| with_user(TypedServer { host, ..TypedServer::default() }));
        published.iter().cloned().chain(usual).collect()
    }
}

fn user(server: &TypedServer, address: &EmailAddress) -> String {
    match server.user.as_str() {
        "" => address.to_string(),
        user => user.to_owned(),
    }
}
