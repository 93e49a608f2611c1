//! What a screen knows about its reader: who it is, which language, which zone, what time it is.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use maud::Markup;
use values::{Language, Timestamp};
use web::{Htmx, SessionCookie, SessionToken, Times, accepted_language, go_to, see_other};

use super::error::HttpError;
use crate::App;
use crate::feature::{new_ticket, oauth, outbox, settings};
use crate::record::actor::{Acting, Actor, Denied};
use crate::record::administration::By;
use crate::record::counters;
use crate::record::directory::Directory;
use crate::record::frame::{
    Around, Banner, BannerKind, Bare, Density, Frame, Keys, Place, Refusal, Theme, Toast,
    refusal_page as print_refusal,
};
use crate::record::show;

/// A signed-in reader of a page.
#[derive(Clone)]
pub struct Screen {
    /// The running Laufzettel.
    pub app: App,
    /// Who reads.
    pub actor: Arc<Actor>,
    /// The language of the page.
    pub language: Language,
    /// The present moment.
    pub now: Timestamp,
    /// The lists.
    pub directory: Arc<Directory>,
    /// What htmx says about the request.
    pub htmx: Htmx,
    /// Path and query of the request.
    pub here: String,
}

impl FromRequestParts<App> for Screen {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let reader = Reader::of(&parts.headers, &parts.uri);
        let actor = match reader.actor(app).await {
            Ok(Some(actor)) => actor,
            Ok(None) => return Err(reader.sign_in(&parts.method)),
            Err(error) => return Err(error.into_response()),
        };
        let directory = match app.directory().await {
            Ok(directory) => directory,
            Err(failure) => return Err(HttpError::from(failure).into_response()),
        };
        Ok(Self {
            app: app.clone(),
            language: reader.language(app, Some(&actor)),
            now: app.now(),
            directory,
            htmx: Htmx::read(&parts.headers),
            here: reader.here,
            actor,
        })
    }
}

impl OptionalFromRequestParts<App> for Screen {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Infallible> {
        Ok(<Self as FromRequestParts<App>>::from_request_parts(parts, app).await.ok())
    }
}

impl Screen {
    /// How moments are printed for this reader.
    pub fn times(&self) -> Times {
        Times { language: self.language, zone: self.app.config.time_zone.clone(), now: self.now }
    }

    /// Who acts in an operation, and when.
    pub fn acting(&self) -> Acting<'_> {
        Acting { actor: &self.actor, now: self.now, ids: &self.app.ids }
    }

    /// Who changes settings, for their history.
    pub fn by(&self) -> By<'_> {
        By::person(self.acting())
    }

    /// Goes on only for who may change the settings of the house.
    pub fn manage_house(&self) -> Result<(), Denied> {
        if self.actor.may_manage_house() { Ok(()) } else { Err(Denied::NotAllowed) }
    }

    /// Goes on only for administrators: whoever gives rights to others could give himself more.
    pub fn administrate(&self) -> Result<(), Denied> {
        if self.actor.is_administrator() { Ok(()) } else { Err(Denied::NotAllowed) }
    }

    /// The frame around a page at this place of the navigation.
    pub async fn frame(&self, place: Place) -> Result<Frame, HttpError> {
        self.frame_with(place, Vec::new()).await
    }

    /// The frame around a page that also says something.
    pub async fn frame_with(&self, place: Place, toasts: Vec<Toast>) -> Result<Frame, HttpError> {
        let counts = self.app.counters(&self.actor).await?;
        let banners = self.banners().await?;
        Ok(Frame {
            language: self.language,
            zone: self.app.config.time_zone.iana_name().unwrap_or("UTC").to_owned(),
            theme: self.actor.theme.as_deref().and_then(Theme::from_code).unwrap_or_default(),
            density: density(&self.actor),
            keys: if self.actor.keys { Keys::On } else { Keys::Off },
            person: show::person(&self.actor.name),
            counters: counters::show(&counts, &self.directory, self.language, place),
            here: self.here.clone(),
            toasts,
            question: None,
            banners,
            can_create: new_ticket::may_create(&self.actor, &self.directory),
            administrates: self.actor.is_administrator(),
            has_sandbox: self.app.config.is_demo,
        })
    }

    /// The states of the whole product. Only administrators can do something about mail servers.
    async fn banners(&self) -> Result<Vec<Banner>, HttpError> {
        let mut banners: Vec<Banner> = self.storage_full().into_iter().collect();
        banners.extend(settings::mail_banners(self));
        if self.actor.is_administrator() {
            banners.extend(oauth::banners(self));
            banners.extend(outbox::banners(self, &self.app.relaying().await?));
        }
        Ok(banners)
    }

    fn storage_full(&self) -> Option<Banner> {
        let texts = crate::texts::common(self.language);
        self.app.db.is_storage_full().then(|| Banner {
            kind: BannerKind::Failed,
            heading: texts.storage_full().to_owned(),
            text: texts.storage_full_text().to_owned(),
            link: None,
            act: None,
        })
    }
}

