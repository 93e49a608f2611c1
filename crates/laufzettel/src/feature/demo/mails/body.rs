//! The body of a mail: its text, signature and quote, in the ways of the programs.

use values::Language;

use super::encode::{Charset, base64_lines, quoted_printable};
use super::{Letter, Name, Program, Quote, Sent};
use crate::feature::demo::calendar::{month, weekday};

/// The width to which Thunderbird breaks lines.
const FLOWED_WIDTH: usize = 72;

/// The part that holds the text: its header, a blank line, its content.
pub(super) fn part(letter: &Letter<'_>) -> String {
    let charset = letter.charset();
    match (letter.sent, letter.program) {
        (Sent::ToMany, _) => alternative(letter, &newsletter(letter), charset),
        (Sent::ByAbsence, _) => text_part("text/plain", &letter.text, charset),
        (_, Program::Outlook | Program::Gmail) => alternative(letter, &html(letter), charset),
        (_, Program::Thunderbird) => format!(
            "Content-Type: text/plain; charset=UTF-8; format=flowed\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\n{}",
            flowed(&plain(letter))
        ),
        (_, Program::AppleMail | Program::IPhone) => {
            text_part("text/plain", &plain(letter), charset)
        }
        (_, Program::Notes) => format!(
            "Content-Type: text/plain; charset={}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            charset.name(),
            base64_lines(&charset.bytes(&plain(letter).replace('\n', "\r\n")))
        ),
    }
}

fn text_part(media_type: &str, text: &str, charset: Charset) -> String {
    format!(
        "Content-Type: {media_type}; charset=\"{}\"\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n{}",
        charset.name(),
        quoted_printable(text, charset)
    )
}

fn alternative(letter: &Letter<'_>, html: &str, charset: Charset) -> String {
    let boundary = format!("----=_{}_both", letter.mark());
    format!(
        "Content-Type: multipart/alternative; boundary=\"{boundary}\"\r\n\r\n\
         --{boundary}\r\n{}\r\n--{boundary}\r\n{}\r\n--{boundary}--\r\n",
        text_part("text/plain", &plain(letter), charset),
        text_part("text/html", html, charset),
    )
}

/// The plain text with signature and quote.
fn plain(letter: &Letter<'_>) -> String {
    let mut text = letter.text.clone();
    let signature = letter.signature.as_str();
    if !signature.is_empty() && !matches!(letter.program, Program::Thunderbird | Program::IPhone) {
        text.push_str(&format!("\n\n{signature}"));
    }
    if letter.program == Program::IPhone {
        text.push_str(match letter.language {
            Language::German => "\n\nVon meinem iPhone gesendet",
            Language::English => "\n\nSent from my iPhone",
        });
    }
    if let Some(quote) = &letter.quote {
        text.push_str("\n\n");
        text.push_str(&match letter.program {
            Program::Outlook | Program::Notes => {
                let block =
                    block(letter, quote).map(|(label, value)| format!("{label}: {value}\n"));
                format!("{}\n{}\n", block.concat(), quote.text)
            }
            _ => format!("{}\n{}\n", attribution(letter, quote), marked(&quote.text)),
        });
    }
    if letter.program == Program::Thunderbird && !signature.is_empty() {
        text.push_str(&format!("\n\n-- \n{signature}"));
    }
    text.push('\n');
    text
}

fn marked(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The line before a quote.
fn attribution(letter: &Letter<'_>, quote: &Quote) -> String {
    let Name { name, address } = &quote.from;
    let clock = |format: &str| letter.clock(quote.at, format);
    match (letter.language, letter.program) {
        (Language::German, Program::Gmail) => {
            let day = letter.day(quote).chars().take(2).collect::<String>();
            let date = clock("%d. %b. %Y um %H:%M");
            format!("Am {day}., {date} Uhr schrieb {name} <{address}>:")
        }
        (Language::German, Program::Thunderbird) => {
            format!("Am {} schrieb {name}:", clock("%d.%m.%y um %H:%M"))
        }
        (Language::German, _) => {
            format!("Am {} schrieb {name} <{address}>:", clock("%d.%m.%Y um %H:%M"))
        }
        (Language::English, _) => {
            format!("On {}, {name} <{address}> wrote:", clock("%a, %d %b %Y at %H:%M"))
        }
    }
}

/// The block of headers before a quote.
fn block(letter: &Letter<'_>, quote: &Quote) -> [(&'static str, String); 4] {
    let labels = match letter.language {
        Language::German => ["Von", "Gesendet", "An", "Betreff"],
        Language::English => ["From", "Sent", "To", "Subject"],
    };
    let named = |name: &Name| format!("{} <{}>", name.name, name.address);
    let values =
        [named(&quote.from), letter.long_date(quote), named(&quote.to), quote.subject.clone()];
    let mut values = values.into_iter();
    labels.map(|label| (label, values.next().unwrap_or_default()))
}

