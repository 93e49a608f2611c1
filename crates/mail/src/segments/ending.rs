//! How a text ends: signatures and legal notices.

use crate::segments::line::{Line, Mark};
use crate::segments::words::Beginnings;

/// Lines of a signature; a longer ending is text.
const SIGNATURE_LINES_MAX: usize = 30;

/// Phrases with which a letter is closed, German and English first.
static CLOSINGS: Beginnings = Beginnings::new(&[
    "mit freundlichen grüßen",
    "mit freundlichen grüssen",
    "mit freundlichen gruessen",
    "mit freundlichem gruß",
    "mit freundlichem gruss",
    "mit freundlichem gruße",
    "mit besten grüßen",
    "mit besten grüssen",
    "mfg",
    "mit kollegialen grüßen",
    "mit sportlichen grüßen",
    "many thanks and best regards",
    "met vriendelijke groet",
    "met vriendelijke groeten",
    "med vänliga hälsningar",
    "med venlig hilsen",
    "freundliche grüße",
    "freundliche grüsse",
    "freundlichen gruß",
    "freundliche gruesse",
    "beste grüße",
    "beste grüsse",
    "beste gruesse",
    "besten gruß",
    "best regards",
    "best wishes",
    "bien cordialement",
    "viele grüße",
    "viele grüsse",
    "viele gruesse",
    "vielen dank und viele grüße",
    "vielen dank und freundliche grüße",
    "viele liebe grüße",
    "vg",
    "vänliga hälsningar",
    "liebe grüße",
    "liebe grüsse",
    "lieben gruß",
    "lg",
    "herzliche grüße",
    "herzliche grüsse",
    "herzlichen gruß",
    "hochachtungsvoll",
    "schöne grüße",
    "schöne grüsse",
    "sonnige grüße",
    "sincerely",
    "sincerely yours",
    "saludos",
    "danke und gruß",
    "danke und grüße",
    "dank und gruß",
    "distinti saluti",
    "grüße aus ",
    "grüße,",
    "gruß,",
    "grüße",
    "gruß",
    "gruss",
    "es grüßt",
    "kind regards",
    "kindest regards",
    "warm regards",
    "warmest regards",
    "with best regards",
    "with kind regards",
    "regards",
    "thanks and regards",
    "yours sincerely",
    "yours faithfully",
    "yours truly",
    "cheers",
    "cordialement",
    "cordiali saluti",
    "all the best",
    "un saludo",
    "pozdrawiam",
    "z poważaniem",
]);

/// What an ending is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Signature,
    Disclaimer,
}

/// Marks the lines of a signature and of legal notices in a run of lines that are not quoted.
pub(super) fn mark_ending(lines: &[Line], mut mark: impl FnMut(usize, Ending)) {
    let notices: Vec<bool> = lines.iter().map(|line| is_notice(&line.key)).collect();
    let run = Run { lines, notices: &notices };
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        if line.is_blank() {
            index += 1;
        } else if line.mark == Mark::Signature {
            mark(index, Ending::Signature);
            index += 1;
        } else if let Some(length) = run.notice(index) {
            (index..index + length).for_each(|at| mark(at, Ending::Disclaimer));
            index += length;
        } else if let Some(length) = run.signature(index) {
            run.mark_signature(index, index + length, &mut mark);
            index += length;
        } else {
            index += 1;
        }
    }
}

/// Lines that are not quoted, and which of them have the words of a notice.
struct Run<'a> {
    lines: &'a [Line],
    notices: &'a [bool],
}

