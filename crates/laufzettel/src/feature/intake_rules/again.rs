//! Rules on tickets that are there: applied again (F-MAIL-43), or made of them to keep advertising
//! away (F-MAIL-45).

use axum::response::IntoResponse;
use db::{Reading, Result, View};
use maud::html;
use rules::intake::rule::{Entry, Plan, Verdict, run};
use rules::right::{Level, Right};
use web::{Form, see_other};

use super::save::{Ended, RuleForm, SaveRule};
use super::store::{self, FirstOfTicket};
use super::text_of::text_of;
use super::web::may;
use crate::feature::change::Change;
use crate::feature::intake::kept::Kept;
use crate::feature::list::selection;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::{Actor, Areas, Denied};
use crate::record::frame::{Question, Toast, question_out_of_band, toasts_out_of_band};
use crate::record::ticket::{self, Ticket};
use crate::texts;

/// Tickets of one selection.
const SELECTED_MAX: usize = 500;

struct FirstMail<'a> {
    actor: &'a Actor,
    number: &'a str,
}

impl Reading for FirstMail<'_> {
    type Outcome = std::result::Result<(Box<Ticket>, Option<FirstOfTicket>), Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let ticket = match ticket::open(view, self.actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        let mail = store::first_mail(view, ticket.id).await?;
        Ok(Ok((Box::new(ticket), mail)))
    }
}

/// What the rules would change of a ticket, by its first mail; nothing if it came otherwise.
pub async fn changes(
    screen: &Screen,
    number: &str,
) -> std::result::Result<Option<Vec<Change>>, HttpError> {
    let read = FirstMail { actor: &screen.actor, number };
    let Ok((ticket, Some(mail))) = screen.app.db.read(&read).await? else { return Ok(None) };
    let Ok(facts) = serde_json::from_str::<Kept>(&mail.facts) else { return Ok(None) };
    let text = text_of(&screen.app, mail.raw_hash.as_deref(), &facts).await?;
    let view = text.view(&facts, mail.mailbox.number());
    let ran = run(&screen.directory.ready_rules, &view, &facts.empty()).unwrap_or_default();
    Ok(Some(changes_of(&ticket, &ran.plan)))
}

/// A plan for new tickets as changes of one that is there. What only makes sense for a mail on its way is
/// left out.
fn changes_of(ticket: &Ticket, plan: &Plan) -> Vec<Change> {
    let mut changes: Vec<Change> = plan
        .entries
        .iter()
        .map(|(entry, id)| match entry {
            Entry::Area => Change::Area(*id),
            Entry::Queue => Change::Queue(Some(*id)),
            Entry::Category => Change::Category(Some(*id)),
            Entry::RequestType => Change::RequestType(Some(*id)),
            Entry::Priority => Change::Priority(*id),
            Entry::Status => Change::Status(*id),
            Entry::Assignee => Change::Assignee(Some(*id)),
        })
        .collect();
    if !plan.tags.is_empty() {
        let mut tags = ticket.tag_names();
        tags.extend(plan.tags.clone());
        changes.push(Change::Tags(tags));
    }
    if !plan.marks.is_empty() {
        let marks = ticket.marks().into_iter().chain(plan.marks.iter().copied());
        changes.push(Change::Marks(marks.map(|mark| mark.code().to_owned()).collect()));
    }
    changes.extend(plan.subject.clone().map(Change::Subject));
    if plan.verdict == Some(Verdict::Spam) {
        changes.push(Change::Spam);
    }
    changes
}

/// Asks whether the senders of these tickets are kept away for ever.
pub async fn ask(screen: &Screen, numbers: &[&str]) -> std::result::Result<Question, HttpError> {
    may(screen)?;
    let senders = senders(screen, numbers).await?;
    let texts = texts::intake_rules(screen.language);
    let fields = numbers.iter().map(|number| ("ticket".to_owned(), (*number).to_owned()));
    Ok(Question {
        heading: texts.spam_question().to_owned(),
        action: "/inbox/selection/spam-rules".to_owned(),
        fields: fields.collect(),
        body: html! {
            p { (texts.spam_text()) }
            ul { @for sender in &senders { li { b { (sender) } } } }
        },
        yes: texts.spam_yes().to_owned(),
        no: texts.spam_no().to_owned(),
        target: None,
    })
}

struct Senders<'a> {
    actor: &'a Actor,
    numbers: &'a [&'a str],
}

impl Reading for Senders<'_> {
    type Outcome = Vec<String>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<String>> {
        let mut senders = Vec::new();
        for number in self.numbers.iter().take(SELECTED_MAX) {
            let opened = ticket::open(view, self.actor, Right::WorkOnTicket, number).await?;
            let address = opened.ok().and_then(|ticket| ticket.requester_email);
            senders.extend(address.filter(|one| !senders.contains(one)));
        }
        Ok(senders)
    }
}

/// The addresses of those who asked.
async fn senders(screen: &Screen, numbers: &[&str]) -> std::result::Result<Vec<String>, HttpError> {
    Ok(screen.app.db.read(&Senders { actor: &screen.actor, numbers }).await?)
}

/// Makes a rule for each sender, unless there is one, and puts the tickets into the trash.
pub async fn spam(screen: Screen, form: Form) -> Answer {
    may(&screen)?;
    if screen.actor.areas_with(Level::Work) == Areas::Some(Vec::new()) {
        return Err(Denied::NotAllowed.into());
    }
    let numbers: Vec<&str> = form.all("ticket").take(SELECTED_MAX).collect();
    let texts = texts::intake_rules(screen.language);
    let (mut made, directory) = (0_u64, screen.app.directory_anew().await?);
    let senders = senders(&screen, &numbers).await?;
    if senders.is_empty() {
        return Err(Denied::NotFound.into());
    }
    for sender in senders {
        let wanted = RuleForm {
            name: texts.spam_rule(&sender),
            mailbox: None,
            condition: format!("von:{sender}"),
            actions: "mail:spam ende:ja".to_owned(),
            active: true,
        };
        let is_there = directory.intake_rules.iter().any(|rule| {
            rule.active && rule.mailbox.is_none() && rule.condition == wanted.condition
        });
        if is_there {
            continue;
        }
        let (directory, by) = (directory.as_ref(), screen.by());
        let save = SaveRule { form: &wanted, rule: None, version: None, directory, by };
        made += u64::from(matches!(screen.app.db.write(&save).await?, Ended::Done(..)));
    }
    screen.app.forget_lists();
    for number in &numbers {
        selection::write_one(&screen, number, &[Change::Spam]).await?;
    }
    if !screen.htmx.fragment {
        return Ok(see_other("/inbox"));
    }
    let toast = Toast { text: texts.spam_done(made), undo: None };
    let said = toasts_out_of_band(screen.language, &[toast]);
    let refresh = web::trigger("selection:undone");
    Ok((refresh, html! { (said) (question_out_of_band(None)) }).into_response())
}
