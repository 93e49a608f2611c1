//! What a body says of an agent, or everything that is wrong with it.

use std::collections::BTreeMap;

use rules::right::{Flag, Level, Role};
use values::EmailAddress;
use web::Problem;

use super::Body;
use crate::api::{Call, Findings, html, invalid, line, name, unknown, word};
use crate::feature::agents::save::Fields;
use crate::feature::agents::{NOTICES, PHONE_LETTERS_MAX, UNDO_SECONDS};
use crate::feature::signin::password;
use crate::http::error::HttpError;
use crate::record::AreaId;
use crate::record::area::NO_ACCESS;
use crate::record::directory::by_name;
use crate::record::phone;

/// The fields of a new agent, who needs a name and an address.
pub async fn new(call: &Call, body: &Body) -> Result<Fields, HttpError> {
    let mut findings = Findings::default();
    if body.name.is_none() {
        findings.refuse("name", "missing_field", "a name is needed");
    }
    if body.email.is_none() {
        findings.refuse("email", "missing_field", "an address is needed");
    }
    findings.check()?;
    fields(call, body, Role::Agent.code()).await
}

/// The fields of an agent who has a role before.
pub async fn fields(call: &Call, body: &Body, before: &str) -> Result<Fields, HttpError> {
    let mut findings = Findings::default();
    if body.role.as_deref().unwrap_or(before) == Role::Administrator.code() {
        refuse_rights(body, &mut findings);
    }
    let named = body.name.as_deref().map(|text| name("name", text)).transpose();
    let email = body.email.as_deref().map(email).transpose();
    let role = body.role.as_deref().map(role).transpose();
    let language = body.language.as_ref().map(|code| language(code.as_deref())).transpose();
    let elsewhere = body.level_elsewhere.as_ref();
    let elsewhere = elsewhere
        .map(|code| code.as_deref().map(|code| level("level_elsewhere", code)).transpose());
    let areas = body.areas.as_ref().map(|areas| areas_of(call, areas)).transpose();
    let flags = body.flags.as_ref();
    let flags = flags.map(|flags| flags.as_deref().map(flags_of).transpose());
    let phone = body.phone.as_ref().map(|text| phone_of(text.as_deref())).transpose();
    let signature = body.signature.as_ref();
    let signature = signature.map(|text| html("signature", text.as_deref())).transpose();
    let undo_seconds = body.undo_seconds.map(undo_seconds).transpose();
    let notices = body.notices.as_ref();
    let notices = notices.map(|codes| codes.as_deref().map(notices_of).transpose());
    if body.password.as_deref().is_some_and(|text| !password::is_long_enough(text)) {
        findings.refuse("password", "too_short", "8 to 1000 letters");
    }
    let fields = Fields {
        name: findings.keep(named).flatten(),
        email: findings.keep(email).flatten(),
        role: findings.keep(role).flatten(),
        active: body.active,
        language: findings.keep(language).flatten(),
        phone: findings.keep(phone).flatten(),
        signature: findings.keep(signature).flatten(),
        undo_seconds: findings.keep(undo_seconds).flatten(),
        notices: findings.keep(notices.transpose()).flatten(),
        password_hash: None,
        elsewhere: findings.keep(elsewhere.transpose()).flatten(),
        areas: findings.keep(areas).flatten(),
        flags: findings.keep(flags.transpose()).flatten(),
    };
    findings.check()?;
    let password_hash = match &body.password {
        Some(text) => Some(password::hash(text).await?),
        None => None,
    };
    Ok(Fields { password_hash, ..fields })
}

/// Nothing limits an administrator, so nothing can be set beside that role.
fn refuse_rights(body: &Body, findings: &mut Findings) {
    let fields = [
        ("level_elsewhere", matches!(body.level_elsewhere, Some(Some(_)))),
        ("areas", body.areas.as_ref().is_some_and(|areas| !areas.is_empty())),
        ("flags", matches!(body.flags, Some(Some(_)))),
    ];
    for (field, _) in fields.into_iter().filter(|(_, is_set)| *is_set) {
        findings.refuse(field, "no_effect", "nothing limits an administrator");
    }
}

fn email(text: &str) -> Result<EmailAddress, Problem> {
    EmailAddress::parse(text)
        .map_err(|_| invalid("email", "invalid_email", "an address like anna@example.de"))
}

fn role(code: &str) -> Result<Role, Problem> {
    Role::from_code(code)
        .ok_or_else(|| invalid("role", "unknown", "administrator, agent or read_only"))
}

fn language(code: Option<&str>) -> Result<Option<&'static str>, Problem> {
    match code {
        None => Ok(None),
        Some("de") => Ok(Some("de")),
        Some("en") => Ok(Some("en")),
        Some(_) => Err(invalid("language", "unknown", "de or en")),
    }
}

fn phone_of(text: Option<&str>) -> Result<Option<String>, Problem> {
    match text.map(str::trim) {
        Some(text) if text.chars().count() > PHONE_LETTERS_MAX => {
            Err(invalid("phone", "too_long", "at most 60 letters"))
        }
        Some(text) if !text.is_empty() && !phone::is_number(text) => {
            Err(invalid("phone", "invalid_phone", "a number with digits"))
        }
        text => Ok(text.and_then(line)),
    }
}

fn undo_seconds(seconds: i64) -> Result<i64, Problem> {
    match UNDO_SECONDS.contains(&seconds) {
        true => Ok(seconds),
        false => Err(invalid("undo_seconds", "out_of_range", "0..=30")),
    }
}

fn notices_of(codes: &[String]) -> Result<String, Problem> {
    let mut wanted = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let code = word(&format!("notices[{place}]"), code, &NOTICES)?;
        if !wanted.contains(&code) {
            wanted.push(code);
        }
    }
    Ok(wanted.join(" "))
}

fn level(field: &str, code: &str) -> Result<Option<Level>, Problem> {
    if code == NO_ACCESS {
        return Ok(None);
    }
    let level = Level::from_code(code).map(Some);
    level.ok_or_else(|| invalid(field, "unknown", "own, read, work, manage or none"))
}

fn areas_of(
    call: &Call,
    areas: &BTreeMap<String, String>,
) -> Result<Vec<(AreaId, Option<Level>)>, Problem> {
    let mut levels: Vec<(AreaId, Option<Level>)> = Vec::new();
    for (named, code) in areas {
        let field = format!("areas.{named}");
        let area = by_name(&call.directory.areas, named).ok_or_else(|| unknown(&field))?;
        if levels.iter().any(|(known, _)| *known == area.id) {
            return Err(invalid(&field, "twice", "each area once"));
        }
        levels.push((area.id, level(&field, code)?));
    }
    Ok(levels)
}

fn flags_of(codes: &[String]) -> Result<Vec<Flag>, Problem> {
    let mut flags = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let known = "create, delete, export, settings, person_figures, rules";
        let flag = Flag::from_code(code)
            .ok_or_else(|| invalid(&format!("flags[{place}]"), "unknown", known))?;
        if !flags.contains(&flag) {
            flags.push(flag);
        }
    }
    Ok(flags)
}
