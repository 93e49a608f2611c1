//! The figures in the text format of Prometheus (exposition format 0.0.4).

use std::fmt::Write;
use std::fs;

use values::Counted;

use super::store::{Figures, InState};
use crate::App;
use crate::service::watch::Round;

/// The states of a mail that has not left and may still leave.
const UNSENT: [&str; 5] = ["queued", "sending", "dot", "uncertain", "deferred"];

/// All figures.
pub fn all(app: &App, figures: &Figures) -> String {
    let mut page = Page(String::new());
    requests(&mut page, app);
    intake(&mut page, app, figures);
    sending(&mut page, app, figures);
    mailboxes(&mut page, figures);
    reconciled(&mut page, figures);
    rounds(&mut page, figures);
    process(&mut page, app);
    page.0
}

fn requests(page: &mut Page, app: &App) {
    page.begin("laufzettel_http_requests_total", "counter", "Requests by kind and status.");
    for (class, route) in app.watch.routes() {
        for (digit, count) in route.by_status() {
            let labels = [("route", class.name()), ("status", &format!("{digit}xx"))];
            page.value("laufzettel_http_requests_total", &labels, count);
        }
    }
    let name = "laufzettel_http_request_duration_seconds";
    page.begin(name, "histogram", "Time until a request was answered.");
    for (class, route) in app.watch.routes() {
        page.histogram(name, &[("route", class.name())], &route.times.counted());
    }
}

fn intake(page: &mut Page, app: &App, figures: &Figures) {
    let name = "laufzettel_intake_decisions_total";
    page.begin(name, "counter", "Decisions about mails, by this process.");
    for (outcome, count) in app.watch.outcomes() {
        page.value(name, &[("outcome", outcome)], count);
    }
    let name = "laufzettel_inbound_mails";
    page.begin(name, "gauge", "Mails of the journal by state; up to 10000 are counted.");
    in_states(page, name, &figures.inbound);
    let waits = figures.inbound.iter().filter(|one| one.state == "stored");
    let oldest = waits.filter_map(|one| one.oldest_at).min();
    let name = "laufzettel_inbound_oldest_undecided_seconds";
    page.begin(
        name,
        "gauge",
        "Age of the oldest stored mail without a decision; 0 if there is none.",
    );
    page.value(name, &[], oldest.map_or(0, |at| app.now().millis_since(at).max(0) / 1000));
}

fn sending(page: &mut Page, app: &App, figures: &Figures) {
    let name = "laufzettel_outbound_mails";
    page.begin(name, "gauge", "Mails of the outbox by state; up to 10000 are counted.");
    in_states(page, name, &figures.outbound);
    let unsent = figures.outbound.iter().filter(|one| UNSENT.contains(&one.state.as_str()));
    let oldest = unsent.filter_map(|one| one.oldest_at).min();
    let name = "laufzettel_outbound_oldest_unsent_seconds";
    page.begin(name, "gauge", "Age of the oldest mail that has not left; 0 if there is none.");
    page.value(name, &[], oldest.map_or(0, |at| app.now().millis_since(at).max(0) / 1000));
    let name = "laufzettel_mail_account_troubled";
    page.begin(name, "gauge", "Accounts by which no mail leaves; 0 is the configured one.");
    for account in &figures.accounts {
        let labels = [("account", &*account.account.to_string()), ("state", &account.state)];
        page.value(name, &labels, 1);
    }
}

fn in_states(page: &mut Page, name: &str, states: &[InState]) {
    for one in states {
        page.value(name, &[("state", &one.state)], one.count);
    }
}

fn mailboxes(page: &mut Page, figures: &Figures) {
    let name = "laufzettel_mailbox_troubled";
    page.begin(name, "gauge", "1 if a mailbox cannot be fetched.");
    for mailbox in &figures.mailboxes {
        let is_troubled = i64::from(mailbox.state == "troubled");
        page.value(name, &[("mailbox", &mailbox.name)], is_troubled);
    }
    let name = "laufzettel_mailbox_last_fetch_timestamp_seconds";
    page.begin(name, "gauge", "When a mailbox was last fetched.");
    for mailbox in &figures.mailboxes {
        let Some(at) = mailbox.succeeded_at else { continue };
        page.value(name, &[("mailbox", &mailbox.name)], at.millis() / 1000);
    }
}

