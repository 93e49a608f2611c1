//! Handlers of "Was wäre geschehen?".

use std::time::Duration;

use axum::extract::Path;
use axum::response::IntoResponse;
use db::{Reading, Result, View};
use rules::filter::MailFilter;
use rules::intake::rule::Rule;
use values::{Language, Timestamp};
use web::Form;

use super::form::half;
use super::machine::{Course, Difference, Looked, MAILS_MAX, Machine, SHOWN_MAX};
use super::names::{ReadCondition, read_actions};
use super::page::{DiffRow, MachinePage, Side, TriedKind, TriedThing, href, machine_page};
use super::{show, web as rules_web, words};
use crate::feature::journal::read::readable;
use crate::feature::journal::store::first_id;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::filter_names::{KnownNames, Lookup};
use crate::record::frame::Place;
use crate::record::intake_rule::ready;
use crate::record::mailbox::Mailbox;
use crate::record::ticket::Ticket;
use crate::record::{MailId, MailboxId, RuleId, TicketId, ticket};
use crate::texts;

/// Days that are looked at without a wish.
const DAYS: u64 = 30;

/// Tries a new rule.
pub async fn of_new(screen: Screen, typed: Form) -> Answer {
    rules_web::may(&screen)?;
    shown(&screen, None, typed).await
}

/// Tries a change of a rule.
pub async fn of_one(screen: Screen, Path(id): Path<String>, typed: Form) -> Answer {
    let rule = rules_web::find(&screen, &id)?.id;
    shown(&screen, Some(rule), typed).await
}

async fn shown(screen: &Screen, rule: Option<RuleId>, typed: Form) -> Answer {
    let Some(rules) = wanted_rules(screen, rule, &typed).await? else {
        // What cannot be read is refused by saving, with a sentence at its place.
        return match rule {
            Some(rule) => rules_web::change(screen.clone(), Path(rule.to_string()), typed).await,
            None => rules_web::add(screen.clone(), typed).await,
        };
    };
    let action = rule.map_or("/settings/rules/new".to_owned(), |id| href(id.number()));
    let tried = TriedThing { kind: TriedKind::Rule, name: typed.text("name").to_owned() };
    let trial = Trial {
        tried,
        action: format!("{action}/machine"),
        back: action.clone(),
        apply: action,
        fields: sent(&typed),
        rules: &rules,
        mailboxes: &screen.directory.mailboxes,
        mailbox: None,
        change: change(screen, rule, &typed).await?,
    };
    answer(screen, &trial, &typed).await
}

/// What is tried, and where its page leads.
pub struct Trial<'a> {
    /// What it is, and its name.
    pub tried: TriedThing,
    /// Where another period is asked for.
    pub action: String,
    /// Where the form with everything that was typed is shown again.
    pub back: String,
    /// Where it is saved.
    pub apply: String,
    /// Everything that was typed.
    pub fields: Vec<(String, String)>,
    /// The rules as they would be.
    pub rules: &'a [Rule],
    /// The mailboxes as they would be.
    pub mailboxes: &'a [Mailbox],
    /// The only mailbox whose mails are looked at.
    pub mailbox: Option<MailboxId>,
    /// The change as two sentences: so far, and from now on.
    pub change: (String, String),
}

/// The page that says what would have happened.
pub async fn answer(screen: &Screen, trial: &Trial<'_>, typed: &Form) -> Answer {
    let days = [7, 30, 90].into_iter().find(|days| typed.text("days") == days.to_string());
    let days = days.unwrap_or(DAYS);
    let since = screen.now.minus(Duration::from_secs(days * 24 * 3600));
    let looked = look(screen, trial, since).await?;
    let page = page(screen, trial, typed, (days, since), &looked).await?;
    Ok(machine_page(&screen.frame(Place::Settings).await?, &page).into_response())
}