impl Run<'_> {
    fn is_after_blank(&self, index: usize) -> bool {
        let before = index.checked_sub(1);
        before.is_none_or(|before| self.lines.get(before).is_some_and(Line::is_blank))
    }

    fn is_notice(&self, index: usize) -> bool {
        self.notices.get(index) == Some(&true)
    }

    /// Notices inside a signature are notices.
    fn mark_signature(&self, start: usize, end: usize, mark: &mut impl FnMut(usize, Ending)) {
        let mut index = start;
        while index < end {
            match self.notice(index).filter(|_| index > start) {
                Some(length) => {
                    (index..index + length).for_each(|at| mark(at, Ending::Disclaimer));
                    index += length;
                }
                None => {
                    mark(index, Ending::Signature);
                    index += 1;
                }
            }
        }
    }

    /// The number of lines of the paragraph that begins here, if it is a legal notice.
    fn notice(&self, index: usize) -> Option<usize> {
        let rest = self.lines.get(index..)?;
        let is_long = rest.first()?.length > 60;
        if !self.is_notice(index) || !(self.is_after_blank(index) || is_long) {
            return None;
        }
        Some(rest.iter().take_while(|line| !line.is_blank()).count())
    }

    /// The number of lines of the signature that begins here.
    fn signature(&self, index: usize) -> Option<usize> {
        let lines = self.lines.get(index..)?;
        let first = lines.first()?;
        if is_mobile(&first.key) {
            return Some(1);
        }
        if first.is_signature_mark || is_list_footer(lines) {
            return self.bounded(index, self.lines.len());
        }
        if is_closing(&first.key) {
            let end = postscript(lines).map_or(self.lines.len(), |offset| index + offset);
            return self.bounded(index, end);
        }
        let is_last = !lines.iter().skip(1).any(|line| !line.is_blank())
            || lines.get(1).is_some_and(Line::is_blank) && is_list_footer(after_blanks(lines));
        (self.is_after_blank(index) && is_last && is_dashed_name(&first.key)).then_some(1)
    }

    /// The length of an ending, unless it is so long that it must be text. Notices behind a
    /// signature do not count, however long they are.
    fn bounded(&self, start: usize, end: usize) -> Option<usize> {
        let (mut count, mut long) = (0, 0);
        for index in start..end {
            let line = self.lines.get(index)?;
            if self.is_notice(index) {
                break;
            }
            count += usize::from(!line.is_blank());
            long += usize::from(line.length > 160);
            if count > SIGNATURE_LINES_MAX || long > 1 {
                return None;
            }
        }
        Some(end - start)
    }
}

fn after_blanks(lines: &[Line]) -> &[Line] {
    let blanks = lines.iter().skip(1).take_while(|line| line.is_blank()).count();
    lines.get(1 + blanks..).unwrap_or_default()
}

/// Where a postscript begins: it is text again.
fn postscript(lines: &[Line]) -> Option<usize> {
    let is_postscript = |line: &Line| {
        ["ps:", "p.s.", "ps ", "nb:", "nachtrag:"].iter().any(|word| line.key.starts_with(word))
    };
    lines.iter().take(4 * SIGNATURE_LINES_MAX).position(is_postscript)
}

fn is_closing(key: &str) -> bool {
    let is_closing = CLOSINGS.of(key).any(|closing| {
        let Some(rest) = key.strip_prefix(closing) else { return false };
        // "Grüße" may be followed by a comma, a place or a name, "regards" not by a sentence.
        let is_word_end = rest.is_empty()
            || rest.starts_with([',', '!', '.', ' ', '/'])
            || closing.ends_with([' ', ',']);
        is_word_end && rest.split_whitespace().count() <= 5 && !rest.ends_with('?')
    });
    is_closing && key.chars().count() <= 60
}

/// How lines begin that programs on phones add.
static MOBILE: Beginnings = Beginnings::new(&[
    "sent from my ",
    "sent from a ",
    "sent from mail for",
    "sent from outlook",
    "sent from yahoo",
    "sent from proton",
    "sent with sparrow",
    "sent via ",
    "sent using ",
    "skickat från min ",
    "sendt fra min ",
    "sent on the go",
    "get outlook for ",
    "gesendet von meinem ",
    "gesendet von meiner ",
    "gesendet von mail ",
    "gesendet von outlook",
    "gesendet von yahoo",
    "gesendet mit ",
    "gesendet über ",
    "von meinem iphone",
    "von meinem ipad",
    "von meinem samsung",
    "verstuurd vanaf mijn ",
    "verzonden vanaf mijn ",
    "holen sie sich outlook für ",
    "outlook für ios",
    "outlook für android",
    "laden sie outlook für ",
    "envoyé de mon ",
    "envoyé depuis ",
    "enviado desde mi ",
    "enviado do meu ",
    "inviato da ",
    "wysłane z ",
    "<sent from my ",
]);

