//! Rules as their pages show them.

use db::{Reading, Result, View};
use maud::Markup;
use rules::filter::{Names, print};
use rules::intake::rule::{self, Plan, Rule};
use rules::intake::{Decision, decide_with_rules};
use values::Language;
use web::Form;

use super::names::{self, Read};
use super::page::{EditPage, Face, Panel, RuleRow, RulesPage, Step, Tried, Tries, href};
use super::store::{self, FiredMail, TriedMail};
use super::text_of::text_of;
use super::{RECKONED, choices, form, words};
use crate::feature::intake::facts::settings;
use crate::feature::intake::kept::Kept;
use crate::feature::journal::read::readable;
use crate::feature::journal::store::{Mailboxes, first_id};
use crate::feature::settings::history;
use crate::feature::ticket::page::mark_name;
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::administration::Subject;
use crate::record::filter_names::KnownNames;
use crate::record::filter_names::Lookup;
use crate::record::{MailId, RuleId};
use crate::texts;

/// Mails that the test panel offers.
const MAILS_OFFERED: i64 = 40;
/// Mails on which a rule fired that are shown.
const FIRED_SHOWN: i64 = 10;
/// Letters of a mail's text in the panel.
const TEXT_LETTERS: usize = 300;

struct ReadRules {
    since: MailId,
    mail: Option<MailId>,
    mailboxes: Mailboxes,
}

/// What is read for the list and the panel.
pub struct KnownRules {
    /// The rules with their names.
    pub rules: Vec<Read>,
    hits: Vec<(RuleId, i64)>,
    mails: Vec<TriedMail>,
    mail: Option<TriedMail>,
}

impl Reading for ReadRules {
    type Outcome = KnownRules;

    async fn run(&self, view: &mut View<'_>) -> Result<KnownRules> {
        let mut rules = Vec::new();
        for rule in crate::record::intake_rule::all(view).await? {
            rules.push(names::read(view, &rule).await?);
        }
        let mail = match self.mail {
            Some(mail) => store::tried(view, &self.mailboxes, mail).await?,
            None => None,
        };
        let (hits, mails) = (
            store::hits(view, self.since).await?,
            store::recent(view, &self.mailboxes, MAILS_OFFERED).await?,
        );
        Ok(KnownRules { rules, hits, mails, mail })
    }
}

/// Reads the rules, and the mail that they are tried on.
pub async fn known(
    screen: &Screen,
    mail: Option<MailId>,
) -> std::result::Result<KnownRules, HttpError> {
    let since = first_id(screen.now.minus(RECKONED));
    Ok(screen.app.db.read(&ReadRules { since, mail, mailboxes: mailboxes(screen) }).await?)
}

/// The mailboxes whose mails the reader may see: rules are tried on no others.
fn mailboxes(screen: &Screen) -> Mailboxes {
    readable(&screen.actor, &screen.directory, None)
}

/// The list.
pub fn rows(screen: &Screen, known: &KnownRules) -> Vec<RuleRow> {
    let directory = &screen.directory;
    let hits = |id: RuleId| known.hits.iter().find(|(rule, _)| *rule == id).map_or(0, |one| one.1);
    let row = |read: &Read| {
        let rule = &read.rule;
        let names = read.names(screen.language, directory);
        let mailbox = rule.mailbox.and_then(|id| directory.mailbox_by_id(id));
        let broken = rule.broken(directory);
        let broken: Vec<&str> = broken
            .iter()
            .map(|one| words::action(screen.language, rule::ActionField::Set(*one)))
            .collect();
        RuleRow {
            id: rule.id.number(),
            name: rule.name.clone(),
            sentence: words::sentence(screen.language, &read.tree, &read.actions, &names),
            mailbox: mailbox.map(|one| one.label.clone()),
            broken: (!broken.is_empty()).then(|| broken.join(", ")),
            hits: u64::try_from(hits(rule.id)).unwrap_or_default(),
            active: rule.active,
        }
    };
    known.rules.iter().map(row).collect()
}