/// The rules as they would be; `None` if the changed one cannot be read.
pub async fn wanted_rules(
    screen: &Screen,
    rule: Option<RuleId>,
    typed: &Form,
) -> std::result::Result<Option<Vec<Rule>>, HttpError> {
    if half(typed).is_some() {
        return Ok(None);
    }
    let directory = &screen.directory;
    let form = rules_web::wanted(screen, typed);
    let reading = ReadCondition { text: &form.condition, directory };
    let read = screen.app.db.read(&reading).await?;
    let Ok(actions) = read_actions(&form.actions, directory) else { return Ok(None) };
    if !read.marks.is_empty() || actions.is_empty() {
        return Ok(None);
    }
    let changed = Rule {
        id: rule.map_or(0, RuleId::number),
        name: form.name.clone(),
        mailbox: form.mailbox.map(|id| id.number()),
        condition: MailFilter::of(&read.tree),
        actions,
    };
    let stored = &directory.intake_rules;
    let mut rules = Vec::new();
    for one in stored {
        match rule == Some(one.id) {
            true if form.active => rules.push(changed.clone()),
            true => {}
            false => rules.extend(ready(std::slice::from_ref(one), directory)),
        }
    }
    if rule.is_none() && form.active {
        rules.push(changed);
    }
    Ok(Some(rules))
}

/// Goes through the mails since then.
async fn look(
    screen: &Screen,
    trial: &Trial<'_>,
    since: Timestamp,
) -> std::result::Result<Looked, HttpError> {
    let (directory, app) = (&screen.directory, &screen.app);
    let looked_at = readable(&screen.actor, directory, trial.mailbox);
    let mut all = Looked::default();
    let mut until = MailId::from_number(i64::MAX);
    loop {
        let since = first_id(since);
        let (rules, mailboxes, looked_at) = (trial.rules, trial.mailboxes, &looked_at);
        let machine = Machine { since, until, looked_at, directory, rules, mailboxes };
        let looked = machine.look(app).await?;
        let next = looked.next;
        all.add(looked);
        match next {
            Some(next) if all.checked < MAILS_MAX => until = next,
            _ => return Ok(all),
        }
    }
}

impl Looked {
    fn add(&mut self, more: Self) {
        self.checked += more.checked;
        self.without_facts += more.without_facts;
        self.lost += more.lost;
        self.differing += more.differing;
        let room = SHOWN_MAX.saturating_sub(self.differences.len());
        self.differences.extend(more.differences.into_iter().take(room));
    }
}

async fn page(
    screen: &Screen,
    trial: &Trial<'_>,
    typed: &Form,
    (days, since): (u64, Timestamp),
    looked: &Looked,
) -> std::result::Result<MachinePage, HttpError> {
    let tickets: Vec<TicketId> = looked.differences.iter().filter_map(|one| one.ticket).collect();
    let tickets = screen.app.db.read(&Tickets { screen, tickets: &tickets }).await?;
    let mut rows: Vec<DiffRow> =
        looked.differences.iter().map(|one| row(screen, trial, one, &tickets)).collect();
    let doubtful = rows.iter().filter(|row| row.doubtful).count();
    let only_doubtful = typed.text("only") == "doubtful";
    rows.retain(|row| row.doubtful || !only_doubtful);
    let times = screen.times();
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    Ok(MachinePage {
        tried: trial.tried.clone(),
        back: trial.back.clone(),
        action: trial.action.clone(),
        apply: trial.apply.clone(),
        fields: trial.fields.clone(),
        days,
        period: (times.date(since), times.date(screen.now)),
        seconds: seconds(screen.language, screen.app.now().millis_since(screen.now)),
        checked: count(looked.checked),
        differing: count(looked.differing),
        doubtful: count(doubtful),
        lost: count(looked.lost),
        without_facts: count(looked.without_facts),
        rows,
        only_doubtful,
        change: trial.change.clone(),
    })
}

