//! Our registration with a provider: what an administrator copies from there.

use db::{Operation, Result, Tx};
use jiff::civil::Date;
use values::{Language, Timestamp};
use web::Form;

use super::store;
use super::users::Users;
use crate::App;
use crate::http::screen::Screen;
use crate::record::administration::{By, Change, Fact, Kind, Subject, Value, differences};
use crate::record::oauth::{OAuthClient, Provider, SignIn};
use crate::service::web_client::may_ask;
use crate::texts;

/// Letters of a field.
const LETTERS_MAX: usize = 500;

/// The fields of a registration, as the form names them.
pub const FIELDS: [&str; 6] =
    ["sign_in", "client_id", "tenant", "secret_ends_on", "authorize_url", "token_url"];

/// The form of a registration as it is.
pub fn form(app: &App, client: Option<&OAuthClient>) -> Form {
    let Some(client) = client else { return Form::default() };
    let day = client.secret_ends_at.map(|at| day(app, at).to_string());
    let values = [
        ("sign_in", Some(client.sign_in.as_str())),
        ("client_id", Some(client.client_id.as_str())),
        ("tenant", client.tenant.as_deref()),
        ("secret_ends_on", day.as_deref()),
        ("authorize_url", client.authorize_url.as_deref()),
        ("token_url", client.token_url.as_deref()),
    ];
    let version = client.version.to_string();
    let filled = values.into_iter().filter_map(|(name, value)| Some((name, value?)));
    Form::with_values(filled.chain([("version", version.as_str())]))
}

fn day(app: &App, at: Timestamp) -> Date {
    crate::app::day_of(at, &app.config.time_zone)
}

/// The registration that was typed; what is wrong stands in the form afterwards.
pub fn read(screen: &Screen, provider: Provider, typed: &mut Form) -> Option<OAuthClient> {
    let app = &screen.app;
    let texts = texts::oauth(screen.language);
    let before = screen.directory.oauth_client(provider.code());
    for field in FIELDS.into_iter().chain(["client_secret"]) {
        let value = typed.text(field);
        if value.chars().count() > LETTERS_MAX || value.contains(char::is_control) {
            typed.refuse(field, texts.too_long());
        }
    }
    if typed.text("client_id").is_empty() {
        typed.refuse("client_id", texts.client_id_missing());
    }
    if typed.text("client_id").contains(char::is_whitespace) {
        typed.refuse("client_id", texts.client_id_odd());
    }
    let secret = typed.raw("client_secret").trim().to_owned();
    if secret.is_empty() && before.is_none_or(|client| !keeps_secret(client, typed)) {
        typed.refuse("client_secret", texts.secret_missing());
    }
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '.';
    if !typed.text("tenant").chars().all(is_name) {
        typed.refuse("tenant", texts.tenant_odd());
    }
    for field in ["authorize_url", "token_url"] {
        if !typed.text(field).is_empty() && !may_ask(typed.text(field)) {
            typed.refuse(field, texts.url_odd());
        }
    }
    let sign_in = who(provider, typed, screen.language);
    let secret_ends_at =
        end(app, typed, before.and_then(|client| client.secret_ends_at), screen.language);
    if !typed.is_fine() {
        return None;
    }
    let given = |field: &str| Some(typed.text(field).to_owned()).filter(|text| !text.is_empty());
    Some(OAuthClient {
        id: before.map_or_else(|| app.ids.next(screen.now), |client| client.id),
        name: provider.code().to_owned(),
        client_id: typed.text("client_id").to_owned(),
        client_secret: match secret.as_str() {
            "" => None,
            secret => Some(app.keys.seal(secret, rand::random())?),
        },
        secret_ends_at,
        tenant: given("tenant"),
        authorize_url: given("authorize_url"),
        token_url: given("token_url"),
        sign_in: sign_in.code().to_owned(),
        version: typed.text("version").parse().unwrap_or(0),
    })
}

/// Who signs in, and whether that is possible.
fn who(provider: Provider, typed: &mut Form, language: Language) -> SignIn {
    let texts = texts::oauth(language);
    let sign_in = SignIn::from_code(typed.text("sign_in"));
    if sign_in == SignIn::Person {
        return sign_in;
    }
    if provider.application_scope().is_none() {
        typed.refuse("sign_in", texts.no_application(provider.name()));
    }
    // Only a person can be asked for the directory that he belongs to.
    if typed.text("tenant").is_empty() && typed.text("token_url").is_empty() {
        typed.refuse("tenant", texts.tenant_missing());
    }
    sign_in
}

