//! Who calls: the agent behind a bearer token, and whether the token is made for what it asks.
//!
//! Cookies are never read here. A token acts as its agent and never more: its scopes only take away.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rules::right::Level;
use values::Timestamp;
use web::{Problem, bearer_token};

use crate::App;
use crate::http::error::HttpError;
use crate::record::actor::{Acting, Actor, Areas, Denied, Scope};
use crate::record::administration::By;
use crate::record::directory::Directory;

/// The header in which a program names itself, so that it knows its own changes again in the
/// history and does not carry them back (F-NEW-15).
const CALLER_HEADER: &str = "laufzettel-caller";
/// Letters of that name.
const CALLER_LETTERS_MAX: usize = 100;

/// A call of the API with everything a handler needs.
#[derive(Clone)]
pub struct Call {
    /// The running Laufzettel.
    pub app: App,
    /// Who acts.
    pub actor: Arc<Actor>,
    /// The lists.
    pub directory: Arc<Directory>,
    /// The present moment.
    pub now: Timestamp,
}

/// What a token must be made for.
pub trait Needs {
    /// One of these scopes is enough; none means that every token will do.
    const ANY_OF: &'static [Scope];
}

macro_rules! needs {
    ($($(#[$doc:meta])* $name:ident: [$($scope:ident),*];)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name;

        impl Needs for $name {
            const ANY_OF: &'static [Scope] = &[$(Scope::$scope),*];
        }
    )*};
}

needs! {
    /// Every token will do.
    AnyScope: [];
    /// Reading tickets.
    TicketsRead: [TicketsRead];
    /// Writing tickets.
    TicketsWrite: [TicketsWrite];
    /// Reading the journal.
    MailsRead: [MailsRead];
    /// Delivering mails.
    MailsWrite: [MailsWrite];
    /// Reading contacts and companies.
    ContactsRead: [ContactsRead];
    /// Writing contacts and companies.
    ContactsWrite: [ContactsWrite];
    /// Reading lists, which is needed to make sense of tickets.
    ListsRead: [TicketsRead, TicketsWrite, Settings];
    /// Settings.
    Settings: [Settings];
}

/// A call by a token that is made for it.
pub struct Caller<N> {
    call: Call,
    needs: PhantomData<N>,
}

impl<N> Deref for Caller<N> {
    type Target = Call;

    fn deref(&self) -> &Call {
        &self.call
    }
}

impl<N> DerefMut for Caller<N> {
    fn deref_mut(&mut self) -> &mut Call {
        &mut self.call
    }
}

impl<N: Needs> FromRequestParts<App> for Caller<N> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let now = app.now();
        let actor = match bearer_token(&parts.headers) {
            Some(secret) => app.sessions.of_token(&app.db, secret, now).await,
            None => return Err(unauthorized("Bearer")),
        };
        let actor = match actor {
            Ok(Some(actor)) => actor,
            Ok(None) => return Err(unauthorized("Bearer error=\"invalid_token\"")),
            Err(failure) => return Err(HttpError::from(failure).into_response()),
        };
        if !N::ANY_OF.is_empty() && !N::ANY_OF.iter().any(|scope| actor.has_scope(*scope)) {
            return Err(HttpError::from(missing_scope(N::ANY_OF)).into_response());
        }
        let directory = match app.directory().await {
            Ok(directory) => directory,
            Err(failure) => return Err(HttpError::from(failure).into_response()),
        };
        let actor = named(actor, &parts.headers);
        let call = Call { app: app.clone(), actor, directory, now };
        Ok(Self { call, needs: PhantomData })
    }
}

/// The actor under the name that the program gives itself in this request.
fn named(actor: Arc<Actor>, headers: &HeaderMap) -> Arc<Actor> {
    let name = headers.get(CALLER_HEADER).and_then(|value| value.to_str().ok()).map(str::trim);
    match name.filter(|name| !name.is_empty()) {
        Some(name) => {
            let caller = name.chars().take(CALLER_LETTERS_MAX).collect();
            Arc::new(Actor { caller: Some(caller), ..Actor::clone(&actor) })
        }
        None => actor,
    }
}

/// No token, or none that counts (RFC 6750 section 3). Which of both is not told in the body.
fn unauthorized(challenge: &'static str) -> Response {
    let challenge = [(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge))];
    (challenge, Problem::new(StatusCode::UNAUTHORIZED, "unauthorized")).into_response()
}

fn missing_scope(any_of: &[Scope]) -> Problem {
    let scopes: Vec<_> = any_of.iter().map(|scope| scope.code()).collect();
    let detail = format!("the token needs the scope {}", scopes.join(" or "));
    Problem::new(StatusCode::FORBIDDEN, "missing_scope").with_detail(detail)
}

impl Call {
    /// Who acts in an operation, and when.
    pub fn acting(&self) -> Acting<'_> {
        Acting { actor: &self.actor, now: self.now, ids: &self.app.ids }
    }

    /// Who changes settings, for their history.
    pub fn by(&self) -> By<'_> {
        By::person(self.acting())
    }

    /// Whether the actor may change the settings of the house.
    pub fn may_manage_house(&self) -> bool {
        self.actor.may_manage_house()
    }

    /// Goes on only for who may change the settings of the house.
    pub fn manage_house(&self) -> Result<(), Denied> {
        if self.may_manage_house() { Ok(()) } else { Err(Denied::NotAllowed) }
    }

    /// Goes on only for administrators: whoever gives rights to others could give himself more.
    pub fn administrate(&self) -> Result<(), Denied> {
        if self.actor.is_administrator() { Ok(()) } else { Err(Denied::NotAllowed) }
    }

    /// Goes on only for who has this level in at least one area.
    pub fn has_level_somewhere(&self, level: Level) -> Result<(), Denied> {
        match self.actor.areas_with(level) {
            Areas::Some(areas) if areas.is_empty() => Err(Denied::NotAllowed),
            _ => Ok(()),
        }
    }

    /// Forgets the lists that are held in memory, because this call changed them.
    pub fn forget_lists(&self) {
        self.app.forget_lists();
    }
}
