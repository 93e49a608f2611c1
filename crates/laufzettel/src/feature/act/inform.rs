//! After a change of the assignee: who shall hear of it (F-ASG-05, F-ASG-06). Whoever leaves the
//! question says that nobody shall.

use axum::extract::Path;
use maud::{Markup, html};
use web::Form;

use crate::feature::change::Change;
use crate::feature::notify::tell::{TellAgents, former};
use crate::feature::ticket::answer::{Said, answer};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::AgentId;
use crate::record::directory::by_id;
use crate::record::frame::{Question, Toast, avatar_beside_name};
use crate::record::show;
use crate::record::ticket::Ticket;
use crate::texts;

/// Somebody whom a new assignee concerns.
struct Concerned {
    agent: AgentId,
    name: String,
    role: &'static str,
    is_marked: bool,
}

/// The question after a change, where the area wants it asked and somebody else is concerned.
pub fn question(screen: &Screen, ticket: &Ticket, undo: &[Change]) -> Option<Question> {
    let before = former(undo)?;
    let area = by_id(&screen.directory.areas, ticket.area.number())?;
    if area.inform_assignee != "ask" || ticket.assignee == Some(screen.actor.agent) {
        return None;
    }
    let concerned = concerned(screen, ticket.assignee, before);
    if concerned.is_empty() {
        return None;
    }
    let words = texts::act(screen.language);
    let requester = ticket.requester_email.as_deref().filter(|_| before.is_none());
    let body = html! {
        p { (words.inform_text()) }
        @for one in &concerned { (choice(one)) }
        @if let Some(address) = requester {
            label class="check" {
                input type="checkbox" name="requester" value="1";
                span { (words.inform_requester(address)) }
            }
        }
    };
    Some(Question {
        heading: words.inform_question().to_owned(),
        action: format!("/tickets/{}/inform", encode(&ticket.number)),
        fields: Vec::new(),
        body,
        yes: words.inform().to_owned(),
        no: words.inform_nobody().to_owned(),
        target: None,
    })
}

/// The question after several tickets were given to the same agent.
pub fn question_of_many(screen: &Screen, agent: AgentId, tickets: &[String]) -> Option<Question> {
    let concerned = concerned(screen, Some(agent), None);
    if concerned.is_empty() || tickets.is_empty() {
        return None;
    }
    let words = texts::act(screen.language);
    let field = |number: &String| ("ticket".to_owned(), number.clone());
    Some(Question {
        heading: words.inform_question().to_owned(),
        action: "/inbox/selection/inform".to_owned(),
        fields: tickets.iter().map(field).collect(),
        body: html! { p { (words.inform_text()) } @for one in &concerned { (choice(one)) } },
        yes: words.inform().to_owned(),
        no: words.inform_nobody().to_owned(),
        target: None,
    })
}

/// The new assignee and the former one, but not who asks.
fn concerned(screen: &Screen, new: Option<AgentId>, before: Option<AgentId>) -> Vec<Concerned> {
    let words = texts::act(screen.language);
    let one = |agent: Option<AgentId>, role, is_marked| {
        let agent = agent.filter(|agent| *agent != screen.actor.agent)?;
        let person = screen.directory.agent(agent).filter(|person| person.active)?;
        Some(Concerned { agent, name: person.name.clone(), role, is_marked })
    };
    let new = one(new, words.new_assignee(), true);
    new.into_iter().chain(one(before, words.former_assignee(), false)).collect()
}

fn choice(one: &Concerned) -> Markup {
    html! {
        label class="check" {
            input type="checkbox" name="agent" value=(one.agent) checked[one.is_marked];
            (avatar_beside_name(&show::person(&one.name)))
            span { (one.name) " " span class="muted" { (one.role) } }
        }
    }
}

/// Tells those who were marked.
pub async fn inform(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    tell(&screen, &number, &form).await?;
    answer(&screen, &number, &form, Ok(Said { toast: told(&screen, &form), question: None })).await
}

/// What is said after it.
pub fn told(screen: &Screen, form: &Form) -> Option<Toast> {
    let words = texts::act(screen.language);
    let is_somebody = form.has("agent") || form.has("requester");
    is_somebody.then(|| Toast { text: words.informed().to_owned(), undo: None })
}

/// Writes the jobs for those who were marked.
pub async fn tell(screen: &Screen, number: &str, form: &Form) -> Result<(), HttpError> {
    let agents: Vec<AgentId> = form
        .all("agent")
        .filter_map(|agent| agent.parse().ok())
        .map(AgentId::from_number)
        .collect();
    let tell = TellAgents {
        acting: screen.acting(),
        directory: &screen.directory,
        number,
        agents: &agents,
        requester: form.has("requester"),
    };
    Ok(screen.app.db.write(&tell).await??)
}