/// Whether the stored secret may go on: it is for this registration at this server and no other.
fn keeps_secret(before: &OAuthClient, typed: &Form) -> bool {
    let is_same = |field: &str, value: &Option<String>| {
        typed.text(field) == value.as_deref().unwrap_or_default()
    };
    before.client_secret.is_some()
        && typed.text("client_id") == before.client_id
        && is_same("tenant", &before.tenant)
        && is_same("token_url", &before.token_url)
}

/// When the secret ends: at the beginning of the day that was typed. One that is over is refused, unless it
/// stood there before.
fn end(
    app: &App,
    typed: &mut Form,
    before: Option<Timestamp>,
    language: Language,
) -> Option<Timestamp> {
    let text = typed.text("secret_ends_on");
    if text.is_empty() {
        return None;
    }
    let typed_day: std::result::Result<Date, _> = text.parse();
    let begin = typed_day.ok().and_then(|day| day.to_zoned(app.config.time_zone.clone()).ok());
    let texts = texts::oauth(language);
    match &begin {
        None => typed.refuse("secret_ends_on", texts.day_odd()),
        Some(begin)
            if begin.date() <= app.today()
                && before.map(|at| day(app, at)) != Some(begin.date()) =>
        {
            typed.refuse("secret_ends_on", texts.day_over());
        }
        Some(_) => {}
    }
    begin.map(|begin| Timestamp::from_millis(begin.timestamp().as_millisecond()))
}

/// Saves a registration, with its trace in the history of the administration. `false` if somebody
/// else has changed it meanwhile.
pub struct SaveClient<'a> {
    /// How it shall be; `version` is the one that was seen, 0 for a new one.
    pub client: &'a OAuthClient,
    /// How it was.
    pub before: Option<&'a OAuthClient>,
    /// What waits for tokens that it brings.
    pub users: Users,
    /// Who does it.
    pub by: By<'a>,
}

impl Operation for SaveClient<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let present = store::client_version(tx, &self.client.name).await?;
        if present.map_or(0, |(_, version)| version) != self.client.version {
            return Ok(false);
        }
        let client = OAuthClient {
            id: present.map_or(self.client.id, |(id, _)| id),
            version: self.client.version + 1,
            ..self.client.clone()
        };
        store::save_client(tx, &client).await?;
        let mut facts =
            differences(self.before.map(values).unwrap_or_default(), values(self.client));
        if self.client.client_secret.is_some() {
            facts.push(Fact::new("client_secret", None, None));
        }
        let provider = Provider::from_code(&client.name).map_or("", Provider::name);
        let change = Change {
            subject: Subject::OAuthClient,
            id: client.id.number(),
            name: provider,
            kind: if present.is_some() { Kind::Changed } else { Kind::Added },
            facts,
        };
        self.by.record(tx, &change).await?;
        self.users.wake(tx, self.by.now).await?;
        crate::service::live::announce(tx, crate::service::live::LISTS, client.id);
        Ok(true)
    }
}

/// What a field of a registration is called.
pub fn field(language: Language, field: &str) -> Option<&'static str> {
    let texts = texts::oauth(language);
    Some(match field {
        "sign_in" => texts.who_signs_in(),
        "client_id" => texts.client_id_google(),
        "client_secret" => texts.client_secret(),
        "tenant" => texts.tenant(),
        "secret_ends_at" => texts.secret_ends_on(),
        "authorize_url" => texts.authorize_url(),
        "token_url" => texts.token_url(),
        _ => return None,
    })
}

/// The words for a value of a field, if it has fixed ones.
pub fn value(language: Language, field: &str, code: &str) -> Option<String> {
    let texts = texts::oauth(language);
    let words = match SignIn::from_code(code) {
        SignIn::Person => texts.by_person(),
        SignIn::Application => texts.by_application(),
    };
    (field == "sign_in").then(|| words.to_owned())
}

fn values(client: &OAuthClient) -> Vec<Value> {
    let value = |field: &str, value: Option<String>| (field.to_owned(), value);
    vec![
        value("sign_in", Some(client.sign_in.clone())),
        value("client_id", Some(client.client_id.clone())),
        value("tenant", client.tenant.clone()),
        value("secret_ends_at", client.secret_ends_at.map(|at| at.millis().to_string())),
        value("authorize_url", client.authorize_url.clone()),
        value("token_url", client.token_url.clone()),
    ]
}
