//! The handler of the page.

use axum::response::IntoResponse;
use values::Timestamp;

use super::ReadRounds;
use super::page::{self, JobsPage, Row, State};
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::frame::Place;
use crate::record::show;
use crate::service::watch::{KnownRound, Round};

/// A worker is late when it has not ended a round for three pauses and this time: rounds are written
/// down every half minute, and one may take a while.
const LATE_MILLIS: i64 = 120_000;

/// All workers.
pub async fn page(screen: Screen) -> Answer {
    screen.administrate()?;
    let known = screen.app.db.read(&ReadRounds).await?;
    let rows = Round::ALL.into_iter().map(|round| row(&screen, round, &known)).collect();
    let frame = screen.frame(Place::Elsewhere).await?;
    Ok(page::page(&frame, &JobsPage { rows }).into_response())
}

fn row(screen: &Screen, round: Round, known: &[KnownRound]) -> Row {
    let times = screen.times();
    let Some(found) = known.iter().find(|one| one.name == round.name()) else {
        return Row { round, last: None, next: None, state: State::Never };
    };
    let pause = round.every();
    let next = found.ran_at.plus(pause);
    let state = match (&found.problem, is_late(screen.now, found.ran_at, round)) {
        (_, true) => State::Late,
        (Some(problem), false) => State::Failed(problem.clone()),
        (None, false) => State::Well,
    };
    Row {
        round,
        last: Some(show::exact_moment(&times, found.ran_at)),
        next: Some(show::exact_moment(&times, next.max(screen.now))),
        state,
    }
}

fn is_late(now: Timestamp, ran_at: Timestamp, round: Round) -> bool {
    let pauses = i64::try_from(round.every().as_millis()).unwrap_or(i64::MAX).saturating_mul(3);
    now.millis_since(ran_at) > pauses.saturating_add(LATE_MILLIS)
}
