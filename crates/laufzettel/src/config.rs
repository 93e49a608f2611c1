//! The configuration: a TOML file, each key overridable by the environment.
//!
//! Only what a process must know before it has a database stands here; all the rest is data.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use toml::{Table, Value};
use values::Language;
use web::Network;

mod bucket;
mod environment;
mod folder;
mod keys;
mod read;
mod relay;

pub use bucket::BucketPlace;
pub use relay::ConfiguredRelay;

use read::{flag, secret, section, socket, text, texts};

/// What a process needs to know before it has a database.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the web server listens.
    pub listen: SocketAddr,
    /// The address under which people reach it, without a slash at the end.
    pub base_url: String,
    /// The folder of the database, the blobs and the key.
    pub data_dir: PathBuf,
    /// `sqlite`, or the address of a PostgreSQL database.
    pub database_url: Secret,
    /// The file with the master key; `data_dir/key` when missing.
    pub secret_key_file: Option<PathBuf>,
    /// Proxies whose forwarded headers count.
    pub trusted_proxies: Vec<String>,
    /// Whether plain http is allowed on other addresses than loopback.
    pub allow_http: bool,
    /// Whether mail servers may be reached without TLS beyond loopback.
    pub allow_plaintext_mail: bool,
    /// The language where nothing else decides.
    pub language: Language,
    /// The zone that decides numbering, deadlines and filters.
    pub time_zone: jiff::tz::TimeZone,
    /// The name of the zone.
    pub time_zone_name: String,
    /// Where the LMTP listener listens, if it is on.
    pub lmtp_listen: Option<SocketAddr>,
    /// The bucket of large blobs; without one they lie in `data_dir/blobs`.
    pub bucket: Option<BucketPlace>,
    /// The mail server for all senders without their own.
    pub smtp: Option<ConfiguredRelay>,
    /// A PEM file with the only certificates that mail servers may be signed by; without it those
    /// of the system count.
    pub mail_roots_file: Option<PathBuf>,
    /// Whether this is the sample company.
    pub is_demo: bool,
    /// Whether PostgreSQL may be migrated at this start.
    pub migrate: bool,
}

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

/// What is wrong with the configuration, in one sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem(pub String);

