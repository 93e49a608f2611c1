//! Two hundred intake rules, as a house gathers them over the years: most miss, some hit, and many look at the
//! text or at the header.

use rusqlite::types::Value;

use crate::Result;
use crate::database::Connection;
use crate::words::{COMMON, DOMAINS, NOUNS};

/// How many there are.
pub const COUNT: usize = 200;
/// Rules that give new tickets of a domain to an agent; there are six domains.
const GIVING: usize = 3;
/// The first agent who gets tickets.
const FIRST_AGENT: usize = 5;

/// A rule as it is stored: ids in place of names.
struct Written {
    condition: String,
    actions: String,
}

/// Writes them for a product that is not running.
pub fn install(connection: &mut Connection) -> Result<()> {
    for (id, rule) in (1_i64..).zip((0..COUNT).map(written)) {
        connection.change(
            "insert into intake_rule (id, name, condition, actions, position, active, version)
             values ($1, $2, $3, $4, $1, 1, 1)",
            &[
                Value::Integer(id),
                Value::Text(format!("Regel {id}")),
                Value::Text(rule.condition),
                Value::Text(rule.actions),
            ],
        )?;
    }
    Ok(())
}

fn written(place: usize) -> Written {
    Written { condition: condition(place), actions: actions(place) }
}

fn noun(place: usize, step: usize) -> &'static str {
    NOUNS.get((place * 7 + step) % NOUNS.len()).copied().unwrap_or_default()
}

fn condition(place: usize) -> String {
    let domain = DOMAINS.get(place % DOMAINS.len()).copied().unwrap_or_default();
    let (noun, other) = (noun(place, 0), noun(place, 11));
    match place % 10 {
        _ if place < GIVING => format!("von:@{domain} -ist:antwort"),
        0 => format!("von:@firma{place}.example betreff:\"*{noun}*\""),
        1 => format!("betreff:\"{noun} *\" betreff:fehlt,defekt"),
        2 => format!("text:\"*{noun}*{other}*\" -ist:antwort größe:<5mb"),
        3 => format!("kopfzeile:\"List-Id: *{noun}*\" oder kopfzeile:\"X-Verteiler: {place}\""),
        4 => format!("kopfzeile:\"X-Mailer: *Outlook*\" von:@{domain} betreff:{noun}"),
        5 => format!("anhang:\"*.pdf\" text:{COMMON} text:{noun} -ist:bekannt"),
        6 => format!("{noun} {other} ist:unbekannt"),
        7 => format!("empfänger:abteilung{place}@example.com oder an:\"team{place}@*\""),
        8 => format!("text:\"*KD-*\" betreff:{noun}"),
        _ => format!("von:@{domain} betreff:\"*{noun}*\" größe:>40kb"),
    }
}

fn actions(place: usize) -> String {
    let (entry, agent) = (place % 4 + 1, FIRST_AGENT + place % 12);
    let tag = noun(place, 0).to_lowercase();
    match place % 10 {
        _ if place < GIVING => format!("zuständig:#{agent}"),
        0 => format!("kategorie:#{} priorität:#3", entry + 1),
        1 => format!("priorität:#3 schlagwort:{tag}"),
        2 => format!("warteschlange:#{entry}"),
        3 => "schlagwort:rundschreiben".to_owned(),
        4 => format!("zuständig:#{agent}"),
        5 => format!("kategorie:#{}", entry + 1),
        6 => format!("schlagwort:{tag}"),
        7 => format!("bereich:#{}", entry + 1),
        8 => "auslesen:text,\"\\b(KD-\\d{5})\\b\",nummer firma:?{nummer}".to_owned(),
        _ => format!("anfrageart:#{entry}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use laufzettel::record::intake_rule::NoNames;
    use rules::filter::{Dialect, parse_in};
    use rules::intake::rule::parse_actions;

    #[test]
    fn every_rule_can_be_read() {
        for rule in (0..COUNT).map(written) {
            let marks = parse_in(&rule.condition, Dialect::Mails).marks;
            assert!(marks.is_empty(), "{}: {marks:?}", rule.condition);
            let actions = parse_actions(&rule.actions, &NoNames);
            assert!(actions.is_ok(), "{}: {actions:?}", rule.actions);
        }
    }
}
