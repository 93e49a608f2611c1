//! Handlers of the settings.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use rules::number::Mask;
use web::{Form, see_other};

use super::page::{
    Card, NewTicketsPage, NumbersPage, OverviewPage, found, new_tickets_page, numbers_page,
    overview as overview_page, preview as preview_part,
};
use super::{
    ChangeSettings, Changed, ReadCounter, ReadSettings, Settings, find, history, mask_problem,
};
use crate::feature::lists::List;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::frame::{Place, Toast};
use crate::record::new_tickets::{Field, NewTicketRules};
use crate::texts::{self, common};

/// The overview; while somebody types, only what was found.
pub async fn overview(screen: Screen, asked: Form) -> Answer {
    screen.manage_house()?;
    let typed = asked.text("q").to_owned();
    let found_now = find::find(&screen, &typed);
    let is_part = screen.htmx.fragment && screen.htmx.target.as_deref() == Some("found");
    let changes = if is_part { Vec::new() } else { history::newest(&screen).await? };
    let page = OverviewPage { cards: cards(&screen), typed, found: found_now, changes };
    if is_part {
        return Ok(found(screen.language, &page).into_response());
    }
    Ok(overview_page(&screen.frame(Place::Settings).await?, &page).into_response())
}

/// The cards of the overview, each with what its reader may change.
fn cards(screen: &Screen) -> Vec<Card> {
    let (texts, language) = (texts::settings(screen.language), screen.language);
    let lists = &screen.directory;
    let list = |list: List, count: usize| (list.title(language), list.href(), Some(count));
    let link = |name: &'static str, href: &str| (name, href.to_owned(), None);
    let tickets = vec![
        list(List::Areas, lists.areas.len()),
        list(List::Queues, lists.queues.len()),
        list(List::Statuses, lists.statuses.len()),
        list(List::Priorities, lists.priorities.len()),
        list(List::RequestTypes, lists.request_types.len()),
        list(List::Categories, lists.categories.len()),
        link(texts.numbers(), "/settings/numbers"),
        link(texts.new_tickets(), "/settings/new-tickets"),
        link(texts.hints(), "/settings/hints"),
    ];
    let mut team = Vec::new();
    if screen.actor.is_administrator() {
        let active = lists.agents.iter().filter(|agent| agent.active).count();
        team.push((texts.people(), "/settings/people".to_owned(), Some(active)));
    }
    team.push(link(texts.tokens(), "/settings/tokens"));
    team.push(link(texts.api(), "/api/docs"));
    let mut post = vec![
        (texts.mailboxes(), "/mailboxes".to_owned(), Some(lists.mailboxes.len())),
        (
            texts::senders(language).senders(),
            "/settings/senders".to_owned(),
            Some(lists.senders.len()),
        ),
        link(texts.mails(), "/settings/mails"),
        (
            texts::intake_rules(language).rules_of_mails(),
            "/settings/rules".to_owned(),
            Some(lists.intake_rules.len()),
        ),
        link(texts.text_blocks(), "/text-blocks"),
        link(texts.journal(), "/mails"),
        link(texts.outbox(), "/mails/out"),
    ];
    if screen.actor.is_administrator() {
        post.push(link(texts.microsoft(), "/settings/oauth/microsoft"));
        post.push(link(texts.google(), "/settings/oauth/google"));
        post.push(link(common(language).background(), "/jobs"));
    }
    let account = texts::profile(language);
    let own = vec![
        link(texts.profile(), "/profile"),
        link(texts.signature(), "/profile#signature"),
        link(account.password(), "/profile#current"),
        link(account.sessions(), "/profile#sessions"),
    ];
    vec![
        Card { icon: "tag", heading: texts.tickets(), links: tickets },
        Card { icon: "users", heading: texts.team(), links: team },
        Card { icon: "mail", heading: texts.post(), links: post },
        Card { icon: "user", heading: texts.own(), links: own },
    ]
}

/// The numbering.
pub async fn numbers(screen: Screen, asked: Form) -> Answer {
    screen.manage_house()?;
    let settings = screen.app.db.read(&ReadSettings).await?;
    let form = Form::with_values([("number_mask", settings.number_mask.as_str())]);
    let page = numbers_of(&screen, form, &settings).await?;
    let frame = screen.frame_with(Place::Settings, told(&screen, &asked)).await?;
    Ok(numbers_page(&frame, &page).into_response())
}