impl fmt::Display for ConfigProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Config {
    /// Reads the file, if there is one, and the environment.
    pub fn load(
        file: Option<&Path>,
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, ConfigProblem> {
        let mut table = match file {
            Some(file) => read_file(file)?,
            None => Table::new(),
        };
        environment::set_all(&mut table, environment)?;
        keys::check(&table)?;
        let mut config = Self::from_table(&table)?;
        let bucket = config.bucket.take();
        config.bucket = bucket.map(|place| bucket::with_keys(place, environment)).transpose()?;
        Ok(config)
    }

    /// The configuration for a data folder, with everything else at its default.
    pub fn for_folder(data_dir: &Path) -> Result<Self, ConfigProblem> {
        let mut table = Table::new();
        table.insert("data_dir".into(), Value::String(data_dir.display().to_string()));
        Self::from_table(&table)
    }

    fn from_table(table: &Table) -> Result<Self, ConfigProblem> {
        let listen = socket(table, "listen", "listen")?
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let base_url = text(table, "base_url")?.unwrap_or_else(|| format!("http://{listen}"));
        let zone = text(table, "time_zone")?.unwrap_or_else(|| "Europe/Berlin".to_owned());
        let lmtp = section(table, "lmtp")?;
        Ok(Self {
            listen,
            base_url: base_url.trim_end_matches('/').to_owned(),
            data_dir: text(table, "data_dir")?.unwrap_or_else(|| "data".to_owned()).into(),
            database_url: database_url(secret(table, "database_url", "database_url")?)?,
            secret_key_file: text(table, "secret_key_file")?.map(PathBuf::from),
            trusted_proxies: proxies(texts(table, "trusted_proxies")?)?,
            allow_http: flag(table, "allow_http")?,
            allow_plaintext_mail: flag(table, "allow_plaintext_mail")?,
            language: language(text(table, "language")?)?,
            time_zone: time_zone(&zone)?,
            time_zone_name: zone,
            bucket: bucket::read(text(table, "blobs")?.as_deref())?,
            lmtp_listen: lmtp.map_or(Ok(None), |lmtp| socket(lmtp, "listen", "lmtp.listen"))?,
            smtp: relay::read(table)?,
            mail_roots_file: text(table, "mail_roots_file")?.map(PathBuf::from),
            is_demo: false,
            migrate: false,
        })
    }

    /// The file of the embedded database.
    pub fn sqlite_file(&self) -> PathBuf {
        self.data_dir.join("laufzettel.db")
    }

    /// Whether this is the address of a proxy of ours.
    pub fn trusts(&self, address: IpAddr) -> bool {
        let mut networks = self.trusted_proxies.iter().filter_map(|text| text.parse().ok());
        networks.any(|network: Network| network.contains(address))
    }

    /// Refuses plain http where others could listen in (decision 30).
    pub fn check_base_url(&self) -> Result<(), ConfigProblem> {
        let (scheme, rest) = self.base_url.split_once("://").unwrap_or(("", &self.base_url));
        let host = host_of(rest);
        match scheme {
            "https" => Ok(()),
            "http" if self.allow_http || is_loopback(host) => Ok(()),
            "http" => problem(format!(
                "base_url is plain http on {host}: put a proxy with https in front and write https://… there, or set allow_http = true"
            )),
            _ => problem("base_url must begin with https:// or http://".to_owned()),
        }
    }
}

fn host_of(rest: &str) -> &str {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match authority.strip_prefix('[').and_then(|v6| v6.split_once(']')) {
        Some((v6, _)) => v6,
        None => authority.split(':').next().unwrap_or_default(),
    }
}

/// Whether a host name means the own machine.
pub fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn problem<T>(text: String) -> Result<T, ConfigProblem> {
    Err(ConfigProblem(text))
}

fn read_file(file: &Path) -> Result<Table, ConfigProblem> {
    let shown = file.display();
    let text = fs::read_to_string(file).map_err(|error| {
        ConfigProblem(format!(
            "cannot read the configuration {shown} ({error}); name a file that can be read with --config"
        ))
    })?;
    text.parse().map_err(|error: toml::de::Error| {
        let message = error.message().to_owned();
        let line = error
            .span()
            .map_or(0, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        ConfigProblem(format!("{shown}, line {line}: {message}"))
    })
}

fn database_url(address: Option<String>) -> Result<Secret, ConfigProblem> {
    let Some(address) = address else { return Ok(Secret("sqlite".to_owned())) };
    let is_postgres =
        ["postgres://", "postgresql://"].iter().any(|scheme| address.starts_with(scheme));
    // The address may hold a password, so it is not repeated.
    match address == "sqlite" || is_postgres {
        true => Ok(Secret(address)),
        false => problem(
            "database_url must be \"sqlite\" or like postgres://user:password@host/name".to_owned(),
        ),
    }
}

fn proxies(texts: Vec<String>) -> Result<Vec<String>, ConfigProblem> {
    match texts.iter().find(|text| text.parse::<Network>().is_err()) {
        None => Ok(texts),
        Some(odd) => problem(format!(
            "trusted_proxies: {odd} is no address; write addresses or blocks of them, like 10.0.0.1 or 10.0.0.0/8"
        )),
    }
}

fn language(code: Option<String>) -> Result<Language, ConfigProblem> {
    match code {
        None => Ok(Language::German),
        Some(code) => Language::from_code(&code)
            .ok_or_else(|| ConfigProblem("language must be \"de\" or \"en\"".to_owned())),
    }
}

fn time_zone(name: &str) -> Result<jiff::tz::TimeZone, ConfigProblem> {
    jiff::tz::TimeZone::get(name).map_err(|_| {
        ConfigProblem(format!("time_zone {name} is unknown; write a name like Europe/Berlin"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(file: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("laufzettel.toml");
        fs::write(&path, file).unwrap();
        let environment =
            environment.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Config::load(Some(&path), &environment).map_err(|problem| problem.0)
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_the_nearest_one() {
        assert_eq!(
            loaded("lisen = \"127.0.0.1:1\"", &[]).unwrap_err(),
            "unknown key lisen; the nearest known one is listen"
        );
        assert_eq!(
            loaded("[lmtp]\nlistn = \"127.0.0.1:1\"", &[]).unwrap_err(),
            "unknown key lmtp.listn; the nearest known one is lmtp.listen"
        );
    }

    #[test]
    fn the_environment_goes_before_the_file() {
        let config = loaded(
            "listen = \"127.0.0.1:1\"\nlanguage = \"de\"",
            &[
                ("LAUFZETTEL__LISTEN", "127.0.0.1:2"),
                ("LAUFZETTEL__LMTP__LISTEN", "127.0.0.1:3"),
                ("LAUFZETTEL__ALLOW_HTTP", "true"),
                ("OTHER", "x"),
            ],
        )
        .unwrap();
        assert_eq!(config.listen.port(), 2);
        assert_eq!(config.lmtp_listen.unwrap().port(), 3);
        assert!(config.allow_http);
    }

    #[test]
    fn a_wrong_value_says_what_is_wanted() {
        assert!(loaded("listen = \"here\"", &[]).unwrap_err().contains("like 127.0.0.1:8080"));
        assert!(loaded("time_zone = \"Mars\"", &[]).unwrap_err().contains("Europe/Berlin"));
        assert!(loaded("allow_http = 1", &[]).unwrap_err().contains("true or false"));
        assert!(loaded("listen = ", &[]).unwrap_err().contains("line 1"));
    }

    #[test]
    fn a_text_from_the_environment_needs_no_quotes() {
        let folder = |value: &str| {
            loaded("", &[("LAUFZETTEL__DATA_DIR", value)]).unwrap().data_dir.display().to_string()
        };
        for value in ["12345", "true", "[a]", "2026-11-21", "1.5", "/var/lib/laufzettel"] {
            assert_eq!(folder(value), value);
        }
        assert_eq!(folder("\"in quotes\""), "in quotes");
        let proxies = [("LAUFZETTEL__TRUSTED_PROXIES", "[\"10.0.0.1\"]")];
        assert_eq!(loaded("", &proxies).unwrap().trusted_proxies, ["10.0.0.1"]);
        let flag = loaded("", &[("LAUFZETTEL__ALLOW_HTTP", "perhaps")]).unwrap_err();
        assert_eq!(flag, "allow_http must be true or false");
    }

    #[test]
    fn a_secret_of_the_environment_goes_before_the_file_whichever_form_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("url").display().to_string();
        fs::write(&path, "postgres://in/file\n").unwrap();
        let address = |file: &str, name: &str, value: &str| {
            loaded(file, &[(name, value)]).unwrap().database_url.0
        };
        let direct = "database_url = \"sqlite\"";
        let by_file = address(direct, "LAUFZETTEL__DATABASE_URL_FILE", &path);
        assert_eq!(by_file, "postgres://in/file");
        let in_file = format!("database_url_file = \"{path}\"");
        assert_eq!(address(&in_file, "LAUFZETTEL__DATABASE_URL", "sqlite"), "sqlite");
    }

    #[test]
    fn what_could_never_work_is_refused_at_once() {
        let relay = |more: &str| loaded(&format!("[smtp]\n{more}"), &[]);
        let odd = "smtp.url must be like smtps://user@mail.example.de:465";
        for url in ["quatsch", "https://mail.example.de", "smtps://", "smtps://a.de/x", ""] {
            assert_eq!(relay(&format!("url = \"{url}\"")).unwrap_err(), odd, "{url}");
        }
        assert_eq!(relay("password = \"x\"").unwrap_err(), odd);
        let good = "url = \"smtps://user@mail.example.de:465\"";
        relay(&format!("{good}\npassword = \"x\"")).unwrap();
        let missing = relay(&format!("{good}\npassword_file = \"/nowhere/x\"")).unwrap_err();
        assert!(missing.contains("name in smtp.password_file a file"), "{missing}");
        let proxy = loaded("trusted_proxies = [\"10.0.0.0/8\", \"quatsch\"]", &[]).unwrap_err();
        assert!(proxy.starts_with("trusted_proxies: quatsch is no address"), "{proxy}");
        let database = loaded("database_url = \"mysql://a:geheim@b\"", &[]).unwrap_err();
        assert!(database.contains("postgres://user:password@host/name"), "{database}");
        assert!(!database.contains("geheim"), "{database}");
    }

    #[test]
    fn plain_http_is_for_the_own_machine_unless_allowed() {
        let check = |file: &str| loaded(file, &[]).unwrap().check_base_url().is_ok();
        assert!(check("base_url = \"https://tickets.example.de\""));
        assert!(check("base_url = \"http://[::1]:8080\""));
        assert!(!check("base_url = \"http://tickets.example.de\""));
        assert!(check("base_url = \"http://tickets.example.de\"\nallow_http = true"));
        assert!(!check("base_url = \"tickets.example.de\""));
    }

    #[test]
    fn the_database_address_is_never_printed() {
        let config = loaded("database_url = \"postgres://a:geheim@b/c\"", &[]).unwrap();
        assert!(!format!("{config:?}").contains("geheim"));
    }
}
