//! Reconciliations in the API: what came of them, and another one now.

use axum::extract::Path;
use rules::right::Right;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::Query;

use super::store::{OfMailbox, ReadJournal, Reconciled};
use super::{Missing, Reconcile, Relist, WantReconciliation, has_server};
use crate::App;
use crate::api::{
    Call, Caller, MailsRead, MailsWrite, Page, Post, Problems, Time, changed_unversioned, conflict,
    once, present, shown,
};
use crate::feature::journal::read::may;
use crate::feature::lists::api::AskedPage;
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;
use crate::record::mailbox::Mailbox;

/// The last reconciliations that pages are made of; there is one a day, and one for each wish.
const LISTED_MAX: i64 = 1_000;

/// The routes of reconciliations.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list)).routes(routes!(now))
}

/// A reconciliation of a mailbox: what lies on its server, what the journal has, and where that is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reconciliation)]
struct Shown {
    /// When.
    at: Time,
    /// How many mails are not accounted for: `missing` and `lost` together. 0 is as it should be.
    difference: i64,
    /// Mails in the folder on the server that the mailbox takes; `null` if its mails are brought.
    on_server: Option<i64>,
    /// Mails in the folder that are older than it takes mails.
    not_wanted: i64,
    /// Entries of the journal whose mail is not in the folder any more.
    left_server: i64,
    /// Mails in the folder that the journal does not have.
    missing: i64,
    /// The first 20 of them.
    missing_mails: Vec<MissingMail>,
    /// All entries of the journal.
    in_journal: i64,
    /// Those in tickets.
    in_tickets: i64,
    /// Those that were here before.
    duplicates: i64,
    /// Those that were sorted out.
    filtered: i64,
    /// Those that somebody has to place.
    unassigned: i64,
    /// Those that could not be read.
    quarantined: i64,
    /// Those that vanished before they were fetched.
    vanished: i64,
    /// Those that are on their way.
    waiting: i64,
    /// Those whose ticket is not there.
    lost: i64,
}

/// A mail of the server that the journal does not have.
#[derive(Debug, Serialize, ToSchema)]
struct MissingMail {
    /// Its UID.
    uid: u32,
    /// Its subject.
    subject: String,
}

impl Shown {
    fn of(one: &Reconciled) -> Self {
        let named = one.named().into_iter();
        Self {
            at: Time(one.at),
            difference: one.difference(),
            on_server: one.on_server,
            not_wanted: one.not_wanted,
            left_server: one.left_server,
            missing: one.missing,
            missing_mails: named
                .map(|Missing { uid, subject }| MissingMail { uid, subject })
                .collect(),
            in_journal: one.in_journal,
            in_tickets: one.in_tickets,
            duplicates: one.duplicates,
            filtered: one.filtered,
            unassigned: one.unassigned,
            quarantined: one.quarantined,
            vanished: one.vanished,
            waiting: one.waiting,
            lost: one.lost,
        }
    }
}

/// Lists the reconciliations of a mailbox
///
/// Newest first: one a day, and one whenever somebody wanted it; at most the last 1,000.
#[utoipa::path(
    get,
    path = "/api/v1/mailboxes/{name}/reconciliations",
    params(("name" = String, Path, description = "The mailbox"), AskedPage),
    responses((status = 200, description = "A page", body = Page<Shown>), Problems),
    security(("token" = ["mails:read"]))
)]
async fn list(
    caller: Caller<MailsRead>,
    Path(name): Path<String>,
    Query(asked): Query<AskedPage>,
) -> Answer {
    let mailbox = find(&caller, &name)?;
    let read = OfMailbox { mailbox: mailbox.id, limit: LISTED_MAX };
    let all = caller.app.db.read(&read).await?;
    let newest_first = |one: &Reconciled| vec![-one.at.millis()];
    let page = asked.cut(&format!("reconciliations {name}"), &all, newest_first)?;
    Ok(shown(&Page::<Shown> { items: page.rows.iter().map(Shown::of).collect(), next: page.next }))
}

/// How a mailbox is reconciled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReconciliationWish)]
struct Wish {
    /// Whether the whole folder is listed before, so that what is missing is fetched.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    fetch: Option<bool>,
}

/// What came of the wish.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReconciliationWished)]
struct Wished {
    /// The mailbox.
    mailbox: String,
    /// `done`, or `accepted`: whoever fetches the mailbox asks its server next.
    outcome: &'static str,
}

/// Reconciles a mailbox now
///
/// Where mails are brought it is done at once; else the server is asked by whoever fetches the mailbox, and the new
/// reconciliation appears in the list. 409 if the mailbox is switched off, because nobody asks its server then.
#[utoipa::path(
    post,
    path = "/api/v1/mailboxes/{name}/reconcile",
    params(("name" = String, Path, description = "The mailbox")),
    request_body = Wish,
    responses((status = 200, description = "Done or accepted", body = Wished), Problems),
    security(("token" = ["mails:write"]))
)]
async fn now(caller: Caller<MailsWrite>, Path(name): Path<String>, post: Post<Wish>) -> Answer {
    let mailbox = find(&caller, &name)?;
    if !may(&caller.actor, &caller.directory, Right::HandleMails, mailbox.id) {
        return Err(Denied::NotAllowed.into());
    }
    let answer = |outcome| {
        let wished = Wished { mailbox: mailbox.name.clone(), outcome };
        Ok::<_, HttpError>(changed_unversioned(&wished))
    };
    if has_server(mailbox) {
        if !mailbox.enabled {
            return Err(conflict("switched_off", "the mailbox is switched off").into());
        }
        let relist = if post.body.fetch == Some(true) { Relist::Whole } else { Relist::New };
        let want = WantReconciliation { mailbox: mailbox.id, relist, now: caller.now };
        return once(&caller, &post.repeat, &want, |()| answer("accepted")).await;
    }
    let journal = caller.app.db.read_long(&ReadJournal(mailbox.id)).await?;
    let reconcile = Reconcile {
        mailbox: mailbox.id,
        server: None,
        journal: &journal,
        fence: None,
        ids: &caller.app.ids,
        now: caller.now,
    };
    once(&caller, &post.repeat, &reconcile, |_| answer("done")).await
}

/// The mailbox, if its mails may be read.
fn find<'a>(call: &'a Call, name: &str) -> Result<&'a Mailbox, Denied> {
    let found = call.directory.mailbox(name);
    let sees = |one: &&Mailbox| may(&call.actor, &call.directory, Right::ReadMails, one.id);
    found.filter(sees).ok_or(Denied::NotFound)
}
