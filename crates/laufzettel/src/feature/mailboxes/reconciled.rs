//! The last reconciliation of a mailbox as its page shows it.

use super::page::{Day, Figures, Lacking, Verdict, Way};
use super::show::{Known, health};
use super::store::StoredState;
use crate::feature::reconcile::store::Reconciled;
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::mailbox::{Health, Mailbox};
use crate::record::show as looks;
use crate::texts;

/// The figures of the last reconciliation, if there was one.
pub fn figures(
    screen: &Screen,
    mailbox: &Mailbox,
    known: &Known,
    stored: Option<&StoredState>,
) -> Option<Figures> {
    let last = known.reconciled.iter().find(|one| one.mailbox == mailbox.id)?;
    let shown = |count: i64| web::number(count, screen.language);
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    let is_troubled = stored.is_some_and(|stored| health(stored) == Health::Troubled);
    let standing = match known.reconciling.contains(&mailbox.id) {
        true if is_troubled => Standing::Stuck,
        true => Standing::Running,
        false if is_troubled => Standing::Troubled,
        false => Standing::Done,
    };
    Some(Figures {
        way: if last.on_server.is_some() { Way::Server } else { Way::Brought },
        seen: Some(shown(last.on_server.map_or(last.in_journal, |there| there + last.left_server))),
        remarks: remarks(screen, last),
        stored: shown(last.in_journal),
        applied: shown(last.in_tickets),
        duplicates: count(last.duplicates),
        filtered: count(last.filtered),
        unassigned: count(last.unassigned),
        quarantined: count(last.quarantined),
        gone: count(last.vanished),
        exceptions: format!("/mails?tab=without_ticket&mailbox={}", encode(&mailbox.name)),
        verdict: verdict(screen, last, standing),
    })
}

/// What stands small below the first figure.
fn remarks(screen: &Screen, last: &Reconciled) -> Vec<String> {
    let texts = texts::mailboxes(screen.language);
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    let left = (last.left_server > 0).then(|| texts.left_server(count(last.left_server)));
    let old = (last.not_wanted > 0).then(|| texts.not_wanted(count(last.not_wanted)));
    left.into_iter().chain(old).collect()
}

/// How the present reconciliation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Nobody waits for one.
    Done,
    /// It is under way.
    Running,
    /// The server cannot be asked.
    Troubled,
    /// Somebody waits for one, and the server cannot be asked.
    Stuck,
}

fn verdict(screen: &Screen, last: &Reconciled, standing: Standing) -> Verdict {
    let count = |count: i64| u64::try_from(count).unwrap_or_default();
    let time = looks::clock(&screen.times(), last.at);
    match (last.difference(), standing) {
        // A difference stays in sight until the next reconciliation is through.
        (1.., standing) => Verdict::Differs(Lacking {
            time,
            missing: count(last.missing),
            lost: count(last.lost),
            named: last.named().into_iter().map(|one| (one.uid.to_string(), one.subject)).collect(),
            is_running: standing == Standing::Running,
        }),
        (_, Standing::Troubled | Standing::Stuck) => Verdict::Unknown,
        (_, Standing::Running) => Verdict::Running,
        _ if last.waiting > 0 => Verdict::Pending { mails: count(last.waiting) },
        _ => Verdict::Even { time },
    }
}

/// The last reconciliations of a mailbox, newest first.
pub fn days(screen: &Screen, all: &[Reconciled]) -> Vec<Day> {
    let shown = |count: i64| web::number(count, screen.language);
    let day = |one: &Reconciled| Day {
        time: looks::moment(&screen.times(), one.at),
        on_server: one.on_server.map(|there| shown(there + one.left_server)),
        in_journal: shown(one.in_journal),
        in_tickets: shown(one.in_tickets),
        exceptions: shown(one.in_journal - one.in_tickets - one.waiting - one.lost),
        difference: shown(one.difference()),
        is_even: one.difference() == 0,
    };
    all.iter().map(day).collect()
}
