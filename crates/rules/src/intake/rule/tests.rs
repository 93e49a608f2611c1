//! Examples of rules.

use values::Language;

use super::*;
use crate::filter::{Dialect, Field, MailFilter, MailToMatch, Names, Needs, parse_in};
use crate::text::fold_text;

struct Lists;

const LISTS: [(Field, i64, &str); 6] = [
    (Field::Area, 1, "Support"),
    (Field::Area, 2, "Buchhaltung"),
    (Field::Queue, 7, "Eilig"),
    (Field::Priority, 3, "Hoch"),
    (Field::Status, 9, "Gelöst"),
    (Field::Assignee, 5, "Mareike Thoms"),
];

impl Names for Lists {
    fn ids(&self, field: Field, name: &str) -> Vec<i64> {
        let is_meant =
            |row: &&(Field, i64, &str)| row.0 == field && fold_text(row.2) == fold_text(name);
        LISTS.iter().filter(is_meant).map(|row| row.1).collect()
    }

    fn name(&self, field: Field, id: i64) -> Option<String> {
        LISTS.iter().find(|row| row.0 == field && row.1 == id).map(|row| row.2.to_owned())
    }
}

fn rule(id: i64, condition: &str, actions: &str) -> Rule {
    let parsed = parse_in(condition, Dialect::Mails);
    assert!(parsed.marks.is_empty(), "{condition}");
    Rule {
        id,
        name: format!("Regel {id}"),
        mailbox: None,
        condition: MailFilter::of(&parsed.tree),
        actions: parse_actions(actions, &Lists).unwrap(),
    }
}

fn mail<'a>() -> MailToMatch<'a> {
    MailToMatch {
        from: ("Shop", "shop@laden.de"),
        subject: "Mahnung RE-17",
        text: Some("Name: Ann\nE-Mail: ann@kunde.de\nKundennummer: 4711"),
        headers: Some(&[]),
        mailbox: 3,
        ..MailToMatch::default()
    }
}

fn plan(rules: &[Rule]) -> Plan {
    let empty = Empty { entries: vec![Entry::Queue], company: true };
    run(rules, &mail(), &empty).unwrap().plan
}

#[test]
fn a_later_rule_overrides_only_what_it_sets() {
    let rules = [
        rule(1, "betreff:mahnung", "bereich:Support priorität:Hoch"),
        rule(2, "betreff:gutschrift", "status:Gelöst"),
        rule(3, "von:shop", "bereich:Buchhaltung zuständig:\"Mareike Thoms\""),
    ];
    let ran = run(&rules, &mail(), &Empty::default()).unwrap();
    assert_eq!(ran.fired, [1, 3]);
    let entries: Vec<_> = ran.plan.entries.into_iter().collect();
    assert_eq!(entries, [(Entry::Area, 2), (Entry::Priority, 3), (Entry::Assignee, 5)]);
}

#[test]
fn a_rule_can_end_the_checks_and_is_for_one_mailbox() {
    let rules = [
        Rule { mailbox: Some(4), ..rule(1, "", "schlagwort:fremd") },
        rule(2, "betreff:mahnung", "schlagwort:mahnung ende:ja"),
        rule(3, "", "schlagwort:alle"),
    ];
    assert_eq!(plan(&rules).tags, ["mahnung"]);
    let steps: Vec<Step> = trace(&rules, &mail()).unwrap().iter().map(|one| one.step).collect();
    assert_eq!(steps, [Step::OtherMailbox, Step::Fired, Step::NotChecked]);
}

#[test]
fn what_is_only_for_empty_properties_leaves_others_alone() {
    let rules = [rule(1, "", "warteschlange:?Eilig priorität:?Hoch firma:?\"Laden GmbH\"")];
    let planned = plan(&rules);
    assert_eq!(planned.entries.into_iter().collect::<Vec<_>>(), [(Entry::Queue, 7)]);
    assert_eq!(planned.company.map(|one| one.text).as_deref(), Some("Laden GmbH"));
    let full = run(&rules, &mail(), &Empty::default()).unwrap().plan;
    assert_eq!(full, Plan::default());
}

#[test]
fn parts_of_a_mail_become_properties() {
    let planned = plan(&[rule(
        1,
        "von:@laden.de",
        "auslesen:text,\"E-Mail: (\\S+)\",mail auslesen:text,\"^Name: (.*)$\",name \
         auslesen:text,\"Kundennummer: (\\d+)\",nr auslesen:betreff,\"RE-\\d+\",Beleg \
         anfragender:{mail},{name} schlagwort:\"vom 17. von {name}\" firma:{NR} betreff:\"Mahnung zu {beleg}\"",
    )]);
    assert_eq!(planned.tags, ["vom 17. von Ann"]);
    let (address, name) = planned.requester.unwrap();
    assert_eq!((address.as_str(), name.as_deref()), ("ann@kunde.de", Some("Ann")));
    assert_eq!(planned.company.map(|one| one.text).as_deref(), Some("4711"));
    assert_eq!(planned.subject.as_deref(), Some("Mahnung zu RE-17"));
}

#[test]
fn what_is_not_found_sets_nothing() {
    let planned = plan(&[rule(
        1,
        "",
        "auslesen:text,\"Telefon: (.*)\",tel betreff:\"Anruf {tel}\" anfragender:{tel} \
         schlagwort:{tel}",
    )]);
    assert_eq!(planned, Plan::default());
}