impl Letter<'_> {
    fn day(&self, quote: &Quote) -> &'static str {
        weekday(self.local(quote), self.language)
    }

    fn long_date(&self, quote: &Quote) -> String {
        let (date, clock) = (self.local(quote), self.clock(quote.at, "%H:%M"));
        let (day, name) = (self.day(quote), month(date, self.language));
        match self.language {
            Language::German => format!("{day}, {}. {name} {} {clock}", date.day(), date.year()),
            Language::English => format!("{day}, {} {name} {} {clock}", date.day(), date.year()),
        }
    }

    fn local(&self, quote: &Quote) -> jiff::civil::Date {
        let at = jiff::Timestamp::from_millisecond(quote.at.millis()).unwrap_or_default();
        self.zone.to_datetime(at).date()
    }
}

/// Breaks lines so that they can be joined again (RFC 3676): a blank at the end goes on.
fn flowed(text: &str) -> String {
    let mut broken = String::with_capacity(text.len() + text.len() / 40);
    for line in text.lines() {
        if line == "-- " || line.starts_with('>') {
            broken.push_str(&format!("{line}\r\n"));
            continue;
        }
        let mut length = 0;
        for (place, word) in line.split(' ').enumerate() {
            if place > 0 {
                broken.push(' ');
                length += 1;
            }
            if length > 0 && length + word.chars().count() > FLOWED_WIDTH {
                broken.push_str("\r\n");
                length = 0;
            }
            broken.push_str(word);
            length += word.chars().count();
        }
        broken.push_str("\r\n");
    }
    broken
}

fn html(letter: &Letter<'_>) -> String {
    match letter.program {
        Program::Gmail => gmail(letter),
        _ => outlook(letter),
    }
}

fn outlook(letter: &Letter<'_>) -> String {
    let paragraph = |text: &str| format!("<p class=\"MsoNormal\">{}</p>\n", lines(text));
    let mut body = String::new();
    for text in letter.text.split("\n\n").chain([letter.signature.as_str()]) {
        body.push_str(&paragraph(text));
        body.push_str("<p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>\n");
    }
    if let Some(quote) = &letter.quote {
        let block = block(letter, quote)
            .map(|(label, value)| format!("<b>{label}:</b> {}<br>\n", escaped(&value)));
        body.push_str(&format!(
            "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\">\n\
             <p class=\"MsoNormal\">{}</p>\n</div>\n",
            block.concat().trim_end_matches("<br>\n")
        ));
        quote.text.split("\n\n").for_each(|text| body.push_str(&paragraph(text)));
    }
    format!(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">\n<head>\n\
         <meta http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\">\n\
         <style>\np.MsoNormal {{margin:0cm;font-size:11.0pt;font-family:\"Calibri\",sans-serif;}}\n</style>\n\
         </head>\n<body lang=\"{language}\">\n<div class=\"WordSection1\">\n{body}</div>\n</body>\n</html>\n",
        charset = letter.charset().name(),
        language = letter.language.code(),
    )
}

fn gmail(letter: &Letter<'_>) -> String {
    let mut body = String::from("<div dir=\"ltr\">");
    for text in letter.text.split("\n\n") {
        body.push_str(&format!("<div>{}</div><div><br></div>", lines(text)));
    }
    if !letter.signature.is_empty() {
        body.push_str(&format!(
            "<div dir=\"ltr\" class=\"gmail_signature\">{}</div>",
            lines(&letter.signature)
        ));
    }
    body.push_str("</div>\n");
    if let Some(quote) = &letter.quote {
        body.push_str(&format!(
            "<br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">{}<br></div>\n\
             <blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid \
             rgb(204,204,204);padding-left:1ex\"><div>{}</div></blockquote></div>\n",
            escaped(&attribution(letter, quote)),
            lines(&quote.text)
        ));
    }
    body
}

/// A mail to many: coloured boxes and pictures that lie on a server.
fn newsletter(letter: &Letter<'_>) -> String {
    let paragraphs = letter.text.split("\n\n").map(|text| format!("<p>{}</p>\n", lines(text)));
    format!(
        "<html><body style=\"background:#eef\">\n\
         <table width=\"600\" align=\"center\"><tr><td bgcolor=\"#ffffff\">\n\
         <img src=\"https://news.example/{trace}/banner.png\" width=\"600\" height=\"120\" alt=\"\">\n\
         <h1 style=\"color:#c00\">{title}</h1>\n{text}\
         <img src=\"https://news.example/{trace}/open.gif\" width=\"1\" height=\"1\" alt=\"\">\n\
         </td></tr></table>\n</body></html>\n",
        trace = letter.mark(),
        title = escaped(&letter.subject),
        text = paragraphs.collect::<String>(),
    )
}

fn lines(text: &str) -> String {
    escaped(text).replace('\n', "<br>\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
