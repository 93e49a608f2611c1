//! The worker that does the jobs. Of several processes one does them, under the lease `jobs`.

use std::collections::BTreeMap;
use std::time::Duration;

use db::{Operation, Reading, Result, Tx, View};
use futures_util::{StreamExt as _, stream};
use values::Timestamp;

use super::notice::{Notice, ReadNotice};
use super::render::{Around, render};
use super::{Kind, house, house_mail, letter};
use crate::App;
use crate::record::{OutboundId, TicketId};
use crate::service::blobs::Prepared;
use crate::service::jobs::{self, Due, PutOff};
use crate::service::lease::{Fence, RENEW_EVERY, TakeLease};
use crate::service::outbox::{self, Field, NewMail, Recipient};
use crate::service::watch::Round;
use crate::service::{live, mail_ids};

/// Jobs of one look.
const JOBS_MAX: usize = 50;
/// Tickets whose jobs are in work at the same time: enough to share commits.
const TICKETS_AT_A_TIME: usize = 10;
/// A job that failed waits this long, times the tries so far.
const PAUSE: Duration = Duration::from_secs(30);
/// The name of the lease.
const LEASE: &str = "jobs";

/// Runs until its future is dropped.
pub async fn work(app: App) {
    let mut notices = app.db.listen();
    loop {
        let take = TakeLease { name: LEASE, holder: app.process, now: app.now() };
        let done = match app.db.write(&take).await {
            Ok(Some(fence)) => due(&app, &fence).await,
            // Another process does them.
            Ok(None) => Ok(0),
            Err(failure) => Err(failure),
        };
        app.watch.ran(Round::Notices, app.now(), &done);
        match done {
            // Others may wait behind them; nobody calls for those once more.
            Ok(JOBS_MAX) => continue,
            Ok(_) => {}
            Err(failure) => tracing::error!(%failure, "cannot read the jobs"),
        }
        let called = async {
            while let Ok(notice) = notices.recv().await {
                if notice.topic == live::JOB {
                    return;
                }
            }
        };
        // Whether a notice came or the time is over: look again.
        if tokio::time::timeout(RENEW_EVERY, called).await.is_ok() {
            notices = app.db.listen();
        }
    }
}

/// Does the oldest jobs that are due, [`JOBS_MAX`] at most, and says how many were begun. Those of one
/// ticket are done in their order, those of several side by side: so they share commits.
pub async fn due(app: &App, fence: &Fence) -> Result<usize> {
    let jobs = app.db.read(&ReadDue { now: app.now() }).await?;
    let begun = jobs.len();
    let mut by_ticket: BTreeMap<Option<TicketId>, Vec<Due>> = BTreeMap::new();
    for job in jobs {
        by_ticket.entry(job.ticket).or_default().push(job);
    }
    let of_tickets = by_ticket.into_values().map(|some| attend(app, fence, some));
    let all: Vec<Result<()>> =
        stream::iter(of_tickets).buffer_unordered(TICKETS_AT_A_TIME).collect().await;
    all.into_iter().collect::<Result<()>>()?;
    Ok(begun)
}

/// Does jobs one after the other, and puts off what fails.
async fn attend(app: &App, fence: &Fence, jobs: Vec<Due>) -> Result<()> {
    for job in jobs {
        let Err(failure) = handle(app, fence, &job).await else { continue };
        tracing::warn!(%failure, job = job.kind, "a job failed and is tried again");
        let tries = u32::try_from(job.attempts.clamp(0, 20)).unwrap_or_default() + 1;
        let put_off = PutOff { job: job.id, pause: PAUSE * tries, now: app.now() };
        app.db.write(&put_off).await?;
    }
    Ok(())
}

struct ReadDue {
    now: Timestamp,
}

impl Reading for ReadDue {
    type Outcome = Vec<Due>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Due>> {
        let limit = i64::try_from(JOBS_MAX).map_err(db::Failure::other)?;
        jobs::due(view, self.now, limit).await
    }
}

async fn handle(app: &App, fence: &Fence, job: &Due) -> Result<()> {
    if letter::is_letter(&job.kind) {
        return letter::handle(app, fence, job).await;
    }
    if house::is_for_house(&job.kind) {
        return house_mail::handle(app, fence, job).await;
    }
    let Some(kind) = Kind::from_code(&job.kind) else {
        return Err(db::Failure::other(format!("nobody does jobs of the kind {}", job.kind)));
    };
    let directory = app.directory().await?;
    if !directory.mail_rules.sends {
        return app.db.write(&Done { job, fence, mail: None, now: app.now() }).await;
    }
    let notice = app.db.read(&ReadNotice { job, kind, directory: &directory }).await?;
    let mail = match &notice {
        Some(notice) => Some(written(app, &directory, notice)?),
        None => None,
    };
    let done = Done { job, fence, mail: mail.as_ref(), now: app.now() };
    app.db.write(&done).await
}

/// The mail of a notice.
struct Written<'a> {
    id: OutboundId,
    notice: &'a Notice,
    subject: String,
    message_id: String,
    raw: Prepared,
    recipients: [Recipient; 1],
}

fn written<'a>(
    app: &App,
    directory: &crate::record::directory::Directory,
    notice: &'a Notice,
) -> Result<Written<'a>> {
    let now = app.now();
    let domain = notice.from.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let message_id = mail_ids::message_id(&app.keys, rand::random(), domain);
    let around = Around {
        directory,
        language: app.config.language,
        base_url: &app.config.base_url,
        message_id: &message_id,
        loop_mark: &mail_ids::loop_mark(&app.keys, &message_id),
        now,
        seed: rand::random(),
    };
    let (subject, bytes) = render(notice, &around);
    let (name, address) = (notice.reader.name.clone(), notice.address.clone());
    Ok(Written {
        id: app.ids.next(now),
        notice,
        subject,
        message_id,
        raw: app.blobs.prepare(&bytes)?,
        recipients: [Recipient { field: Field::To, name, address }],
    })
}

/// Deletes a job and puts the mail it led to into the outbox, both or none.
struct Done<'a> {
    job: &'a Due,
    fence: &'a Fence,
    mail: Option<&'a Written<'a>>,
    now: Timestamp,
}

impl Operation for Done<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        if !jobs::done(tx, self.fence, self.job.id).await? {
            return Ok(());
        }
        let Some(mail) = self.mail else { return Ok(()) };
        let from = &mail.notice.from;
        outbox::put(
            tx,
            &NewMail {
                id: mail.id,
                kind: outbox::Kind::Notice,
                ticket: Some(mail.notice.ticket.id),
                message: None,
                agent: None,
                account: from.account,
                from: (&from.name, &from.address),
                envelope_from: "",
                subject: &mail.subject,
                message_id: &mail.message_id,
                raw: &mail.raw,
                recipients: &mail.recipients,
                now: self.now,
                not_before: self.now,
            },
        )
        .await
    }
}
