//! What stands in a mail: words above it, what was written, the signature, words below it, and the
//! conversation so far. Once as text, and as HTML if it was written so.

use mail::build::text_of_html;
use maud::{Markup, PreEscaped, html};
use web::Times;

use super::thread::Last;
use crate::record::body::Body;
use crate::texts;

/// The look of quotes in mail programs, which know no style sheets.
const QUOTE_STYLE: &str =
    "margin:0 0 0 .8ex;border-left:2px solid #c4cbd1;padding-left:1ex;color:#4a5560";
const LETTER_STYLE: &str = "font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5";

/// The parts of a mail.
pub struct Content<'a> {
    /// How the customer sees moments, and in which language.
    pub times: &'a Times,
    /// HTML above the text, for mails only (F-OUT-10).
    pub header: Option<&'a str>,
    /// What was written.
    pub body: &'a Body,
    /// The signature (F-OUT-09).
    pub signature: Option<&'a Body>,
    /// HTML below the text, for mails only (F-OUT-10).
    pub footer: Option<&'a str>,
    /// What is quoted, newest first.
    pub quoted: &'a [Last],
    /// Whether it hands a mail on, which then stands whole with its head.
    pub is_forward: bool,
}

/// A mail's text, and the same as HTML if it has any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The HTML, a whole document.
    pub html: Option<String>,
}

/// Puts the parts together.
pub fn compose(content: &Content<'_>) -> Written {
    Written { text: as_text(content), html: content.body.html.as_ref().map(|_| as_html(content)) }
}

fn as_text(content: &Content<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(content.header.map(text_of_html));
    parts.push(text_of(content.body));
    if let Some(signature) = content.signature.filter(|signature| !signature.is_empty()) {
        // RFC 3676 section 4.3: the line that mail programs know a signature by.
        parts.push(format!("-- \n{}", text_of(signature)));
    }
    parts.extend(content.footer.map(text_of_html));
    for last in content.quoted {
        parts.push(quoted_text(content, last));
    }
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

fn text_of(body: &Body) -> String {
    match &body.html {
        Some(html) => text_of_html(html),
        None => body.segment.text.clone(),
    }
}

fn quoted_text(content: &Content<'_>, last: &Last) -> String {
    if content.is_forward {
        let head: Vec<String> = head(content, last)
            .into_iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        let line = texts::common(content.times.language).forwarded_mail();
        return format!("---------- {line} ----------\n{}\n\n{}", head.join("\n"), last.text);
    }
    let lines: Vec<String> = last.text.lines().map(quoted_line).collect();
    format!("{}\n{}", attribution(content, last), lines.join("\n"))
}

/// A line that is a quote already gets no blank between its marks (RFC 3676 section 4.5).
fn quoted_line(line: &str) -> String {
    match line {
        "" => ">".to_owned(),
        line if line.starts_with('>') => format!(">{line}"),
        line => format!("> {line}"),
    }
}

fn attribution(content: &Content<'_>, last: &Last) -> String {
    let times = content.times;
    let name = if last.author.is_empty() {
        last.address.as_deref().unwrap_or_default()
    } else {
        &last.author
    };
    texts::common(times.language).wrote(&times.date(last.at), &times.clock(last.at), name)
}

/// The head of a mail that is handed on.
fn head<'a>(content: &Content<'a>, last: &Last) -> Vec<(&'a str, String)> {
    let texts = texts::common(content.times.language);
    let named = |name: &str, address: &str| match name.is_empty() {
        true => address.to_owned(),
        false => format!("{name} <{address}>"),
    };
    let list = |list: &[crate::record::message::Mailbox]| {
        let names: Vec<String> =
            list.iter().map(|mailbox| named(&mailbox.name, &mailbox.email)).collect();
        names.join(", ")
    };
    let head = [
        (texts.head_from(), named(&last.author, last.address.as_deref().unwrap_or_default())),
        (texts.head_date(), content.times.date_and_clock(last.at)),
        (texts.head_subject(), last.subject.clone()),
        (texts.head_to(), list(&last.recipients.to)),
        (texts.head_cc(), list(&last.recipients.cc)),
    ];
    head.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn as_html(content: &Content<'_>) -> String {
    let page = html! {
        html lang=(content.times.language.code()) {
            head { meta charset="utf-8"; }
            body style=(LETTER_STYLE) {
                @if let Some(header) = content.header { div { (PreEscaped(header)) } }
                div { (shown(content.body)) }
                @if let Some(signature) = content.signature.filter(|signature| !signature.is_empty()) {
                    div class="signature" { p { "-- " br; } (shown(signature)) }
                }
                @if let Some(footer) = content.footer { div { (PreEscaped(footer)) } }
                @for last in content.quoted { (quoted_html(content, last)) }
            }
        }
    };
    format!("<!DOCTYPE html>{}", page.into_string())
}

/// What was written, with its links as customers may follow them.
fn shown(body: &Body) -> Markup {
    match &body.html {
        Some(html) => PreEscaped(html.clone()),
        None => lines(&body.segment.text),
    }
}

fn lines(text: &str) -> Markup {
    html! { p { @for line in text.trim().lines() { (line) br; } } }
}

fn quoted_html(content: &Content<'_>, last: &Last) -> Markup {
    let text = match &last.html {
        Some(html) => PreEscaped(without_pictures(html)),
        None => lines(&last.text),
    };
    if content.is_forward {
        let line = texts::common(content.times.language).forwarded_mail();
        return html! {
            div {
                p { "---------- " (line) " ----------" br;
                    @for (name, value) in head(content, last) { b { (name) ": " } (value) br; } }
                (text)
            }
        };
    }
    html! {
        div {
            p { (attribution(content, last)) }
            blockquote type="cite" style=(QUOTE_STYLE) { (text) }
        }
    }
}

/// A quote carries no pictures: those inside the mail are not sent again, others are not fetched.
fn without_pictures(html: &str) -> String {
    mail::clean::address_images(html, |_| None)
}