fn reconciled(page: &mut Page, figures: &Figures) {
    let name = "laufzettel_mailbox_reconciliation_difference";
    page.begin(name, "gauge", "Mails that are not accounted for, by the last reconciliation.");
    for (mailbox, last) in &figures.reconciled {
        page.value(name, &[("mailbox", mailbox)], last.difference());
    }
    let name = "laufzettel_mailbox_reconciliation_timestamp_seconds";
    page.begin(name, "gauge", "When a mailbox was last reconciled.");
    for (mailbox, last) in &figures.reconciled {
        page.value(name, &[("mailbox", mailbox)], last.at.millis() / 1000);
    }
}

fn rounds(page: &mut Page, figures: &Figures) {
    let name = "laufzettel_background_last_run_timestamp_seconds";
    page.begin(name, "gauge", "When a worker last ended a round, in whichever process.");
    for round in &figures.rounds {
        page.value(name, &[("worker", &round.name)], round.ran_at.millis() / 1000);
    }
    let name = "laufzettel_background_pause_seconds";
    page.begin(name, "gauge", "How long a worker pauses at most.");
    for round in Round::ALL {
        page.value(name, &[("worker", round.name())], round.every().as_secs());
    }
    let name = "laufzettel_background_failed";
    page.begin(name, "gauge", "1 if the last round of a worker failed.");
    for round in &figures.rounds {
        page.value(name, &[("worker", &round.name)], i64::from(round.problem.is_some()));
    }
}

fn process(page: &mut Page, app: &App) {
    let name = "laufzettel_database_write_duration_seconds";
    page.begin(name, "histogram", "Time until a change was durable.");
    page.histogram(name, &[], &app.db.write_times().counted());
    page.begin(
        "laufzettel_database_statements_total",
        "counter",
        "Statements run by this process.",
    );
    page.value("laufzettel_database_statements_total", &[], app.db.statements_run());
    page.begin("laufzettel_storage_full", "gauge", "1 if the disk of the database is full.");
    page.value("laufzettel_storage_full", &[], i64::from(app.db.is_storage_full()));
    page.begin("laufzettel_info", "gauge", "Which version runs.");
    page.value("laufzettel_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
    page.begin("process_start_time_seconds", "gauge", "When this process started.");
    page.value("process_start_time_seconds", &[], app.started_at.millis() / 1000);
    if let Some(kib) = resident_kib() {
        page.begin("process_resident_memory_bytes", "gauge", "Memory in use.");
        page.value("process_resident_memory_bytes", &[], kib * 1024);
    }
}

/// Only Linux tells it in this file; elsewhere there is no such figure.
fn resident_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

struct Page(String);

impl Page {
    fn begin(&mut self, name: &str, kind: &str, help: &str) {
        self.line(format_args!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
    }

    fn value(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        self.line(format_args!("{name}{} {value}\n", in_braces(labels)));
    }

    fn histogram(&mut self, name: &str, labels: &[(&str, &str)], counted: &Counted) {
        let bucket = format!("{name}_bucket");
        for (bound, count) in &counted.up_to {
            self.value(&bucket, &[labels, &[("le", &bound.to_string())]].concat(), count);
        }
        self.value(&bucket, &[labels, &[("le", "+Inf")]].concat(), counted.count);
        self.value(&format!("{name}_sum"), labels, counted.sum_seconds);
        self.value(&format!("{name}_count"), labels, counted.count);
    }

    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a String does not fail.
        self.0.write_fmt(text).ok();
    }
}

/// Labels with their values; names of mailboxes hold no character that would have to be escaped, and
/// are escaped all the same.
fn in_braces(labels: &[(&str, &str)]) -> String {
    if labels.is_empty() {
        return String::new();
    }
    let escaped =
        |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let pairs: Vec<String> =
        labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    format!("{{{}}}", pairs.join(","))
}