/// The page of the list.
pub async fn rules_page(
    screen: &Screen,
    mail: Option<MailId>,
) -> std::result::Result<RulesPage, HttpError> {
    let known = known(screen, mail).await?;
    let rules = &screen.directory.ready_rules;
    let tries = Tries::Stored("/settings/rules".to_owned());
    let panel = panel(screen, &known, rules, tries).await?;
    Ok(RulesPage { refused: None, rules: rows(screen, &known), panel })
}

/// The panel with these rules.
pub async fn panel(
    screen: &Screen,
    known: &KnownRules,
    rules: &[Rule],
    tries: Tries,
) -> std::result::Result<Panel, HttpError> {
    let times = screen.times();
    let words = |mail: &TriedMail| {
        let from = mail.from_name.as_deref().or(mail.from_address.as_deref()).unwrap_or_default();
        let subject = mail.subject.as_deref().unwrap_or_default();
        format!("{}, {from}: {subject}", times.date_and_clock(mail.arrived_at))
    };
    let mails = known.mails.iter().map(|mail| (mail.id.to_string(), words(mail))).collect();
    let tried = match &known.mail {
        Some(mail) => tried(screen, mail, rules).await?,
        None => None,
    };
    Ok(Panel { mails, tried, tries })
}

async fn tried(
    screen: &Screen,
    mail: &TriedMail,
    rules: &[Rule],
) -> std::result::Result<Option<Tried>, HttpError> {
    let facts: Option<Kept> = serde_json::from_str(&mail.facts).ok();
    let mailbox = screen.directory.mailbox_by_id(mail.mailbox);
    let (Some(facts), Some(mailbox)) = (facts, mailbox) else { return Ok(None) };
    let text = text_of(&screen.app, mail.raw_hash.as_deref(), &facts).await?;
    let view = text.view(&facts, mailbox.id.number());
    let from = facts.address();
    let settings = settings(mailbox, false);
    let ruled = decide_with_rules(
        &facts.mail(from.as_ref()),
        &facts.known(),
        &settings,
        rules,
        &view,
        &facts.empty(),
    );
    let steps = rule::trace(rules, &view).unwrap_or_default();
    let texts = texts::intake_rules(screen.language);
    let result = match ruled.as_ref().map(|one| (&one.decided.decision, &one.plan)) {
        Ok((Decision::NewTicket(_), plan)) => arrives(screen, plan),
        Ok((Decision::FollowUp { .. }, _)) => vec![texts.would_join().to_owned()],
        _ => vec![texts.would_reject().to_owned()],
    };
    Ok(Some(Tried {
        mail: mail.id.to_string(),
        from: facts.author().to_owned(),
        subject: facts.subject().to_owned(),
        text: text.text().chars().take(TEXT_LETTERS).collect(),
        steps: steps
            .into_iter()
            .zip(1..)
            .map(|(one, place)| step(screen, rules, one, place))
            .collect(),
        result,
    }))
}

fn step(screen: &Screen, rules: &[Rule], one: rule::Trace, place: usize) -> Step {
    let texts = texts::intake_rules(screen.language);
    let name = rules.iter().find(|rule| rule.id == one.rule).map_or("", |rule| rule.name.as_str());
    let name = if name.is_empty() { texts.unnamed() } else { name };
    let (state, words) = match one.step {
        rule::Step::Fired => ("ja", texts.step_fired()),
        rule::Step::NotMet => ("nein", texts.step_not_met()),
        rule::Step::OtherMailbox => ("aus", texts.step_other_mailbox()),
        rule::Step::NotChecked => ("aus", texts.step_not_checked()),
    };
    Step { name: format!("{place} {name}"), state, words: words.to_owned() }
}

/// How a ticket would arrive: what rules set, in words.
pub fn arrives(screen: &Screen, plan: &Plan) -> Vec<String> {
    let language = screen.language;
    let texts = texts::intake_rules(language);
    let known = KnownNames::default();
    let names = Lookup { directory: &screen.directory, known: &known, language };
    let named = plan.entries.iter().filter_map(|(entry, id)| names.name(entry.field(), *id));
    let spam = plan.verdict == Some(rule::Verdict::Spam);
    let spam = spam.then(|| texts.outcome_trash().to_owned());
    let others = plan
        .tags
        .iter()
        .cloned()
        .chain(plan.subject.clone())
        .chain(plan.company.iter().map(|one| one.text.clone()));
    let marks = plan.marks.iter().map(|mark| mark_name(language, *mark).to_owned());
    let requester = plan.requester.as_ref().map(|(address, _)| address.to_string());
    let all: Vec<String> = named.chain(spam).chain(others).chain(marks).chain(requester).collect();
    match all.is_empty() {
        true => vec![texts.as_mailbox().to_owned()],
        false => all,
    }
}

