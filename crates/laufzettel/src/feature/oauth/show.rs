//! From what is known and typed to what the pages show.

use mail::account::NoToken;
use web::{Form, safe_return_path};

use super::exchange::callback;
use super::finish::NotSignedIn;
use super::page::{Failed, LoginRow, RegistrationPage};
use super::sign_in_page;
use crate::http::screen::Screen;
use crate::record::oauth::Provider;
use crate::service::web_client::may_ask;
use crate::texts;

/// The page of a registration.
pub fn registration(
    screen: &Screen,
    provider: Provider,
    (account, back): (&str, &str),
    form: Form,
) -> RegistrationPage {
    let redirect = callback(&screen.app, provider);
    let own = screen.directory.oauth_logins.iter().filter(|one| one.client == provider.code());
    let here = format!("/settings/oauth/{}", provider.code());
    RegistrationPage {
        provider,
        account: account.to_owned(),
        back: safe_return_path(back).unwrap_or("/settings").to_owned(),
        lacks_https: !may_ask(&redirect),
        redirect,
        is_registered: screen.directory.oauth_client(provider.code()).is_some(),
        is_application: screen.directory.is_application(provider.code()),
        form,
        logins: own
            .map(|login| LoginRow {
                account: login.account.clone(),
                since: screen.times().short(login.signed_in_at),
                works: login.problem.is_none(),
                href: sign_in_page(provider.code(), &login.account, &here),
            })
            .collect(),
    }
}

/// Why nobody is signed in.
pub fn failed(screen: &Screen, provider: Provider, reason: NotSignedIn) -> Failed {
    let texts = texts::oauth(screen.language);
    let name = provider.name();
    match reason {
        NotSignedIn::UnknownState => Failed {
            sentence: texts.unknown_state().to_owned(),
            words: String::new(),
            again: format!("/settings/oauth/{}", provider.code()),
        },
        NotSignedIn::NoToken(problem, again) => Failed {
            sentence: match problem {
                NoToken::SignInAgain { .. } => texts.sign_in_ended(name),
                NoToken::ClientRefused { .. } => texts.client_refused(name),
                NoToken::Unavailable { .. } => texts.unavailable(name),
            },
            words: problem.words().to_owned(),
            again,
        },
    }
}