/// Lines that programs on phones add.
fn is_mobile(key: &str) -> bool {
    let whole = key;
    let key = key.trim_end_matches('.');
    let has = |start: &str, end: &str| key.starts_with(start) && key.ends_with(end);
    let is_known = MOBILE.begin(key)
        || has("von ", " gesendet")
        || has("diese nachricht wurde von ", " gesendet")
        || has("diese e-mail wurde von ", " gesendet");
    is_known && whole.chars().count() <= 90 && !whole.contains(", ")
}

/// `____` and the name of a mailing list.
fn is_list_footer(lines: &[Line]) -> bool {
    let Some(rule) = lines.first() else { return false };
    let is_rule = rule.key.len() >= 20 && rule.key.bytes().all(|byte| matches!(byte, b'_' | b'-'));
    let next = lines.iter().skip(1).find(|line| !line.is_blank());
    is_rule
        && next.is_some_and(|line| {
            line.key.contains("mailing list") || line.key.contains("mailingliste")
        })
}

/// `-Ann Muster` as the last line.
fn is_dashed_name(key: &str) -> bool {
    let Some(name) = key.strip_prefix(['-', '\u{2013}', '\u{2014}']) else { return false };
    let name = name.trim_start();
    name.starts_with(char::is_alphabetic)
        && name.split_whitespace().count() <= 4
        && name.chars().count() <= 40
        && !name.ends_with(['.', '?', '!', ':'])
}

/// How legal notices and banners begin that need no further sign.
static NOTICE_STARTS: Beginnings = Beginnings::new(&[
    "disclaimer",
    "denken sie an die umwelt",
    "datenschutzhinweis",
    "diese e-mail wurde von avast",
    "haftungsausschluss",
    "hinweise zum datenschutz",
    "confidentiality notice",
    "confidentiality note",
    "caution: this email originated",
    "caution: external",
    "vertraulichkeitshinweis",
    "vorsicht: diese e-mail",
    "virenfrei. www.",
    "wichtiger hinweis: diese",
    "rechtlicher hinweis",
    "[external]",
    "external email:",
    "externe e-mail:",
    "achtung: externe",
    "achtung: diese e-mail stammt",
    "achtung! diese e-mail stammt",
    "bitte denken sie an die umwelt",
    "bitte prüfen sie, ob diese",
    "please consider the environment",
    "think before you print",
    "this email has been checked for viruses",
    "informationen zum datenschutz",
    "unsere datenschutzhinweise",
]);
/// How sentences about the mail itself begin.
static NOTICE_SENTENCES: Beginnings = Beginnings::new(&[
    "diese e-mail",
    "diese mail",
    "diese nachricht",
    "dieses e-mail",
    "der inhalt dieser",
    "die in dieser e-mail",
    "die information",
    "das unerlaubte kopieren",
    "this e-mail",
    "this email",
    "this message",
    "this communication",
    "the information",
    "the contents of this",
    "the content of this",
    "wenn sie nicht der",
    "sollten sie nicht der",
    "sollten sie diese",
    "falls sie nicht der",
    "if you are not the",
    "if you have received",
    "any unauthorized",
    "unless stated otherwise",
]);
/// What such a sentence forbids or warns of.
const NOTICE_WORDS: &[&str] = &[
    "vertraulich",
    "confidential",
    "privileged",
    "rechtlich geschützt",
    "legally protected",
    "ausschließlich für den",
    "ausschliesslich für den",
    "nur für den",
    "nur für die person",
    "nicht der richtige adressat",
    "nicht der beabsichtigte",
    "nicht der vorgesehene",
    "irrtümlich erhalten",
    "intended recipient",
    "intended solely",
    "intended only",
    "solely for the use",
    "received this in error",
    "received it in error",
];

/// Words that only legal notices and banners use.
fn is_notice(key: &str) -> bool {
    let contains = |list: &[&str]| list.iter().any(|word| key.contains(word));
    NOTICE_STARTS.begin(key)
        || (NOTICE_SENTENCES.begin(key)
            && contains(&["mail", "nachricht", "message", "communication"])
            && contains(NOTICE_WORDS))
}