/// A rule that is shown in the form.
pub struct Shown<'a> {
    /// The rule, if it is there.
    pub rule: Option<RuleId>,
    /// What the form says.
    pub form: Form,
    /// How it is written.
    pub face: Face,
    /// The rules as they would run, for the panel.
    pub rules: &'a [Rule],
    /// The mail that they are tried on.
    pub mail: Option<MailId>,
}

/// The page of a rule.
pub async fn edit_page(
    screen: &Screen,
    shown: Shown<'_>,
) -> std::result::Result<EditPage, HttpError> {
    let language = screen.language;
    let texts = texts::intake_rules(language);
    let known = known(screen, shown.mail).await?;
    let action = shown.rule.map_or("/settings/rules/new".to_owned(), |id| href(id.number()));
    let fired = match shown.rule {
        Some(rule) => screen.app.db.read(&Fired(rule, mailboxes(screen))).await?,
        None => Vec::new(),
    };
    let changes = match shown.rule {
        Some(rule) => history::recent(screen, Subject::IntakeRule, rule.number()).await?,
        None => Markup::default(),
    };
    let all = (String::new(), texts.all_mailboxes().to_owned());
    let mailboxes = screen.directory.mailboxes.iter();
    let mailboxes = mailboxes.map(|one| (one.name.clone(), one.label.clone()));
    let stored =
        shown.rule.and_then(|id| screen.directory.intake_rules.iter().find(|one| one.id == id));
    Ok(EditPage {
        title: stored.map_or(texts.new_rule().to_owned(), |rule| rule.name.clone()),
        id: shown.rule.map(RuleId::number),
        sentence: sentence(screen, &shown.form, &shown.face),
        panel: panel(screen, &known, shown.rules, Tries::Typed(format!("{action}/draft"))).await?,
        mailboxes: std::iter::once(all).chain(mailboxes).collect(),
        fields: choices::fields(language),
        actions: choices::actions(language),
        fired: fired.iter().map(fired_mail).collect(),
        changes,
        form: shown.form,
        face: shown.face,
        action,
    })
}

/// What the form says as one sentence; nothing while it cannot be read.
fn sentence(screen: &Screen, typed: &Form, face: &Face) -> String {
    let language = screen.language;
    let (condition, actions) = match face {
        Face::Rows { .. } => form::typed(typed).texts(language),
        Face::Text { .. } => (typed.raw("condition").to_owned(), typed.raw("actions").to_owned()),
    };
    let (known, directory) = (KnownNames::default(), &screen.directory);
    let names = Lookup { directory, known: &known, language };
    match names::read_actions(&actions, directory) {
        Ok(actions) if !actions.is_empty() => {
            words::sentence(language, &form::tree(&condition), &actions, &names)
        }
        _ => String::new(),
    }
}

fn fired_mail(mail: &FiredMail) -> (String, String) {
    let from = mail.from_name.as_deref().or(mail.from_address.as_deref()).unwrap_or_default();
    let subject = mail.subject.as_deref().unwrap_or_default();
    (format!("{from}: {subject}"), format!("/mails/{}", mail.id))
}

struct Fired(RuleId, Mailboxes);

impl Reading for Fired {
    type Outcome = Vec<FiredMail>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<FiredMail>> {
        store::fired_on(view, self.0, &self.1, FIRED_SHOWN).await
    }
}

/// The condition and the actions of a stored rule in the reader's language.
pub fn texts_of(read: &Read, language: Language, screen: &Screen) -> (String, String) {
    let names = read.names(language, &screen.directory);
    (print(&read.tree, language, &names), read.actions(language, &screen.directory))
}
