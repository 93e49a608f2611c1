//! The page of a mailbox: what stands around the fields of a tab.

use web::Form;

use super::muted::ReadMuted;
use super::page::{self, Choices, EditPage, Log};
use super::reconciled;
use super::show;
use super::tab::Tab;
use super::web::known;
use crate::feature::journal::narrow::Narrow;
use crate::feature::journal::read::{Kind, ReadMails};
use crate::feature::journal::{self};
use crate::feature::reconcile::store::OfMailbox;
use crate::feature::settings::history;
use crate::http::encode;
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::administration::Subject;
use crate::record::directory::Listed;
use crate::record::mailbox::Mailbox;
use crate::record::show as looks;
use crate::texts;

/// Mails of the log.
const ROWS: i64 = 20;
/// Reconciliations of the log.
const DAYS: i64 = 30;

/// The page with a tab whose fields say this.
pub async fn page(
    screen: &Screen,
    mailbox: &Mailbox,
    tab: Tab,
    form: Form,
) -> Result<EditPage, HttpError> {
    let known = known(screen).await?;
    let stored = known.states.iter().find(|state| state.mailbox == mailbox.id);
    let last = stored.and_then(|state| state.succeeded_at);
    let id = mailbox.id.number();
    Ok(EditPage {
        last: last.map(|at| looks::clock(&screen.times(), at)),
        mailbox: show::one(screen, mailbox, &known),
        id,
        tab,
        form,
        has_account: mailbox.source().is_fetched(),
        choices: choices(screen, mailbox),
        trial: None,
        log: if tab == Tab::Log { Some(log(screen, mailbox).await?) } else { None },
        muted: if tab == Tab::Answer { muted(screen, mailbox).await? } else { Vec::new() },
        changes: history::recent(screen, Subject::Mailbox, id).await?,
    })
}

async fn muted(screen: &Screen, mailbox: &Mailbox) -> Result<Vec<page::Muted>, HttpError> {
    let muted = screen.app.db.read(&ReadMuted(mailbox.id)).await?.into_iter();
    let shown = muted.map(|one| page::Muted {
        address: one.address,
        is_echo: one.why == "echo",
        number: one.number,
        since: looks::exact_moment(&screen.times(), one.since_at),
    });
    Ok(shown.collect())
}

fn choices(screen: &Screen, mailbox: &Mailbox) -> Choices {
    let (lists, texts) = (&screen.directory, texts::mailboxes(screen.language));
    let none = |words: &str| vec![(String::new(), words.to_owned())];
    let queue = mailbox.queue.map(|id| id.number());
    let category = mailbox.category.map(|id| id.number());
    let senders = lists.senders.iter();
    let senders = senders.filter(|one| one.active || Some(one.id) == mailbox.sender);
    let senders =
        senders.map(|one| (one.address.clone(), format!("{} <{}>", one.name, one.address)));
    let with = |mut first: Vec<_>, others: Vec<(String, String)>| {
        first.extend(others);
        first
    };
    Choices {
        areas: entries(screen, &lists.areas, Some(mailbox.area.number())),
        queues: with(none(texts.no_queue()), entries(screen, &lists.queues, queue)),
        categories: with(none(texts.no_category()), entries(screen, &lists.categories, category)),
        senders: with(none(texts.sender_of_area()), senders.collect()),
        folders: None,
    }
}

/// The entries of a list that can be chosen, and the present one.
fn entries<T: Listed>(screen: &Screen, list: &[T], present: Option<i64>) -> Vec<(String, String)> {
    let offered = list.iter().filter(|one| one.is_active() || Some(one.number()) == present);
    let named = |one: &T| (one.key().to_owned(), one.name(screen.language).to_owned());
    offered.map(named).collect()
}

async fn log(screen: &Screen, mailbox: &Mailbox) -> Result<Log, HttpError> {
    let read = ReadMails {
        actor: &screen.actor,
        directory: &screen.directory,
        text: "",
        between: None,
        kind: Kind::All,
        narrow: Narrow::default(),
        period: None,
        mailbox: Some(mailbox.id),
        before: None,
        limit: ROWS,
    };
    let mails = screen.app.db.read(&read).await?;
    let days = OfMailbox { mailbox: mailbox.id, limit: DAYS };
    let days = screen.app.db.read(&days).await?;
    Ok(Log {
        days: reconciled::days(screen, &days),
        rows: journal::hits(screen, "", &mails),
        all: format!("/mails?mailbox={}", encode(&mailbox.name)),
    })
}
