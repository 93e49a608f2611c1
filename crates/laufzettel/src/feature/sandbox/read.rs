//! A mail of the sandbox as the customer's mail program shows it.

use mail::clean::{ImageSource, address_images, clean};
use mail::read::{Mail, NamedAddress, part, read};
use web::{Times, bytes_size};

use super::page::{CaughtFile, CaughtPage, CaughtRow};
use super::store::Caught;
use crate::record::show;

/// A line of the list.
pub fn row(times: &Times, caught: &Caught, open: bool) -> CaughtRow {
    let mail = read(&caught.bytes);
    CaughtRow {
        id: caught.id.to_string(),
        to: caught.recipients.join(", "),
        person: show::person(mail.to.list.first().map_or("", |to| name_of(to))),
        subject: mail.subject.clone(),
        time: show::moment(times, caught.at),
        open,
    }
}

/// The open mail.
pub fn opened(times: &Times, caught: &Caught) -> CaughtPage {
    let mail = read(&caught.bytes);
    let files = mail.attachments.iter().enumerate().filter(|(_, file)| !file.is_inline);
    CaughtPage {
        id: caught.id.to_string(),
        subject: mail.subject.clone(),
        from: mail.from.as_ref().map(shown).unwrap_or_default(),
        person: show::person(mail.from.as_ref().map_or("", |from| name_of(from))),
        to: list(&mail.to.list),
        cc: list(&mail.cc.list),
        time: show::full_moment(times, caught.at),
        text: text(&mail),
        has_html: mail.html.is_some(),
        files: files
            .map(|(place, file)| CaughtFile {
                place,
                name: file.name.clone(),
                size: bytes_size(file.size_bytes, times.language),
            })
            .collect(),
        answerers: caught.recipients.clone(),
        refused: None,
    }
}

/// The HTML of a mail, cleaned, with the pictures that are in it.
pub fn html(caught: &Caught) -> String {
    let mail = read(&caught.bytes);
    let html = clean(mail.html.as_deref().unwrap_or_default()).html;
    address_images(&html, |source| match source {
        ImageSource::Inline(id) => mail
            .attachments
            .iter()
            .position(|file| file.content_id.as_deref() == Some(&*id))
            .map(|place| format!("/sandbox/{}/files/{place}", caught.id)),
        ImageSource::Remote(_) => None,
    })
}

/// Name, media type and bytes of a file.
pub fn file(caught: &Caught, place: usize) -> Option<(String, String, Vec<u8>)> {
    let mail = read(&caught.bytes);
    let file = mail.attachments.get(place)?;
    let bytes = part(&caught.bytes, &file.path)?.into_owned();
    Some((file.name.clone(), file.declared_type.clone(), bytes))
}

/// The text of a mail.
pub fn text(mail: &Mail) -> String {
    mail.text.clone().unwrap_or_default()
}

fn list(list: &[NamedAddress]) -> String {
    list.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn shown(one: &NamedAddress) -> String {
    match &one.name {
        Some(name) => format!("{name} <{}>", one.raw),
        None => one.raw.clone(),
    }
}

fn name_of(one: &NamedAddress) -> &str {
    one.name.as_deref().unwrap_or(&one.raw)
}
