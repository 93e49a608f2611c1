//! Making, changing, moving and deleting rules.

use db::{Operation, Result, Tx};
use rules::filter::{MailFilter, Reason};
use rules::intake::rule::{
    Action, ActionField, ActionReason, Entry, Verdict, conflict, undoes_itself,
};
use rules::status::StatusKind;
use rules::text::fold_text;
use std::ops::Range;

use super::names::{read_actions, read_condition, stored};
use super::store;
use crate::record::administration::{By, Change, Fact, Kind, Subject, Value, differences};
use crate::record::directory::Directory;
use crate::record::intake_rule::{self, IntakeRule, broken};
use crate::record::{MailboxId, RuleId};
use crate::service::live;

/// Letters of a name.
pub const NAME_LETTERS_MAX: usize = 200;
/// So many rules there may be.
pub const RULES_MAX: usize = 1_000;

/// A rule as somebody wants it to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleForm {
    /// Its name.
    pub name: String,
    /// The only mailbox for whose mails it is.
    pub mailbox: Option<MailboxId>,
    /// Its condition, in either language.
    pub condition: String,
    /// Its actions, in either language.
    pub actions: String,
    /// Whether it runs.
    pub active: bool,
}

/// Why a rule is refused. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It has no name, or too long a one.
    Name,
    /// A place of the condition is not understood.
    Condition(Range<usize>, Reason),
    /// A place of the actions is not understood.
    Actions(Range<usize>, ActionReason),
    /// It does nothing.
    NoActions,
    /// It matches every mail, and would throw it away.
    EverythingGone,
    /// An action sets this to an entry that is gone or off.
    Gone(ActionField),
    /// An active rule with the same condition sets this to something else: its name.
    Undoes(String, ActionField),
    /// It sets this twice, to different values.
    UndoesItself(ActionField),
    /// There are too many rules.
    TooMany,
}

/// Makes or changes a rule.
pub struct SaveRule<'a> {
    /// The rule as it shall be.
    pub form: &'a RuleForm,
    /// The one to change; `None` makes one.
    pub rule: Option<RuleId>,
    /// The version that the actor saw; `None` takes any.
    pub version: Option<i64>,
    /// The lists.
    pub directory: &'a Directory,
    /// Who does it.
    pub by: By<'a>,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The rule and its version.
    Done(RuleId, i64),
    /// There is no such rule.
    NotFound,
    /// Somebody else changed it.
    Stale,
    /// It is refused.
    Refused(Refused),
}

impl Operation for SaveRule<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let before = match self.rule {
            Some(rule) => match store::hold(tx, rule).await? {
                Some(before) => Some(before),
                None => return Ok(Ended::NotFound),
            },
            None => None,
        };
        let version = before.as_ref().map_or(0, |before| before.version);
        if self.version.is_some_and(|seen| seen != version) {
            return Ok(Ended::Stale);
        }
        let all = intake_rule::all(tx).await?;
        let (condition, actions) = match self.checked(tx, &all).await? {
            Ok(texts) => texts,
            Err(refused) => return Ok(Ended::Refused(refused)),
        };
        let last = all.iter().map(|rule| rule.position).max().unwrap_or(0);
        let rule = IntakeRule {
            id: self.rule.unwrap_or_else(|| self.by.ids.next(self.by.now)),
            name: self.form.name.trim().to_owned(),
            mailbox: self.form.mailbox,
            condition,
            actions,
            position: before.as_ref().map_or(last + 1, |before| before.position),
            active: self.form.active,
            version: version + 1,
        };
        store::upsert(tx, &rule).await?;
        let kind = if before.is_some() { Kind::Changed } else { Kind::Added };
        let was = before.as_ref().map(values).unwrap_or_default();
        record(tx, &self.by, &rule, kind, differences(was, values(&rule))).await?;
        live::announce(tx, live::LISTS, rule.id);
        Ok(Ended::Done(rule.id, rule.version))
    }
}

impl SaveRule<'_> {
    /// The texts to store, or why not.
    async fn checked(
        &self,
        tx: &mut Tx<'_>,
        all: &[IntakeRule],
    ) -> Result<std::result::Result<(String, String), Refused>> {
        let letters = self.form.name.trim().chars().count();
        if !(1..=NAME_LETTERS_MAX).contains(&letters) {
            return Ok(Err(Refused::Name));
        }
        if self.rule.is_none() && all.len() >= RULES_MAX {
            return Ok(Err(Refused::TooMany));
        }
        let typed = read_condition(tx, &self.form.condition, self.directory).await?;
        if let Some(mark) = typed.marks.into_iter().next() {
            return Ok(Err(Refused::Condition(mark.at, mark.reason)));
        }
        let actions = match read_actions(&self.form.actions, self.directory) {
            Ok(actions) => actions,
            Err(problem) => return Ok(Err(Refused::Actions(problem.at, problem.reason))),
        };
        let filter = MailFilter::of(&typed.tree);
        if let Some(refused) = self.refused(&filter, &actions) {
            return Ok(Err(refused));
        }
        let texts = stored(&typed.tree, &actions);
        Ok(match self.form.active.then(|| self.undone(all, &texts.0, &actions)).flatten() {
            Some(refused) => Err(refused),
            None => Ok(texts),
        })
    }

    fn refused(&self, filter: &MailFilter, actions: &[Action]) -> Option<Refused> {
        let is_trash = |id: i64| {
            let status = self.directory.statuses.iter().find(|one| one.id.number() == id);
            status.is_some_and(|one| one.kind.0 == StatusKind::Trash)
        };
        let throws_away = |action: &Action| match action {
            Action::Mail(verdict) => *verdict != Verdict::Take,
            Action::Set { what: Entry::Status, to, .. } => is_trash(*to),
            _ => false,
        };
        let gone = actions.iter().find(|action| broken(action, self.directory).is_some());
        match () {
            () if actions.is_empty() => Some(Refused::NoActions),
            () if filter.is_everything() && actions.iter().any(throws_away) => {
                Some(Refused::EverythingGone)
            }
            () if gone.is_some() => gone.map(|action| Refused::Gone(action.field())),
            () => undoes_itself(actions).map(Refused::UndoesItself),
        }
    }

    /// Another rule that the new one would undo, or the other way round.
    fn undone(&self, all: &[IntakeRule], condition: &str, actions: &[Action]) -> Option<Refused> {
        let is_same = |rule: &&IntakeRule| {
            Some(rule.id) != self.rule
                && rule.active
                && rule.mailbox == self.form.mailbox
                && fold_text(&rule.condition) == fold_text(condition)
        };
        all.iter().filter(is_same).find_map(|rule| {
            let field = conflict(actions, &rule.actions())?;
            Some(Refused::Undoes(rule.name.clone(), field))
        })
    }
}