/// Everything that was typed, so that it can be sent again.
fn sent(typed: &Form) -> Vec<(String, String)> {
    let names = [
        "name",
        "mailbox",
        "active",
        "version",
        "face",
        "condition",
        "actions",
        "all",
        "goes_on",
        "cf",
        "co",
        "cv",
        "af",
        "ao",
        "av",
        "aw",
        "ax",
    ];
    let values = names.into_iter().flat_map(|name| typed.all(name).map(move |value| (name, value)));
    values.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The rule as it is and as it would be.
async fn change(
    screen: &Screen,
    rule: Option<RuleId>,
    typed: &Form,
) -> std::result::Result<(String, String), HttpError> {
    let language = screen.language;
    let texts = texts::intake_rules(language);
    let known = show::known(screen, None).await?;
    let rows = show::rows(screen, &known);
    let was = rows.into_iter().find(|row| Some(row.id) == rule.map(RuleId::number));
    let form = rules_web::wanted(screen, typed);
    let (known, directory) = (KnownNames::default(), &screen.directory);
    let names = Lookup { directory, known: &known, language };
    let actions = read_actions(&form.actions, directory).unwrap_or_default();
    let is = words::sentence(language, &super::form::tree(&form.condition), &actions, &names);
    let off = (!form.active).then(|| texts.is_off().to_owned());
    Ok((was.map_or(texts.new_so_far().to_owned(), |row| row.sentence), off.unwrap_or(is)))
}

/// Seconds with one decimal.
fn seconds(language: Language, millis: i64) -> String {
    let (whole, tenth) = (millis / 1_000, millis % 1_000 / 100);
    match language {
        Language::German => format!("{whole},{tenth}"),
        Language::English => format!("{whole}.{tenth}"),
    }
}

struct Tickets<'a> {
    screen: &'a Screen,
    tickets: &'a [TicketId],
}

impl Reading for Tickets<'_> {
    type Outcome = Vec<Ticket>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Ticket>> {
        ticket::visible(view, &self.screen.actor, self.tickets).await
    }
}

fn row(screen: &Screen, trial: &Trial<'_>, one: &Difference, tickets: &[Ticket]) -> DiffRow {
    let texts = texts::intake_rules(screen.language);
    let ticket = one.ticket.and_then(|id| tickets.iter().find(|ticket| ticket.id == id));
    let is_trash = ticket.is_some_and(|ticket| ticket.stage.0 == rules::status::Stage::Trash);
    let is_touched = ticket.is_some_and(|ticket| ticket.last_agent_at.is_some());
    let since = match () {
        () if is_trash => Some(texts.in_trash_since().to_owned()),
        () if is_touched => Some(texts.moved_since().to_owned()),
        () => None,
    };
    let number = ticket.map(|ticket| ticket.number.as_str());
    let stored = |id| {
        let rule = screen.directory.intake_rules.iter().find(|rule| rule.id.number() == id);
        rule.map(|rule| rule.name.as_str())
    };
    let tried = |id| trial.rules.iter().find(|rule| rule.id == id).map(|rule| rule.name.as_str());
    let mut was = side(screen, &one.was, number, stored);
    let doubtful = since.is_some();
    if let Some(since) = since {
        was.why = since;
    }
    DiffRow {
        time: screen.times().date_and_clock(one.mail.made_at()),
        href: format!("/mails/{}", one.mail),
        author: one.author.clone(),
        subject: one.subject.clone(),
        was,
        is: side(screen, &one.is, number, tried),
        doubtful,
    }
}

fn side<'a>(
    screen: &Screen,
    course: &Course,
    number: Option<&str>,
    name: impl Fn(i64) -> Option<&'a str>,
) -> Side {
    let texts = texts::intake_rules(screen.language);
    let what = match course.outcome {
        "new_ticket" => {
            let mut plan = course.plan.clone();
            for (entry, id) in &course.defaults {
                plan.entries.entry(*entry).or_insert(*id);
            }
            show::arrives(screen, &plan).join(", ")
        }
        "follow_up" => texts.outcome_follow(number.unwrap_or_default()),
        "unassigned" => texts.outcome_listed().to_owned(),
        "bounce" => texts.outcome_report().to_owned(),
        _ => texts.outcome_rejected().to_owned(),
    };
    let fired = course.fired.iter().map(|id| name(*id).filter(|name| !name.trim().is_empty()));
    let fired: Vec<&str> = fired.map(|name| name.unwrap_or(texts.unnamed())).collect();
    let why = match fired.is_empty() {
        true => texts.no_rule().to_owned(),
        false => texts.by_rules(&fired.join(", ")),
    };
    Side { what, why }
}