fn density(actor: &Actor) -> Density {
    actor.density.as_deref().and_then(Density::from_code).unwrap_or_default()
}

/// What a request says about its reader, before anybody asked the database.
struct Reader {
    headers: HeaderMap,
    here: String,
}

impl Reader {
    fn of(headers: &HeaderMap, uri: &Uri) -> Self {
        let here = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Self { headers: headers.clone(), here }
    }

    fn token(&self, app: &App) -> Option<SessionToken> {
        SessionCookie::new(&app.base_url).read(&self.headers)
    }

    async fn actor(&self, app: &App) -> Result<Option<Arc<Actor>>, HttpError> {
        match self.token(app) {
            Some(token) => Ok(app.sessions.of_session(&app.db, token.as_str(), app.now()).await?),
            None => Ok(None),
        }
    }

    fn language(&self, app: &App, actor: Option<&Actor>) -> Language {
        actor.and_then(|actor| actor.language).unwrap_or_else(|| language_of(app, &self.headers))
    }

    /// To the sign-in page, and back here afterwards. A form that was sent leads to the page it
    /// was sent from only by the reader's own way.
    fn sign_in(&self, method: &axum::http::Method) -> Response {
        let back = match *method == axum::http::Method::GET {
            true => self.here.as_str(),
            false => "/",
        };
        let path = format!("/signin?back={}", crate::http::encode(back));
        match Htmx::read(&self.headers).fragment {
            true => go_to(&path),
            false => see_other(&path),
        }
    }
}

/// The language that a browser asks for, else the configured one.
pub fn language_of(app: &App, headers: &HeaderMap) -> Language {
    let accepted = headers.get("accept-language").and_then(|value| value.to_str().ok());
    accepted.and_then(accepted_language).unwrap_or(app.config.language)
}

/// What the form of an error depends on.
pub struct Asks {
    /// The request came to the API.
    pub is_api: bool,
    reader: Reader,
}

impl Asks {
    /// Reads the request.
    pub fn of(request: &Request) -> Self {
        let path = request.uri().path();
        let is_api = path.starts_with("/api/");
        Self { is_api, reader: Reader::of(request.headers(), request.uri()) }
    }
}

/// The page that says why something is not shown.
pub async fn refusal_page(app: &App, asks: &Asks, refusal: &Refusal) -> Markup {
    let actor = asks.reader.actor(app).await.ok().flatten();
    let language = asks.reader.language(app, actor.as_deref());
    let bare = bare(language, "/");
    let Some(actor) = actor else { return print_refusal(Around::Bare(&bare), refusal) };
    let Ok(directory) = app.directory().await else {
        return print_refusal(Around::Bare(&bare), refusal);
    };
    let screen = Screen {
        app: app.clone(),
        actor,
        language,
        now: app.now(),
        directory,
        htmx: Htmx::read(&asks.reader.headers),
        here: asks.reader.here.clone(),
    };
    match screen.frame(Place::Elsewhere).await {
        Ok(frame) => print_refusal(Around::Frame(&frame), refusal),
        Err(_) => print_refusal(Around::Bare(&bare), refusal),
    }
}

/// What stands around a page for readers who are not signed in.
pub fn bare(language: Language, path: &str) -> Bare {
    let with = |code: &str| match path.contains('?') {
        true => format!("{path}&language={code}"),
        false => format!("{path}?language={code}"),
    };
    Bare { language, languages: [with("de"), with("en")] }
}

/// The names of those who can grant a right.
pub async fn administrators(app: &App) -> Vec<String> {
    match crate::feature::agents::list(&app.db).await {
        Ok(agents) => agents
            .into_iter()
            .filter(|agent| agent.active && agent.role == "administrator")
            .map(|agent| agent.name)
            .take(3)
            .collect(),
        Err(_) => Vec::new(),
    }
}
