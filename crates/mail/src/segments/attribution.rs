//! What introduces a quote: `Am … schrieb …:`, the header block of Outlook, separators.

use crate::segments::line::{KEY_CHARS_MAX, Line, Mark};

/// How many lines an introduction may be wrapped to.
const WRAPPED_LINES_MAX: usize = 4;

/// The number of lines of the introduction that begins at `lines[0]`, if one does.
pub(super) fn introduction(lines: &[Line]) -> Option<usize> {
    separator(lines).or_else(|| header_block(lines)).or_else(|| attribution(lines))
}

/// First words of an introduction, with what its author does.
const OPENINGS: &[(&str, &[&str])] = &[
    ("on ", &["wrote", "writes", "said"]),
    ("am ", &["schrieb", "geschrieben"]),
    ("le ", &["écrit", "ecrit"]),
    ("op ", &["schreef"]),
    ("el ", &["escribió", "escribio"]),
    ("il ", &["scritto"]),
    ("em ", &["escreveu"]),
    ("w dniu ", &["napisał", "pisze", "napisal"]),
    ("dnia ", &["napisał", "pisze", "napisal"]),
    ("den ", &["skrev"]),
    ("tor ", &["skrev", "napisał"]),
    ("pon., ", &["napisał"]),
    ("wt., ", &["napisał"]),
    ("śr., ", &["napisał"]),
    ("czw., ", &["napisał"]),
    ("pt., ", &["napisał"]),
    ("mån ", &["skrev"]),
    ("tis ", &["skrev"]),
    ("ons ", &["skrev"]),
    ("fre ", &["skrev"]),
];

/// Verbs that end an introduction that begins with the author.
const VERBS: &[&str] = &[
    "wrote:",
    "writes:",
    "schrieb:",
    "a écrit :",
    "a écrit:",
    "schreef:",
    "escribió:",
    "ha scritto:",
    "napisał(a):",
    "napisał:",
    "skrev:",
    "escreveu:",
    "geschrieben:",
];

/// Verbs in an introduction that begins with the author and ends with the date.
const DATED_VERBS: &[&str] = &["schrieb am ", "wrote on ", "schreef op ", "hat am ", "skrev den "];

fn attribution(lines: &[Line]) -> Option<usize> {
    // It ends with a colon: most lines are out by that.
    let near = lines.iter().take(WRAPPED_LINES_MAX);
    if !near.into_iter().any(|line| line.key.trim_end().ends_with(':')) {
        return None;
    }
    let first = stripped(&lines.first()?.key);
    let opening = OPENINGS.iter().find(|(word, _)| first.starts_with(word));
    let is_dated = || DATED_VERBS.iter().any(|verb| first.contains(verb));
    let is_author =
        first.contains('@') || VERBS.iter().any(|verb| first.ends_with(verb)) || is_dated();
    let is_citation = first.starts_with("zitat von ") || first.starts_with("quoting ");
    if opening.is_none() && !is_author && !is_citation {
        return None;
    }
    let mut text = String::new();
    for (index, line) in lines.iter().take(WRAPPED_LINES_MAX).enumerate() {
        let is_foreign = index > 0 && (line.is_blank() || line.mark == Mark::Quoted);
        if is_foreign || line.key.len() + text.len() > KEY_CHARS_MAX {
            return None;
        }
        text.push_str(if index == 0 { first } else { &line.key });
        text.push(' ');
        if text.trim_end().ends_with(':') {
            return is_attribution(text.trim_end(), opening).then_some(index + 1);
        }
    }
    None
}

fn is_attribution(text: &str, opening: Option<&(&str, &[&str])>) -> bool {
    // A date, a time or an address: "On your host you can run:" has neither.
    let is_concrete = text.contains('@') || text.bytes().any(|byte| byte.is_ascii_digit());
    let by_opening = opening.is_some_and(|(_, verbs)| {
        verbs.iter().any(|verb| {
            let Some(at) = text.rfind(verb) else { return false };
            // In English the verb ends the line, in German the author may follow.
            let behind = text.get(at + verb.len()..).unwrap_or_default();
            let is_author = behind.contains(['<', '@']) || behind.split_whitespace().count() <= 6;
            is_author && !behind.starts_with(',')
        })
    });
    let by_author = VERBS.iter().any(|verb| text.ends_with(verb))
        || DATED_VERBS.iter().any(|verb| text.contains(verb))
        || text.starts_with("zitat von ")
        || text.starts_with("quoting ");
    is_concrete && (by_opening || by_author)
}