/// What the history of the administration tells of a rule.
fn values(rule: &IntakeRule) -> Vec<Value> {
    vec![
        ("name".to_owned(), Some(rule.name.clone())),
        ("mailbox".to_owned(), rule.mailbox.map(|mailbox| mailbox.to_string())),
        ("condition".to_owned(), (!rule.condition.is_empty()).then(|| rule.condition.clone())),
        ("actions".to_owned(), Some(rule.actions.clone())),
        ("active".to_owned(), Some(rule.active.to_string())),
    ]
}

async fn record(
    tx: &mut Tx<'_>,
    by: &By<'_>,
    rule: &IntakeRule,
    kind: Kind,
    facts: Vec<Fact>,
) -> Result<()> {
    let (id, name) = (rule.id.number(), rule.name.as_str());
    by.record(tx, &Change { subject: Subject::IntakeRule, id, name, kind, facts }).await
}

/// Switches a rule on or off, moves it, or deletes it.
pub struct HandleRule<'a> {
    /// The rule.
    pub rule: RuleId,
    /// What is done.
    pub what: Handling,
    /// The version that the actor saw; `None` takes any.
    pub version: Option<i64>,
    /// Who does it.
    pub by: By<'a>,
}

/// What is done with a rule as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    /// It runs, or not.
    Switch(bool),
    /// It goes before the rule above it.
    Up,
    /// It goes behind the rule below it.
    Down,
    /// It goes to this place, from 0 on, or to the end.
    To(usize),
    /// It is deleted.
    Delete,
}

impl Operation for HandleRule<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let Some(rule) = store::hold(tx, self.rule).await? else { return Ok(Ended::NotFound) };
        if self.version.is_some_and(|seen| seen != rule.version) {
            return Ok(Ended::Stale);
        }
        live::announce(tx, live::LISTS, rule.id);
        match self.what {
            Handling::Switch(active) => self.switch(tx, rule, active).await,
            Handling::Up => self.place(tx, rule, |from| from.saturating_sub(1)).await,
            Handling::Down => self.place(tx, rule, |from| from + 1).await,
            Handling::To(place) => self.place(tx, rule, |_| place).await,
            Handling::Delete => {
                store::delete(tx, rule.id).await?;
                record(tx, &self.by, &rule, Kind::Removed, Vec::new()).await?;
                Ok(Ended::Done(rule.id, rule.version))
            }
        }
    }
}

impl HandleRule<'_> {
    async fn switch(&self, tx: &mut Tx<'_>, rule: IntakeRule, active: bool) -> Result<Ended> {
        let now = IntakeRule { active, version: rule.version + 1, ..rule.clone() };
        if active {
            let all = intake_rule::all(tx).await?;
            let is_same = |one: &&IntakeRule| {
                one.id != now.id
                    && one.active
                    && one.mailbox == now.mailbox
                    && fold_text(&one.condition) == fold_text(&now.condition)
            };
            let undone = all.iter().filter(is_same).find_map(|one| {
                Some(Refused::Undoes(one.name.clone(), conflict(&now.actions(), &one.actions())?))
            });
            if let Some(refused) = undone {
                return Ok(Ended::Refused(refused));
            }
        }
        store::upsert(tx, &now).await?;
        let facts = differences(values(&rule), values(&now));
        record(tx, &self.by, &now, Kind::Changed, facts).await?;
        Ok(Ended::Done(now.id, now.version))
    }

    async fn place(
        &self,
        tx: &mut Tx<'_>,
        rule: IntakeRule,
        to: impl Fn(usize) -> usize,
    ) -> Result<Ended> {
        let mut all = intake_rule::all(tx).await?;
        let Some(from) = all.iter().position(|one| one.id == rule.id) else {
            return Ok(Ended::NotFound);
        };
        let to = to(from).min(all.len() - 1);
        if to == from {
            return Ok(Ended::Done(rule.id, rule.version));
        }
        let moved = all.remove(from);
        all.insert(to, moved);
        for (position, one) in (1_i64..).zip(&all) {
            if one.position != position {
                store::set_position(tx, one.id, position).await?;
            }
        }
        let fact = Fact::new("position", Some((from + 1).to_string()), Some((to + 1).to_string()));
        record(tx, &self.by, &rule, Kind::Changed, vec![fact]).await?;
        Ok(Ended::Done(rule.id, rule.version))
    }
}
