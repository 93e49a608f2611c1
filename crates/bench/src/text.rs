//! German texts of customers and agents, made of words by chance.

use crate::chance::Chance;
use crate::words::{
    ADJECTIVES, COMMON, COMPANIES, FIRST_NAMES, LAST_NAMES, NOUNS, RARE, SMALL, TRADES, VERBS,
};

/// Letters of a line in a mail.
const LINE_LETTERS: usize = 74;

/// What a text is about, so that searches find a known share of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// Nothing special.
    Nothing,
    /// The rare word.
    Rare,
}

/// The paragraphs of a message: two to four, some 500 letters.
pub fn paragraphs(chance: &mut Chance, planted: Planted) -> Vec<String> {
    let count = 2 + chance.below(3);
    let mut paragraphs: Vec<String> = (0..count).map(|_| paragraph(chance)).collect();
    if chance.percent(30)
        && let Some(first) = paragraphs.first_mut()
    {
        let (day, month) = (chance.between(1, 29), chance.between(1, 13));
        first.push_str(&format!(" Es geht um die {COMMON} vom {day}.{month}.2026."));
    }
    if planted == Planted::Rare
        && let Some(last) = paragraphs.last_mut()
    {
        last.push_str(&format!(" Bestellt war ein {RARE}."));
    }
    paragraphs
}

fn paragraph(chance: &mut Chance) -> String {
    let count = 1 + chance.below(3);
    (0..count).map(|_| sentence(chance)).collect::<Vec<_>>().join(" ")
}

fn sentence(chance: &mut Chance) -> String {
    let count = 6 + chance.below(10);
    let words: Vec<String> = (0..count).map(|_| word(chance)).collect();
    let mut letters = words.join(" ");
    if let Some(first) = letters.chars().next() {
        let capital: String = first.to_uppercase().collect();
        letters.replace_range(..first.len_utf8(), &capital);
    }
    letters.push(chance.pick(&['.', '.', '.', '!', '?']));
    letters
}

fn word(chance: &mut Chance) -> String {
    match chance.below(100) {
        0..52 => chance.pick_early(&SMALL).to_owned(),
        52..68 => chance.pick_early(&VERBS).to_owned(),
        68..76 => chance.pick_early(&ADJECTIVES).to_owned(),
        76..93 => chance.pick_early(&NOUNS).to_owned(),
        93..98 => {
            format!("{}{}", chance.pick(&NOUNS), chance.pick(&NOUNS).to_lowercase())
        }
        _ => format!("{}-{:05}", chance.pick(&["AB", "KD", "RE", "SN"]), chance.below(100_000)),
    }
}

/// A subject: `Drucker fehlt: neue Lieferung`.
pub fn subject(chance: &mut Chance) -> String {
    let state = chance.pick(&["defekt", "fehlt", "unklar", "geändert", "gesperrt"]);
    format!("{} {state}: {} {}", chance.pick(&NOUNS), chance.pick(&ADJECTIVES), word(chance))
}

/// The name of a person.
pub fn person(chance: &mut Chance) -> String {
    format!("{} {}", chance.pick(&FIRST_NAMES), chance.pick(&LAST_NAMES))
}

/// The name of a company.
pub fn company(chance: &mut Chance) -> String {
    let form = chance.pick(&["GmbH", "AG", "KG", "eG"]);
    format!("{} {} {form}", chance.pick(&COMPANIES), chance.pick(&TRADES))
}

/// A paragraph in lines, as mail programs break it.
pub fn lines(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split(' ') {
        let is_full = lines
            .last()
            .is_some_and(|line| !line.is_empty() && line.len() + 1 + word.len() > LINE_LETTERS);
        if is_full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A text as HTML of a common mail program, with a signature.
pub fn html(paragraphs: &[String], name: &str, charset: &str) -> String {
    let mut html = format!(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta \
         http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\"><style><!-- \
         p.MsoNormal {{margin:0cm;font-size:11.0pt;font-family:\"Calibri\",sans-serif;}}\n\
         a:link {{color:#0563C1;text-decoration:underline;}} --></style></head>\n\
         <body lang=\"DE\" link=\"#0563C1\">\n<div class=\"WordSection1\">\n"
    );
    for paragraph in paragraphs {
        html.push_str(&format!(
            "<p class=\"MsoNormal\">{paragraph}<o:p></o:p></p>\n<p class=\"MsoNormal\">&nbsp;</p>\n"
        ));
    }
    html.push_str(&format!(
        "<table border=\"0\" cellpadding=\"0\" style=\"color:#666;font-size:9pt\"><tr><td>\
         <b>{name}</b><br>Hafenstraße 12<br>01067 Dresden<br>\
         <a href=\"https://www.example.com/kontakt?id=1&amp;x=2\">www.example.com</a>\
         </td></tr></table></div></body></html>\n"
    ));
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_long_as_a_mail_program_makes_them() {
        let long = "Der Drucker raucht seit heute Morgen ".repeat(10);
        assert!(lines(&long).iter().all(|line| line.len() <= LINE_LETTERS));
        assert_eq!(lines("ein Wort"), ["ein Wort"]);
    }

    #[test]
    fn the_planted_words_are_as_frequent_as_said() {
        let mut chance = Chance::new(1);
        let texts: Vec<String> =
            (0..1_000).map(|_| paragraphs(&mut chance, Planted::Nothing).join("\n")).collect();
        let common = texts.iter().filter(|text| text.contains(COMMON)).count();
        assert!((250..350).contains(&common), "{common}");
        assert!(texts.iter().all(|text| !text.contains(RARE)));
        assert!(paragraphs(&mut chance, Planted::Rare).join(" ").contains(RARE));
    }
}
