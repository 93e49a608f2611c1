//! Handlers of one's own password and sessions.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use web::{Form, SessionCookie, see_other};

use super::sessions::{EndSessions, Which};
use super::web::{refused, stored};
use crate::feature::passwords::{self, ChangePassword};
use crate::feature::signin::password;
use crate::feature::signin::store::candidate;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::service::blobs::Hash;
use crate::service::keys::sha256;
use crate::texts;

/// The hash of the secret of this browser's session.
pub fn own_session(screen: &Screen, headers: &HeaderMap) -> Result<Hash, Denied> {
    let token = SessionCookie::new(&screen.app.base_url).read(headers).ok_or(Denied::NotAllowed)?;
    Ok(sha256(token.as_str().as_bytes()))
}

/// Changes the password of whoever knows the present one.
pub async fn change_password(screen: Screen, headers: HeaderMap, mut typed: Form) -> Answer {
    let kept = own_session(&screen, &headers)?;
    let status = match current_hash(&screen, &mut typed).await? {
        Asked::Fits(before) => {
            passwords::check(screen.language, &mut typed);
            if typed.is_fine() && changed(&screen, &before, &typed, kept).await? {
                return Ok(see_other("/profile?told=password"));
            }
            if typed.is_fine() {
                typed.refuse("current", texts::profile(screen.language).current_wrong());
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Asked::Differs => {
            passwords::check(screen.language, &mut typed);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Asked::TooOften => StatusCode::TOO_MANY_REQUESTS,
    };
    let page = stored(&screen, kept).await?;
    refused(&screen, status, &super::page::ProfilePage { password: typed, ..page }).await
}

/// How asking for the present password ended.
enum Asked {
    /// It is the one with this hash.
    Fits(String),
    /// It is another one; the form says so.
    Differs,
    /// Somebody tries; the form says how long to wait.
    TooOften,
}

/// Compares what was typed with the present password. Whoever finds an open screen cannot try all
/// words, so tries are counted as when signing in.
async fn current_hash(screen: &Screen, typed: &mut Form) -> Result<Asked, HttpError> {
    let texts = texts::profile(screen.language);
    let tries = format!("own password {}", screen.actor.agent);
    if let Err(wait) = screen.app.sign_ins.take(&tries, screen.now) {
        typed.refuse("current", texts.too_often(wait.as_secs().div_ceil(60)));
        return Ok(Asked::TooOften);
    }
    let found = candidate(&screen.app.db, &screen.actor.email).await?;
    let hash = found.and_then(|found| found.password_hash);
    if !password::fits(typed.raw("current"), hash.clone()).await? {
        typed.refuse("current", texts.current_wrong());
        return Ok(Asked::Differs);
    }
    screen.app.sign_ins.forget(&tries);
    Ok(hash.map_or(Asked::Differs, Asked::Fits))
}

/// Changes the password, unless somebody else has done so meanwhile.
async fn changed(
    screen: &Screen,
    before: &str,
    typed: &Form,
    kept: Hash,
) -> Result<bool, HttpError> {
    let after = password::hash(typed.raw("password")).await?;
    let (agent, by) = (screen.actor.agent, screen.by());
    let change = ChangePassword { agent, hashes: (before, &after), kept, by };
    let is_changed = screen.app.db.write(&change).await?;
    screen.app.forget_lists();
    Ok(is_changed)
}

/// Ends all sessions but this one.
pub async fn sign_out_elsewhere(screen: Screen, headers: HeaderMap) -> Answer {
    let which = Which::Others(own_session(&screen, &headers)?);
    end(&screen, which).await?;
    Ok(see_other("/profile?told=elsewhere").into_response())
}

/// Ends one session.
pub async fn end_session(screen: Screen, Path(mark): Path<String>) -> Answer {
    end(&screen, Which::One(mark)).await?;
    Ok(see_other("/profile?told=ended").into_response())
}

async fn end(screen: &Screen, which: Which) -> Result<(), HttpError> {
    let (agent, name) = (screen.actor.agent, screen.actor.name.as_str());
    screen.app.db.write(&EndSessions { agent, name, which, by: screen.by() }).await?;
    screen.app.sessions.drop_actors();
    Ok(())
}
