//! What ends soon: secrets of registrations, and sign-ins. Administrators are told in time.

use values::Timestamp;

use super::sign_in_page;
use super::users::Users;
use crate::http::screen::Screen;
use crate::record::directory::Directory;
use crate::record::frame::{Banner, BannerKind};
use crate::record::oauth::{OAuthLogin, Provider};
use crate::texts;

/// A secret is renewed by a person who may have to ask another one first.
const SECRET_DAYS: i64 = 30;
/// Signing in again takes a minute.
const LOGIN_DAYS: i64 = 7;
const DAY_MILLIS: i64 = 24 * 3600 * 1000;

/// What ends, or has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The provider.
    pub provider: Provider,
    /// The account somebody has to sign in to again; none: the secret of the registration.
    pub account: Option<String>,
    /// In how many days; 0 within the next one, less if it has ended.
    pub days: i64,
}

/// What ends soon, or has ended.
pub fn endings(directory: &Directory, now: Timestamp) -> Vec<Ending> {
    let days = |at: Timestamp| at.millis_since(now).div_euclid(DAY_MILLIS);
    let secrets = directory.oauth_clients.iter().filter_map(|client| {
        let days = days(client.secret_ends_at?);
        let provider = Provider::from_code(&client.name)?;
        let is_used = Users::of(directory, provider, None).are_there();
        (is_used && days < SECRET_DAYS).then_some(Ending { provider, account: None, days })
    });
    let is_used = |login: &&OAuthLogin| {
        !directory.is_application(&login.client)
            && Provider::from_code(&login.client)
                .is_some_and(|one| Users::of(directory, one, Some(&login.account)).are_there())
    };
    let logins = directory.oauth_logins.iter().filter(is_used).filter_map(|login| {
        let ended = login.problem.is_some().then_some(-1);
        let days = ended.or_else(|| login.ends_at.map(days))?;
        let provider = Provider::from_code(&login.client)?;
        let account = Some(login.account.clone());
        (days < LOGIN_DAYS).then_some(Ending { provider, account, days })
    });
    secrets.chain(logins).collect()
}

/// A banner for each.
pub fn banners(screen: &Screen) -> Vec<Banner> {
    endings(&screen.directory, screen.now).iter().map(|one| banner(screen, one)).collect()
}

fn banner(screen: &Screen, ending: &Ending) -> Banner {
    let texts = texts::oauth(screen.language);
    let name = ending.provider.name();
    let has_ended = ending.days < 0;
    let days = u64::try_from(ending.days).unwrap_or_default();
    let (heading, text) = match &ending.account {
        Some(account) if has_ended => (texts.login_ended(account), texts.login_ended_text(name)),
        Some(account) => (texts.login_ends(days, account), texts.login_ended_text(name)),
        None if has_ended => (texts.secret_ended(name), texts.secret_ended_text(name)),
        None => (texts.secret_ends(days, name), texts.secret_ended_text(name)),
    };
    let account = ending.account.as_deref().unwrap_or_default();
    Banner {
        kind: if has_ended { BannerKind::Failed } else { BannerKind::Limited },
        heading,
        text,
        link: Some((
            if account.is_empty() { texts.renew_secret() } else { texts.sign_in_again() }
                .to_owned(),
            sign_in_page(ending.provider.code(), account, &screen.here),
        )),
        act: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::oauth::OAuthClient;
    use crate::record::sender::Sender;

    #[test]
    fn a_secret_is_told_of_a_month_before_and_a_sign_in_a_week_before() {
        let now = Timestamp::from_seconds(1_800_000_000);
        let at = |days: i64| Some(now.plus_millis(days * DAY_MILLIS + 1));
        let client = |days| OAuthClient {
            id: values::Id::from_number(1),
            name: "google".to_owned(),
            client_id: "c".to_owned(),
            client_secret: None,
            secret_ends_at: at(days),
            tenant: None,
            authorize_url: None,
            token_url: None,
            sign_in: "person".to_owned(),
            version: 1,
        };
        let login = |days, problem: Option<&str>| OAuthLogin {
            client: "google".to_owned(),
            account: "a@firma.example".to_owned(),
            ends_at: at(days),
            problem: problem.map(str::to_owned),
            signed_in_at: now,
        };
        let look = |is_used: bool,
                    clients: Vec<OAuthClient>,
                    logins: Vec<OAuthLogin>|
         -> Vec<i64> {
            let relay = r#"{"host":"a","port":465,"tls":"implicit","user":"A@firma.example","oauth":"google"}"#;
            let sender = Sender {
                id: values::Id::from_number(1),
                address: "a@firma.example".to_owned(),
                name: "A".to_owned(),
                smtp: is_used.then(|| relay.to_owned()),
                password: None,
                active: true,
                is_default: true,
                version: 1,
            };
            let directory = Directory {
                senders: vec![sender],
                oauth_clients: clients,
                oauth_logins: logins,
                ..Directory::default()
            };
            endings(&directory, now).iter().map(|ending| ending.days).collect()
        };
        let found = |clients, logins| look(true, clients, logins);
        assert_eq!(look(false, vec![client(-1)], vec![login(1, None)]), Vec::<i64>::new());
        assert_eq!(found(vec![client(30)], vec![login(7, None)]), Vec::<i64>::new());
        assert_eq!(found(vec![client(29)], vec![login(6, None)]), [29, 6]);
        assert_eq!(found(vec![client(-1)], vec![login(90, Some("sign_in_again"))]), [-1, -1]);
    }
}
