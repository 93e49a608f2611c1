use jiff::civil::date;

use super::back_on;

/// Monday.
const WRITTEN: jiff::civil::Date = date(2026, 11, 23);

#[track_caller]
fn is(text: &str, month_and_day: Option<(i16, i8, i8)>) {
    let expected = month_and_day.map(|(year, month, day)| date(year, month, day));
    assert_eq!(back_on(text, WRITTEN), expected, "{text}");
}

#[test]
fn german_answers_name_the_day() {
    is("Ich bin vom 23.11. bis 30.11.2026 im Urlaub.", Some((2026, 12, 1)));
    is("Ich bin bis einschließlich Freitag, den 27.11.2026 nicht im Büro.", Some((2026, 11, 30)));
    is("Ich bin bis zum 4. Dezember nicht erreichbar.", Some((2026, 12, 7)));
    is("Am 1. Dezember bin ich wieder für Sie da.", Some((2026, 12, 1)));
    is("Ich bin ab dem 02.12.2026 wieder erreichbar.", Some((2026, 12, 2)));
    is("ich bin außer Haus und ab Montag wieder im Büro", Some((2026, 11, 30)));
    is("Ab morgen bin ich wieder da!", Some((2026, 11, 24)));
    is("Nächste Woche bin ich zurück.", Some((2026, 11, 30)));
    is("Abwesend 23.11.–30.11.2026", Some((2026, 12, 1)));
    is("Ich bin bis 06.01. in Elternzeit.", Some((2027, 1, 7)));
    is(
        "Vielen Dank für Ihre Nachricht vom 20.11.2026. Ich bin bis 25.11. im Urlaub und ab \
         Donnerstag, 26.11., zurück. In dringenden Fällen erreichen Sie bis 24.11. Herrn Maier.",
        Some((2026, 11, 26)),
    );
    is("Mein Urlaub dauert bis 30.11.26, danach melde ich mich.", Some((2026, 12, 1)));
}

#[test]
fn english_answers_name_the_day() {
    is("I am out of the office until November 30th, 2026.", Some((2026, 12, 1)));
    is("I will be back on 1 December.", Some((2026, 12, 1)));
    is("I'll return Tuesday, December 1, 2026.", Some((2026, 12, 1)));
    is("I am on annual leave from 23 November to 4 December 2026.", Some((2026, 12, 7)));
    is("Out of office through 12/04/2026", Some((2026, 12, 7)));
    is("I return to the office on 1 December.", Some((2026, 12, 1)));
    is("Away until 2026-11-27", Some((2026, 11, 30)));
    is("I am away and return on the 30th of November.", Some((2026, 11, 30)));
    is("Back in the office tomorrow.", Some((2026, 11, 24)));
    is("From Monday I will be available again.", Some((2026, 11, 30)));
    is("I am on leave until 11/27/2026 with limited access to mail.", Some((2026, 11, 30)));
}

#[test]
fn what_is_not_said_is_not_guessed() {
    is("", None);
    is("Ich bin zur Zeit nicht im Büro.", None);
    is("Ihre Nachricht vom 20.11.2026 ist eingegangen.", None);
    is("Ich bin ab dem 23.11. im Urlaub.", None);
    is("Ich war bis 13.11. im Urlaub.", None);
    is("Guten Morgen, ich bin wieder einmal nicht da.", None);
    is("Bis 30.02. bin ich weg.", None);
    is("Version 3.5 ist bis 2.4 gültig", None);
    is("Ich bin bis 30.11.2036 in Pension.", None);
    is("Ab dem 30.11. bin ich nicht mehr erreichbar.", None);
    is("Rufen Sie 040 123.45.67 an", None);
}

#[test]
fn any_text_ends() {
    let text = "bis 30.11. - . , Montag, den 30. of of Nov 99/99/99 2026-99-99 ".repeat(200);
    back_on(&text, WRITTEN);
    for cut in (0..400).filter(|cut| text.is_char_boundary(*cut)) {
        back_on(text.get(..cut).unwrap(), WRITTEN);
    }
}
