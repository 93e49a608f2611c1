use super::*;

fn kinds(text: &str) -> String {
    let segments = segments_of_text(text);
    let joined: String = segments.iter().map(|segment| segment.text.as_str()).collect();
    assert_eq!(joined, text);
    print(&segments)
}

fn kinds_of_html(html: &str) -> String {
    let cleaned = clean(html);
    let segments = segments_of_html(&cleaned.html);
    let joined: String =
        segments.iter().filter_map(|s| cleaned.html.get(s.range.clone())).collect();
    assert_eq!(joined, cleaned.html);
    print(&segments)
}

fn print(segments: &[Segment]) -> String {
    let lines = segments.iter().map(|segment| {
        let words = segment.text.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}: {words}", segment.kind.as_str())
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn splits(text: &str, expected: &[&str]) {
    assert_eq!(kinds(text), expected.join("\n"), "{text}");
}

#[test]
fn a_text_without_anything_else_is_new() {
    splits("Guten Tag,\n\nder Drucker raucht.\n", &["new: Guten Tag, der Drucker raucht."]);
    assert!(segments_of_text("").is_empty());
}

#[test]
fn attributions_of_common_programs_begin_a_quote() {
    for line in [
        "Am 12.03.2024 um 10:11 schrieb Ann Muster:",
        "Am Mo., 3. Feb. 2025 um 10:00 Uhr schrieb Ann Muster <\nann@example.de>:",
        "Am 03.02.2025 um 10:00 schrieb ann@example.de <ann@example.de>:",
        "Ann Muster <ann@example.de> schrieb am 3. Feb. 2025 um 10:00:",
        "Ann Muster <ann@example.de> hat am 03.02.2025 10:00 geschrieben:",
        "Zitat von Ann Muster <ann@example.de>:",
        "On Mon, 3 Feb 2025 at 10:00, Ann Muster <ann@example.de> wrote:",
        "On Feb 3, 2025, at 10:00, Ann Muster\n<ann@example.de>\nwrote:",
        "--- On Wed, 4/4/12, ann@example.de <ann@example.de> wrote:",
        "Ann Muster <ann@example.de> writes:",
        "Le 3 févr. 2025 à 10:00, Ann <ann@example.fr> a écrit :",
        "Op ma 3 feb. 2025 om 10:00 schreef Ann <ann@example.nl>:",
        "El lun, 3 feb 2025 a las 10:00, Ann (<ann@example.es>) escribió:",
        "pon., 3 lut 2025 o 10:00 Ann <ann@example.pl> napisał(a):",
        "Den mån 3 feb. 2025 kl 10:00 skrev Ann <ann@example.se>:",
    ] {
        let one = line.split_whitespace().collect::<Vec<_>>().join(" ");
        splits(
            &format!("Ja.\n\n{line}\n\n> Raucht er?\n"),
            &["new: Ja.", &format!("quote: {one} > Raucht er?")],
        );
    }
}

#[test]
fn a_quote_without_marks_goes_to_the_end() {
    splits(
        "Ja.\n\nAm 12.03.2024 um 10:11 schrieb Ann:\nRaucht er?\n\nAnn\n",
        &["new: Ja.", "quote: Am 12.03.2024 um 10:11 schrieb Ann: Raucht er? Ann"],
    );
}

#[test]
fn header_blocks_of_outlook_begin_a_quote() {
    for block in [
        "Von: Ann Muster <ann@example.de>\nGesendet: Montag, 3. Februar 2025 10:00\nAn: ben@example.de\nBetreff: Drucker",
        "________________________________\nVon: Ann\nGesendet: Montag\nAn: Ben\nBetreff: Drucker",
        "-----Ursprüngliche Nachricht-----\nVon: Ann\nGesendet: Montag\nAn: Ben\nBetreff: Drucker",
        "From: Ann\nSent: Monday\nTo: Ben; Carl;\n Dora\nSubject: Printer",
        "*Von:* Ann\n*Gesendet:* Montag\n*An:* Ben\n*Betreff:* Drucker",
        "Gesendet: Montag, 3. Februar 2025 um 10:00 Uhr\nVon: Ann\nAn: Ben\nBetreff: Drucker",
        "-------- Weitergeleitete Nachricht --------\nBetreff: Drucker\nVon: Ann",
        "---------- Forwarded message ---------\nFrom: Ann",
    ] {
        let one = block.split_whitespace().collect::<Vec<_>>().join(" ");
        splits(
            &format!("Ja.\n\n{block}\n\nRaucht er?\n"),
            &["new: Ja.", &format!("quote: {one} Raucht er?")],
        );
    }
}

#[test]
fn answers_between_quotes_stay_new() {
    splits(
        "Hallo,\nAm 12.03.2024 schrieb Ann:\n> Eins?\nJa.\n> Zwei?\n>\n> Drei?\n\nNein.\n",
        &[
            "new: Hallo,",
            "quote: Am 12.03.2024 schrieb Ann: > Eins?",
            "new: Ja.",
            "quote: > Zwei? > > Drei?",
            "new: Nein.",
        ],
    );
}

#[test]
fn sentences_that_look_like_an_introduction_are_text() {
    for text in [
        "On your host you can run:\n\n  telnet\n",
        "Am Ende gilt:\n\nEs raucht.\n",
        "Von: hier nach dort\nund zurück\n",
        "Am 3. Februar haben wir geschrieben, dass es raucht. Bitte beachten Sie:\nErstens\n",
        "Sent from my desk, is much easier then my mobile phone.\n",
        "Und hier -- keine Signatur.\n",
        "- eins\n- zwei\n",
    ] {
        let one = text.split_whitespace().collect::<Vec<_>>().join(" ");
        splits(text, &[&format!("new: {one}")]);
    }
}

#[test]
fn signatures_begin_with_their_mark_or_a_closing_phrase() {
    splits("Text\n-- \nAnn\nTel. 1\n", &["new: Text", "signature: -- Ann Tel. 1"]);
    splits(
        "Text\n\nMit freundlichen Grüßen\n\nAnn Muster\nMuster GmbH\n",
        &["new: Text", "signature: Mit freundlichen Grüßen Ann Muster Muster GmbH"],
    );
    splits(
        "Text\n\nViele Grüße aus Köln\nAnn\n",
        &["new: Text", "signature: Viele Grüße aus Köln Ann"],
    );
    splits("Text\n\nBest regards,\nAnn\n", &["new: Text", "signature: Best regards, Ann"]);
    splits(
        "Text\n\nGesendet von meinem iPhone\n",
        &["new: Text", "signature: Gesendet von meinem iPhone"],
    );
    splits(
        "Text\n\nVon meinem iPad gesendet\n",
        &["new: Text", "signature: Von meinem iPad gesendet"],
    );
    splits(
        "Text\n\nGruß\nAnn\n\nPS: Es eilt.\n",
        &["new: Text", "signature: Gruß Ann", "new: PS: Es eilt."],
    );
    splits(
        "Text\n\nMfG Ann\n\nAm 12.03.2024 schrieb Ben:\n> Hm\n",
        &["new: Text", "signature: MfG Ann", "quote: Am 12.03.2024 schrieb Ben: > Hm"],
    );
}

#[test]
fn legal_notices_are_told_from_the_signature() {
    splits(
        "Text\n\nViele Grüße\nAnn\n\nDiese E-Mail enthält vertrauliche Informationen.\nWenn Sie nicht der Adressat sind, löschen Sie sie.\n",
        &[
            "new: Text",
            "signature: Viele Grüße Ann",
            "disclaimer: Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der Adressat sind, löschen Sie sie.",
        ],
    );
    splits(
        "CAUTION: This email originated from outside of the organization.\n\nText\n",
        &[
            "disclaimer: CAUTION: This email originated from outside of the organization.",
            "new: Text",
        ],
    );
    splits(
        "Text\n\nThis message is intended only for the intended recipient.\n",
        &["new: Text", "disclaimer: This message is intended only for the intended recipient."],
    );
}

#[track_caller]
fn splits_html(html: &str, expected: &[&str]) {
    assert_eq!(kinds_of_html(html), expected.join("\n"), "{html}");
}

#[test]
fn html_of_common_programs_is_split_at_their_marks() {
    splits_html(
        "<div dir=ltr>Ja.</div><br><div class=gmail_quote><div dir=ltr class=gmail_attr>Am Mo. schrieb Ann:<br></div>\
         <blockquote class=gmail_quote>Raucht er?</blockquote></div>",
        &["new: Ja.", "quote: Am Mo. schrieb Ann: > Raucht er?"],
    );
    splits_html(
        "<p>Ja.</p><div class=moz-cite-prefix>Am 3.2. schrieb Ann:<br></div><blockquote type=cite>Raucht er?</blockquote>\
         <p>Nein.</p><div class=moz-signature>-- <br>Ann</div>",
        &[
            "new: Ja.",
            "quote: Am 3.2. schrieb Ann: > Raucht er?",
            "new: Nein.",
            "signature: -- Ann",
        ],
    );
    splits_html(
        "<div>Ja.</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>Von:</b> Ann<br><b>Gesendet:</b> heute</div><div>Raucht er?</div>",
        &["new: Ja.", "quote: --- Von: Ann Gesendet: heute Raucht er?"],
    );
    splits_html(
        "<div class=WordSection1><p>Ja.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>Von:</b> Ann<br><b>Gesendet:</b> heute<br>\
         <b>An:</b> Ben<br><b>Betreff:</b> Drucker</p></div><p>Raucht er?</p></div>",
        &["new: Ja.", "quote: Von: Ann Gesendet: heute An: Ben Betreff: Drucker Raucht er?"],
    );
    splits_html(
        "<div>Ja.<div class=gmail_signature>Ann</div></div>",
        &["new: Ja.", "signature: Ann"],
    );
}

#[test]
fn an_indented_block_without_introduction_is_new() {
    splits_html("<p>a</p><blockquote>b</blockquote><p>c</p>", &["new: a > b c"]);
}

#[test]
fn pieces_of_html_are_complete() {
    let segments = segments_of_html(
        &clean("<div><b>Ja.</b><blockquote type=cite>x</blockquote>Nein</div>").html,
    );
    let html: Vec<_> = segments.into_iter().filter_map(|segment| segment.html).collect();
    assert_eq!(
        html,
        [
            "<div><b>Ja.</b></div>",
            "<div><blockquote type=\"cite\">x</blockquote></div>",
            "<div>Nein</div>"
        ]
    );
}

proptest::proptest! {
    #[test]
    fn the_segments_give_the_text_back(text in "([>\\- a-zA-Z:@0-9]{0,12}|Am 1\\. schrieb A:|-- |Gruß|Von: a|An: b|Betreff: c|\n){0,40}") {
        kinds(&text);
    }

    #[test]
    fn the_segments_give_the_html_back(html in "(<(div|p|blockquote|b|br|table|tr|td|li|a)( class=gmail_quote| type=cite)?>|</(div|p|blockquote|b|td|tr|table)>|Am 1\\. schrieb A:|-- |x|\n){0,40}") {
        kinds_of_html(&html);
    }
}