#[test]
fn an_unread_part_is_asked_for() {
    let unread = MailToMatch { text: None, ..mail() };
    let rules = [rule(1, "", "auslesen:text,\"Name: (.*)\",name betreff:{name}")];
    assert_eq!(run(&rules, &unread, &Empty::default()), Err(Needs));
}

#[test]
fn marks_spam_reject_and_the_named_ticket() {
    let planned = plan(&[rule(1, "", "merkmal:privat,dsgvo mail:spam ticket:kopieren")]);
    assert_eq!(planned.marks, [Mark::Private, Mark::Gdpr]);
    assert_eq!(planned.verdict, Some(Verdict::Spam));
    assert_eq!(planned.join, Some(Join::Copy));
}

#[test]
fn actions_are_printed_and_read_again_in_both_languages() {
    let text = "bereich:Buchhaltung priorität:?Hoch zuständig:\"Mareike Thoms\" warteschlange:#99 \
                schlagwort:mahnung merkmal:privat firma:?4711 auslesen:kopfzeile,\"X-Nr: (\\d+)\",nr \
                betreff:\"Nr. {nr}\" anfragender:ann@kunde.de,Ann ticket:verschieben mail:ablehnen \
                ende:ja";
    let actions = parse_actions(text, &Lists).unwrap();
    assert_eq!(print_actions(&actions, Language::German, &Lists), text);
    let english = print_actions(&actions, Language::English, &Lists);
    assert!(english.starts_with("area:Buchhaltung priority:?Hoch assignee:"), "{english}");
    let again = parse_actions(&english, &Lists).unwrap();
    assert_eq!(print_actions(&again, Language::German, &Lists), text);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let long = format!("auslesen:text,{},x", "a".repeat(1_001));
    let tag = format!("schlagwort:{}", "t".repeat(61));
    let costly = "auslesen:text,\"(((a{100}){100}){100}){100}\",x";
    let table = [
        ("unsinn", "unknown_action", "unsinn"),
        ("farbe:rot", "unknown_action", "farbe"),
        ("bereich:Lager", "unknown_value", "Lager"),
        ("bereich:", "missing_value", "bereich:"),
        ("ende:nein", "unknown_value", "nein"),
        ("schlagwort:\"vom {nr}\"", "unknown_variable", "\"vom {nr}\""),
        (&tag, "tag_too_long", "ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt"),
        ("bereich:Support,Buchhaltung", "too_many_values", "Buchhaltung"),
        ("betreff:\"Nr. {nr}\"", "unknown_variable", "\"Nr. {nr}\""),
        ("anfragender:niemand", "bad_address", "niemand"),
        ("auslesen:text,\"(\",x", "bad_pattern", "\"(\""),
        ("auslesen:text,a,1x", "bad_pattern", "a"),
        ("auslesen:text,a", "missing_value", "auslesen:text,a"),
        ("ticket:löschen", "unknown_value", "löschen"),
        ("schlagwort:a \"lose\"", "unknown_action", "\"lose\""),
        (costly, "bad_pattern", "\"(((a{100}){100}){100}){100}\""),
    ];
    for (text, reason, place) in table {
        let problem = parse_actions(text, &Lists).unwrap_err();
        assert_eq!((problem.reason.code(), &text[problem.at]), (reason, place), "{text}");
    }
    assert_eq!(parse_actions(&long, &Lists).unwrap_err().reason, ActionReason::PatternTooLong);
    let many = "schlagwort:a ".repeat(ACTIONS_MAX + 1);
    assert_eq!(parse_actions(&many, &Lists).unwrap_err().reason, ActionReason::TooLong);
}

#[test]
fn two_rules_that_undo_each_other_are_found() {
    let actions = |text| parse_actions(text, &Lists).unwrap();
    let (one, other) = (actions("bereich:Support schlagwort:a"), actions("bereich:Buchhaltung"));
    assert_eq!(conflict(&one, &other), Some(ActionField::Set(Entry::Area)));
    assert_eq!(conflict(&one, &actions("bereich:Support priorität:Hoch")), None);
    assert_eq!(conflict(&actions("mail:spam"), &actions("mail:annehmen")), Some(ActionField::Mail));
    assert_eq!(conflict(&one, &actions("bereich:?Buchhaltung")), None);
    let itself = |text| undoes_itself(&actions(text));
    assert_eq!(itself("bereich:Support bereich:Buchhaltung"), Some(ActionField::Set(Entry::Area)));
    assert_eq!(itself("mail:spam mail:annehmen"), Some(ActionField::Mail));
    assert_eq!(itself("bereich:Support bereich:?Buchhaltung priorität:Hoch"), None);
    assert_eq!(itself("betreff:a betreff:b"), None);
}

#[test]
fn patterns_that_would_explode_elsewhere_take_linear_time() {
    let text = "a".repeat(1 << 20);
    let hostile = MailToMatch { text: Some(&text), ..mail() };
    let rules = [rule(1, "", "auslesen:text,\"((a+)+)$b\",x betreff:{x}")];
    assert_eq!(run(&rules, &hostile, &Empty::default()).unwrap().plan, Plan::default());
}