/// Tries a mask, or sets it.
pub async fn save_numbers(screen: Screen, typed: Form) -> Answer {
    screen.manage_house()?;
    let settings = screen.app.db.read(&ReadSettings).await?;
    let (is_try, mask) = (typed.has("try"), typed.text("number_mask").to_owned());
    let version = typed.text("version").parse().ok();
    let mut page = numbers_of(&screen, typed, &settings).await?;
    if is_try && screen.htmx.fragment {
        return Ok(preview_part(screen.language, &page).into_response());
    }
    if page.form.is_fine() && !is_try {
        let by = screen.by();
        let change = ChangeSettings {
            number_mask: Some(&mask),
            new_tickets: None,
            mails: None,
            hints: None,
            version,
            by,
        };
        match screen.app.db.write(&change).await? {
            Changed::Done(_) => return Ok(saved(&screen, "/settings/numbers")),
            Changed::Stale => page.form.refuse("form", texts::settings(screen.language).stale()),
        }
    }
    let status =
        if page.form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = screen.frame(Place::Settings).await?;
    Ok((status, numbers_page(&frame, &page)).into_response())
}

/// The page of a mask that was typed, with what it gives or what is wrong with it.
async fn numbers_of(
    screen: &Screen,
    mut form: Form,
    settings: &Settings,
) -> Result<NumbersPage, HttpError> {
    let version = settings.version;
    let mask = match Mask::parse(form.text("number_mask")) {
        Ok(mask) => mask,
        Err(problem) => {
            form.refuse("number_mask", mask_problem(screen.language, &problem));
            return Ok(NumbersPage { form, version, preview: None });
        }
    };
    let day = screen.app.today();
    let read = ReadCounter { mask: &mask, owner: String::new(), day };
    let preview = mask.preview(screen.app.db.read(&read).await?, day);
    Ok(NumbersPage { form, version, preview: Some((preview.first, preview.next)) })
}

/// The rules of new tickets.
pub async fn new_tickets(screen: Screen, asked: Form) -> Answer {
    screen.manage_house()?;
    let settings = screen.app.db.read(&ReadSettings).await?;
    let page = NewTicketsPage { form: form_of(&settings.new_tickets), version: settings.version };
    let frame = screen.frame_with(Place::Settings, told(&screen, &asked)).await?;
    Ok(new_tickets_page(&frame, &page).into_response())
}

/// Sets the rules of new tickets.
pub async fn save_new_tickets(screen: Screen, mut typed: Form) -> Answer {
    screen.manage_house()?;
    let rules = rules_of(&typed);
    let version = typed.text("version").parse().ok();
    let change = ChangeSettings {
        number_mask: None,
        new_tickets: Some(rules),
        mails: None,
        hints: None,
        version,
        by: screen.by(),
    };
    if let Changed::Done(_) = screen.app.db.write(&change).await? {
        return Ok(saved(&screen, "/settings/new-tickets"));
    }
    typed.refuse("form", texts::settings(screen.language).stale());
    let version = screen.app.db.read(&ReadSettings).await?.version;
    let page = NewTicketsPage { form: typed, version };
    let frame = screen.frame(Place::Settings).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, new_tickets_page(&frame, &page)).into_response())
}

fn form_of(rules: &NewTicketRules) -> Form {
    let flags = [
        ("starts_read", rules.starts_read),
        ("assigns_creator", rules.assigns_creator),
        ("preselects_type", rules.preselects_type),
    ];
    let on = flags.into_iter().filter(|(_, flag)| *flag).map(|(name, _)| (name, "on"));
    Form::with_values(on.chain(rules.required.iter().map(|field| ("required", field.code()))))
}

fn rules_of(form: &Form) -> NewTicketRules {
    let is_sent = |field: &Field| form.all("required").any(|code| code == field.code());
    NewTicketRules {
        starts_read: form.has("starts_read"),
        assigns_creator: form.has("assigns_creator"),
        preselects_type: form.has("preselects_type"),
        required: Field::ALL.into_iter().filter(is_sent).collect(),
    }
}

pub fn saved(screen: &Screen, path: &str) -> axum::response::Response {
    screen.app.forget_lists();
    see_other(&format!("{path}?saved=yes"))
}

pub fn told(screen: &Screen, asked: &Form) -> Vec<Toast> {
    let text = texts::settings(screen.language).saved().to_owned();
    asked.has("saved").then_some(Toast { text, undo: None }).into_iter().collect()
}
