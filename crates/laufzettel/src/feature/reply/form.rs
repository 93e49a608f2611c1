//! What the composer's form says: a draft, and an answer as it is wanted.

use mail::read::typed_addresses;
use rules::status::StatusKind;
use web::Form;

use super::refusal::Refusal;
use super::send::{Then, Wanted};
use super::store::content_id;
use crate::record::body::Body;
use crate::record::draft::{Draft, DraftFile, Kind};
use crate::record::{AttachmentId, MessageId};
use crate::service::outbox::{Field, Recipient};

/// Letters of a subject.
const SUBJECT_LETTERS_MAX: usize = 500;
/// Agents whom one note concerns.
const CONCERNED_MAX: usize = 200;
/// Uploads of one mail.
const UPLOADS_MAX: usize = 100;

/// The draft in a form. Only the ids of its files are known here.
pub fn draft(form: &Form) -> Draft {
    let file = |id: &str| DraftFile {
        id: id.to_owned(),
        name: String::new(),
        size_bytes: 0,
        media_type: String::new(),
    };
    Draft {
        to: form.raw("to").to_owned(),
        cc: form.raw("cc").to_owned(),
        bcc: form.raw("bcc").to_owned(),
        subject: form.raw("subject").to_owned(),
        sender: form.raw("sender").to_owned(),
        text: form.raw("text").replace("\r\n", "\n").replace('\0', ""),
        html: form.raw("html").replace('\0', ""),
        plain: form.has("plain"),
        unsigned: !form.has("signed"),
        files: form.all("uploads").take(UPLOADS_MAX).map(file).collect(),
        kept: form.all("kept").take(UPLOADS_MAX).map(str::to_owned).collect(),
        at: form.raw("at").to_owned(),
        concerns: form.all("concerns").take(CONCERNED_MAX).map(str::to_owned).collect(),
        seen: Some(form.raw("seen").to_owned()).filter(|seen| !seen.is_empty()),
    }
}

/// The answer that a form asks for.
pub fn wanted(form: &Form, kind: Kind, draft: Draft, undo_seconds: i64) -> Result<Wanted, Refusal> {
    let (body, pictures) = body(&draft);
    let recipients = recipients(&[
        (Field::To, draft.to.as_str()),
        (Field::Cc, draft.cc.as_str()),
        (Field::Bcc, draft.bcc.as_str()),
    ])?;
    if recipients.is_empty() {
        return Err(Refusal::NoRecipient);
    }
    Ok(Wanted {
        kind,
        channel: if kind == Kind::Note { "web" } else { "mail" },
        body,
        pictures,
        sender: draft.sender.clone(),
        recipients,
        subject: subject(&draft.subject),
        uploads: draft.uploads(),
        kept: draft.kept.iter().filter_map(|id| AttachmentId::parse(id)).collect(),
        is_signed: !draft.unsigned,
        then: then(form.raw("then")),
        seen: draft.seen.as_deref().and_then(MessageId::parse),
        knows_strangers: form.has("knows_strangers"),
        draft: Some(draft),
        undo_seconds,
        at: None,
        concerns: None,
    })
}

/// What was written: HTML from the editor, or text. The pictures in it are uploads of the draft.
pub fn body(draft: &Draft) -> (Body, Vec<AttachmentId>) {
    if draft.plain || draft.html.trim().is_empty() {
        return (Body::from_text(&draft.text), Vec::new());
    }
    let mut html = draft.html.clone();
    let mut pictures = Vec::new();
    for id in draft.uploads() {
        let shown = format!("\"/attachments/{id}/view\"");
        if html.contains(&shown) {
            html = html.replace(&shown, &format!("\"cid:{}\"", content_id(id)));
            pictures.push(id);
        }
    }
    (Body::from_html(&html), pictures)
}

/// Recipients as they were typed.
pub fn recipients(fields: &[(Field, &str)]) -> Result<Vec<Recipient>, Refusal> {
    let mut all = Vec::new();
    for (field, text) in fields {
        for typed in typed_addresses(text) {
            let Some(address) = typed.address else { return Err(Refusal::NoAddress(typed.raw)) };
            let name = one_line(typed.name.as_deref().unwrap_or_default());
            all.push(Recipient { field: *field, name, address });
        }
    }
    Ok(all)
}

/// A subject as typed: one line of a bearable length.
pub fn subject(text: &str) -> String {
    one_line(text).chars().take(SUBJECT_LETTERS_MAX).collect()
}

/// Without line ends and other controls, which could make a header of their own.
fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn then(text: &str) -> Then {
    match text {
        "wait" => Then::Kind(StatusKind::WaitingRequester),
        "solve" => Then::Kind(StatusKind::Done),
        _ => Then::AsAreaSays,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_are_read_as_people_type_them() {
        let typed =
            [(Field::To, "Ann Hansen <ann@kunde.example>; bob@kunde.example,"), (Field::Cc, "")];
        let read = recipients(&typed).unwrap();
        let shown: Vec<String> =
            read.iter().map(|one| format!("{}|{}", one.name, one.address)).collect();
        assert_eq!(shown, ["Ann Hansen|ann@kunde.example", "|bob@kunde.example"]);
        let odd = recipients(&[(Field::To, "ann@kunde.example, quatsch")]);
        assert_eq!(odd, Err(Refusal::NoAddress("quatsch".to_owned())));
    }

    #[test]
    fn a_line_end_in_a_name_or_a_subject_makes_no_header() {
        let read = recipients(&[(Field::To, "\"Ann\r\nBcc: eve@x.example\" <ann@kunde.example>")]);
        let names: Vec<String> = read.unwrap().into_iter().map(|one| one.name).collect();
        assert!(names.iter().all(|name| !name.contains(['\r', '\n'])), "{names:?}");
        assert_eq!(subject("Betreff\r\nBcc: eve@x.example"), "Betreff Bcc: eve@x.example");
    }

    #[test]
    fn pictures_of_the_editor_become_parts_of_the_mail() {
        let file = DraftFile {
            id: AttachmentId::from_number(77).to_string(),
            name: "a.png".to_owned(),
            size_bytes: 1,
            media_type: "image/png".to_owned(),
        };
        let shown = format!("<p>Da:<img src=\"/attachments/{}/view\"></p>", file.id);
        let draft = Draft { html: shown, files: vec![file], ..Draft::default() };
        let (body, pictures) = body(&draft);
        assert_eq!(pictures, [AttachmentId::from_number(77)]);
        assert!(body.html.unwrap().contains("src=\"cid:77@laufzettel\""));
        let plain = Draft { plain: true, text: "Da:".to_owned(), ..draft };
        assert_eq!(super::body(&plain).0.html, None);
    }
}