/// Without the hyphens that some programs put before (`--- On Wed …`).
fn stripped(key: &str) -> &str {
    key.trim_start_matches(['-', '>', '|', ' ', '*', '"'])
}

/// Titles between hyphens: `-----Ursprüngliche Nachricht-----`.
const SEPARATORS: &[&str] = &[
    "original message",
    "original-nachricht",
    "originalnachricht",
    "ursprüngliche nachricht",
    "ursprüngliche mail",
    "ursprüngliche e-mail",
    "urspr. nachricht",
    "weitergeleitete nachricht",
    "forwarded message",
    "message d'origine",
    "message original",
    "message transféré",
    "mensaje original",
    "mensaje reenviado",
    "oorspronkelijk bericht",
    "doorgestuurd bericht",
    "messaggio originale",
    "wiadomość oryginalna",
    "wiadomość przekazana dalej",
    "ursprungligt meddelande",
    "originalmeddelande",
    "mensagem original",
];

fn separator(lines: &[Line]) -> Option<usize> {
    let key = lines.first()?.key.as_str();
    if key.starts_with(['-', '_', '=']) && key.len() < 120 {
        let title = key.trim_matches(|c: char| "-_= \u{a0}".contains(c));
        let is_ruled = key.starts_with("--") || key.starts_with("__") || key.starts_with("==");
        if is_ruled && SEPARATORS.contains(&title) {
            return Some(1);
        }
        // A rule alone counts only with a header block behind it.
        if title.is_empty() && key.chars().count() >= 3 {
            let blank = lines.iter().skip(1).take(3).take_while(|line| line.is_blank()).count();
            return header_block(lines.get(1 + blank..)?).map(|length| 1 + blank + length);
        }
        return None;
    }
    let is_forward = matches!(
        key.trim_end_matches(':'),
        "begin forwarded message"
            | "anfang der weitergeleiteten nachricht"
            | "anfang der weitergeleiteten e-mail"
            | "début du message réexpédié"
    );
    is_forward.then_some(1)
}

/// The labels of a header block, by what they name.
const LABELS: &[(u8, &[&str])] = &[
    (1, &["from", "von", "de", "van", "da", "od", "från", "fra", "absender"]),
    (
        2,
        &[
            "sent",
            "date",
            "gesendet",
            "datum",
            "gesendet am",
            "envoyé",
            "verzonden",
            "enviado",
            "enviado el",
            "wysłano",
            "data",
            "skickat",
            "sendt",
            "inviato",
            "verzonden op",
        ],
    ),
    (3, &["to", "an", "à", "aan", "para", "do", "till", "til", "a", "empfänger"]),
    (
        4,
        &[
            "subject",
            "betreff",
            "objet",
            "onderwerp",
            "asunto",
            "temat",
            "ämne",
            "oggetto",
            "emne",
            "assunto",
        ],
    ),
    (5, &["cc", "kopie", "bcc", "kopia", "reply-to", "antwort an"]),
];

fn label(line: &Line) -> Option<u8> {
    let at = memchr::memchr(b':', line.key.as_bytes())?;
    let name = line.key.get(..at)?;
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '|');
    if name.len() > 14 {
        return None;
    }
    LABELS.iter().find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind)
}

/// A block like `Von: … Gesendet: … An: … Betreff: …`; long values may be wrapped.
fn header_block(lines: &[Line]) -> Option<usize> {
    let first = label(lines.first()?)?;
    if !matches!(first, 1 | 2) {
        return None;
    }
    let (mut seen, mut end, mut unlabelled) = (vec![first], 1, 0);
    for (index, line) in lines.iter().enumerate().skip(1).take(14) {
        match label(line) {
            Some(kind) => {
                if !seen.contains(&kind) {
                    seen.push(kind);
                }
                (end, unlabelled) = (index + 1, 0);
            }
            None if line.is_blank() && seen.len() >= 3 => break,
            None => {
                unlabelled += 1;
                if unlabelled > 2 {
                    break;
                }
            }
        }
    }
    let has_both = seen.contains(&1) && seen.iter().any(|kind| matches!(kind, 2 | 4));
    (seen.len() >= 3 && has_both).then_some(end)
}
