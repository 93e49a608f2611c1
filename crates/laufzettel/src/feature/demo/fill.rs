//! Writes the past of the sample company.
//!
//! Tickets begin one after the other, because their numbers are drawn in the order of time; what
//! happens in them afterwards is written for many at once, so that they share commits.

use std::sync::Arc;
use std::time::Duration;

use db::{Failure, Reading, Result, View};
use tokio::task::JoinSet;
use values::Timestamp;

use super::blocks;
use super::calendar::Calendar;
use super::company::Company;
use super::conversation::{self, Conversation};
use super::setup::set_up;
use super::store::ForgetJobs;
use super::story::Story;
use crate::App;
use crate::feature::intake::StoredMail;
use crate::feature::text_blocks;
use crate::record::actor::{self, Actor};
use crate::record::directory::Directory;

/// Tickets in work at the same time: enough to share commits.
const AT_A_TIME: usize = 64;
/// The company is that much older than its past.
const BEFORE: Duration = Duration::from_secs(24 * 3600);

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Tickets.
    pub tickets: usize,
    /// Mails in the journal.
    pub mails: usize,
}

/// Everything that conversations need.
pub(super) struct World {
    pub(super) company: Company,
    pub(super) calendar: Calendar,
    pub(super) directory: Arc<Directory>,
    pub(super) actors: Vec<Actor>,
    past: Vec<Conversation>,
}

/// Fills an empty installation with the sample company and its past up to `now`.
///
/// Nothing else may take in mails meanwhile: the numbers of tickets follow from their order.
pub async fn fill(app: &App, now: Timestamp) -> Result<Filled> {
    let company = Company::load().map_err(Failure::other)?;
    let calendar = Calendar::new(now, app.config.time_zone.clone());
    let past = conversation::all(&company, &calendar).map_err(Failure::other)?;
    let begins = past.iter().flat_map(|one| one.steps.first()).map(|step| step.at).min();
    set_up(app, &company, begins.unwrap_or(now).minus(BEFORE)).await?;
    let directory = app.directory().await?;
    let actors = app.db.read(&ReadActors { directory: &directory }).await?;
    if let Some(actor) = actors.iter().find(|actor| text_blocks::may_share(actor)) {
        blocks::add(app, &directory, actor, now).await?;
    }
    let world = Arc::new(World { company, calendar, past, directory, actors });
    begin(app, &world).await?;
    let mails = on_each(app, &world, go_on).await?.iter().map(|(_, mails)| mails).sum();
    app.db.write(&ForgetJobs).await?;
    app.forget_counters();
    let tickets = world.past.iter().filter(|one| one.number.is_some()).count();
    Ok(Filled { tickets, mails })
}

struct ReadActors<'a> {
    directory: &'a Directory,
}

impl Reading for ReadActors<'_> {
    type Outcome = Vec<Actor>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Actor>> {
        let mut actors = Vec::new();
        for agent in &self.directory.agents {
            actors.extend(actor::load(view, agent.id).await?);
        }
        Ok(actors)
    }
}

impl World {
    pub(super) fn conversation(&self, place: usize) -> Result<&Conversation> {
        self.past.get(place).ok_or_else(|| Failure::other("a conversation is missing"))
    }
}

/// Works on many conversations at once, and gives the results by their places.
async fn on_each<T, W>(
    app: &App,
    world: &Arc<World>,
    work: fn(App, Arc<World>, usize) -> W,
) -> Result<Vec<(usize, T)>>
where
    T: Send + 'static,
    W: Future<Output = Result<T>> + Send + 'static,
{
    let mut working = JoinSet::new();
    let mut done = Vec::new();
    for place in 0..world.past.len() {
        if working.len() >= AT_A_TIME
            && let Some(result) = working.join_next().await
        {
            done.push(result.map_err(Failure::other)??);
        }
        let work = work(app.clone(), Arc::clone(world), place);
        working.spawn(async move { Ok::<_, Failure>((place, work.await?)) });
    }
    while let Some(result) = working.join_next().await {
        done.push(result.map_err(Failure::other)??);
    }
    Ok(done)
}

/// Stores the first mails of all conversations at once and decides about them in their order.
async fn begin(app: &App, world: &Arc<World>) -> Result<()> {
    let mut stored = on_each(app, world, store_first).await?;
    stored.sort_by_key(|(place, _)| *place);
    for (place, stored) in stored {
        Story::new(app, world, place)?.begin(stored).await?;
    }
    Ok(())
}

async fn store_first(app: App, world: Arc<World>, place: usize) -> Result<StoredMail> {
    Story::new(&app, &world, place)?.store_first().await
}

async fn go_on(app: App, world: Arc<World>, place: usize) -> Result<usize> {
    Story::new(&app, &world, place)?.go_on().await
}
