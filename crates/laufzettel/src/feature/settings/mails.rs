//! What holds for the mails of the house, on a page of the settings.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use values::Language;
use web::Form;

use super::page::{MailsPage, mails_page};
use super::web::{saved, told};
use super::{ChangeSettings, Changed, ReadSettings};
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::administration::Value;
use crate::record::frame::{Banner, BannerKind, Place};
use crate::record::mail_rules::{MailRules, Wrong};
use crate::texts;

/// The address of the page.
pub const HREF: &str = "/settings/mails";
/// The fields of the page that are on or off.
const FLAGS: [&str; 6] =
    ["processing", "sends", "sends_to_customers", "copies", "tells_new", "tells_answers"];
/// All fields of the page.
pub const FIELDS: [&str; 11] = [
    "processing",
    "sends",
    "sends_to_customers",
    "copies",
    "address",
    "tells_new",
    "tells_answers",
    "told_of_new",
    "linkless",
    "hinted",
    "hint",
];

/// The rules.
pub async fn page(screen: Screen, asked: Form) -> Answer {
    screen.manage_house()?;
    let settings = screen.app.db.read(&ReadSettings).await?;
    let page = MailsPage { form: form_of(&settings.mails), version: settings.version };
    let frame = screen.frame_with(Place::Settings, told(&screen, &asked)).await?;
    Ok(mails_page(&frame, &page).into_response())
}

/// Sets the rules.
pub async fn save(screen: Screen, mut typed: Form) -> Answer {
    screen.manage_house()?;
    let rules = rules_of(&typed);
    let directory = screen.app.directory_anew().await?;
    for wrong in rules.check(&directory) {
        typed.refuse(wrong.0, sentence(screen.language, wrong));
    }
    let version = typed.text("version").parse().ok();
    let mut present = version.unwrap_or_default();
    if typed.is_fine() {
        let by = screen.by();
        let change = ChangeSettings {
            number_mask: None,
            new_tickets: None,
            mails: Some(rules),
            hints: None,
            version,
            by,
        };
        if let Changed::Done(_) = screen.app.db.write(&change).await? {
            return Ok(saved(&screen, HREF));
        }
        typed.refuse("form", texts::settings(screen.language).stale());
        present = screen.app.db.read(&ReadSettings).await?.version;
    }
    let page = MailsPage { form: typed, version: present };
    let frame = screen.frame(Place::Settings).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, mails_page(&frame, &page)).into_response())
}

fn flag(rules: &MailRules, name: &str) -> bool {
    match name {
        "processing" => rules.processing,
        "sends" => rules.sends,
        "sends_to_customers" => rules.sends_to_customers,
        "copies" => rules.copies,
        "tells_new" => rules.tells_new,
        _ => rules.tells_answers,
    }
}

fn form_of(rules: &MailRules) -> Form {
    let (linkless, hinted) = (rules.linkless.join("\n"), rules.hinted.join("\n"));
    let texts = [
        ("address", rules.address.as_deref().unwrap_or_default()),
        ("told_of_new", rules.told_of_new.as_deref().unwrap_or_default()),
        ("linkless", linkless.as_str()),
        ("hinted", hinted.as_str()),
        ("hint", rules.hint.as_str()),
    ];
    let on = FLAGS.into_iter().filter(|name| flag(rules, name)).map(|name| (name, "on"));
    Form::with_values(texts.into_iter().chain(on))
}

fn rules_of(form: &Form) -> MailRules {
    let address =
        |field: &str| Some(form.text(field).to_lowercase()).filter(|text| !text.is_empty());
    let list = |field: &str| -> Vec<String> {
        let entries = form.raw(field).split(['\n', ',']).map(str::trim);
        entries.filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
    };
    MailRules {
        processing: form.has("processing"),
        sends: form.has("sends"),
        sends_to_customers: form.has("sends_to_customers"),
        copies: form.has("copies"),
        address: address("address"),
        tells_new: form.has("tells_new"),
        tells_answers: form.has("tells_answers"),
        told_of_new: address("told_of_new"),
        linkless: list("linkless"),
        hinted: list("hinted"),
        hint: form.raw("hint").replace("\r\n", "\n").trim().to_owned(),
    }
}

fn sentence(language: Language, (field, code): Wrong) -> &'static str {
    let texts = texts::settings(language);
    match (field, code) {
        (_, "own_mailbox") => texts.mails_own_mailbox(),
        ("address", "missing") => texts.mails_no_address(),
        ("hint", "missing") => texts.mails_no_hint(),
        ("hint", _) => texts.mails_hint_long(),
        (_, "invalid_pattern") => texts.mails_no_pattern(),
        _ => texts.mails_wrong_address(),
    }
}

/// The label of a field, by its name in the form; in the history `mails_` stands before it.
pub fn label(language: Language, field: &str) -> Option<&'static str> {
    let texts = texts::settings(language);
    Some(match field {
        "processing" => texts.mails_processing(),
        "sends" => texts.mails_sends(),
        "sends_to_customers" => texts.mails_to_customers(),
        "copies" => texts.mails_copies(),
        "address" => texts.mails_address(),
        "tells_new" => texts.mails_tells_new(),
        "tells_answers" => texts.mails_tells_answers(),
        "told_of_new" => texts.mails_told_of_new(),
        "linkless" => texts.mails_linkless(),
        "hinted" => texts.mails_hinted(),
        "hint" => texts.mails_hint(),
        _ => return None,
    })
}

/// What the history of the administration tells of the rules.
pub fn values(rules: &MailRules) -> Vec<Value> {
    let text = |text: String| (!text.is_empty()).then_some(text);
    let value = |field: &str| match field {
        "address" => rules.address.clone(),
        "told_of_new" => rules.told_of_new.clone(),
        "linkless" => text(rules.linkless.join(", ")),
        "hinted" => text(rules.hinted.join(", ")),
        "hint" => text(rules.hint.clone()),
        name => Some(flag(rules, name).to_string()),
    };
    FIELDS.into_iter().map(|field| (format!("mails_{field}"), value(field))).collect()
}

/// Says on every page that mails are not worked on, or do not leave.
pub fn banners(screen: &Screen) -> Vec<Banner> {
    let (texts, rules) = (texts::settings(screen.language), &screen.directory.mail_rules);
    let may_change = screen.manage_house().is_ok();
    let banner = |heading: &str, text: &str| Banner {
        kind: BannerKind::Limited,
        heading: heading.to_owned(),
        text: text.to_owned(),
        link: may_change.then(|| (texts.mails().to_owned(), HREF.to_owned())),
        act: None,
    };
    let mut banners = Vec::new();
    if !rules.processing {
        banners.push(banner(texts.mails_off(), texts.mails_off_text()));
    }
    if !rules.sends {
        banners.push(banner(texts.mails_unsent(), texts.mails_unsent_text()));
    } else if !rules.sends_to_customers {
        banners.push(banner(texts.mails_unsent_customers(), texts.mails_unsent_customers_text()));
    }
    banners
}
