use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

fn printed(mask: &str, counter: u64, day: Date) -> String {
    Mask::parse(mask).unwrap().print(counter, day)
}

#[test]
fn a_mask_prints_numbers() {
    let day = date(2026, 3, 7);
    let table = [
        ("{0000}", 7, "0007"),
        ("{0000}", 12_345, "12345"),
        ("TS{yy}{mm}-{0000}", 1, "TS2603-0001"),
        ("{dd}.{mm}.{yyyy}_{0}", 9, "07.03.2026_9"),
        ("{y}-{00}", 100, "6-100"),
        ("AU-{00000+48000}", 48_213, "AU-48213"),
        ("Süd{000}", 3, "Süd003"),
        ("{yyyy}{000@1}", 5, "2026005"),
        ("{000000000000000}", 1, "000000000000001"),
    ];
    for (mask, counter, number) in table {
        assert_eq!(printed(mask, counter, day), number, "{mask}");
    }
    assert_eq!(printed(&simple_mask("TS"), 10_000, date(2025, 1, 1)), "TS2501-10000");
}

#[test]
fn a_counter_begins_behind_its_offset_and_never_goes_back() {
    let mask = Mask::parse("{0000+100}").unwrap();
    assert_eq!(mask.next_counter(None), 101);
    assert_eq!(mask.next_counter(Some(7)), 101);
    assert_eq!(mask.next_counter(Some(500)), 501);
    assert_eq!(mask.counter_offset(), 100);
    assert_eq!(Mask::parse("{0000}").unwrap().next_counter(None), 1);
    assert_eq!(
        mask.preview(Some(500), date(2026, 3, 7)),
        Preview { first: "0101".into(), next: "0501".into() }
    );
}

#[test]
fn the_counter_row_follows_the_reset_rule() {
    let fiscal = FiscalStart::new(7).unwrap();
    let table = [
        ("{0000}", date(2026, 3, 7), "always"),
        ("{yy}{0000@1}", date(2026, 1, 1), "2026-01"),
        ("{yy}{0000@1}", date(2025, 12, 31), "2025-01"),
        ("{yy}{mm}{0000@4}", date(2026, 3, 31), "2025-04"),
        ("{yy}{mm}{0000@4}", date(2026, 4, 1), "2026-04"),
        ("{yy}{mm}{0000@0}", date(2026, 6, 30), "2025-07"),
        ("{yy}{mm}{0000@0}", date(2026, 7, 1), "2026-07"),
        ("{yy}{mm}{0000@99}", date(2026, 12, 31), "2026-12"),
        ("{yy}{mm}{0000+5@99}", date(2027, 1, 1), "2027-01"),
    ];
    for (mask, day, key) in table {
        assert_eq!(Mask::parse(mask).unwrap().counter_key(day, fiscal), key, "{mask} {day}");
    }
    assert_eq!(FiscalStart::new(0), None);
    assert_eq!(FiscalStart::new(13), None);
}

#[test]
fn what_is_wrong_with_a_mask_is_told_with_its_place() {
    let table = [
        ("", 0, "not_configured"),
        ("TS {0000}", 2, "blank"),
        ("TS{00 00}", 2, "blank"),
        ("TS#{0000}", 2, "foreign_character"),
        ("Ä/{0000}", 2, "foreign_character"),
        ("TS{0000", 2, "stray_brace"),
        ("TS}{0000}", 2, "stray_brace"),
        ("TS{}", 2, "unknown_tag"),
        ("{yyy}{000}", 0, "unknown_tag"),
        ("{0001}", 0, "unknown_tag"),
        ("{0000+}", 0, "unknown_tag"),
        ("{0000+a}", 0, "unknown_tag"),
        ("{yy}{cccc}{0000}", 4, "needs_companies"),
        ("{ccc000}", 0, "needs_companies"),
        ("{uu}{000}", 0, "needs_companies"),
        ("{tttt}{000}", 0, "needs_companies"),
        ("TS{yyyy}", 0, "no_counter"),
        ("{000}-{000}", 6, "second_counter"),
        ("{yy}{mm}{0000@13}", 8, "unknown_reset"),
        ("{yy}{mm}{0000@}", 8, "unknown_reset"),
        ("{yy}{mm}{0000@-1}", 8, "unknown_reset"),
        ("{0000000000000000}", 0, "counter_too_long"),
        ("{0+1000000000000000}", 0, "counter_too_long"),
        ("{0000@1}", 0, "needs_year"),
        ("{y}{0000@1}", 3, "needs_year"),
        ("{yy}{0000@2}", 4, "needs_year_and_month"),
        ("{mm}{0000@99}", 4, "needs_year_and_month"),
        ("{yyyy}{0000@0}", 6, "needs_year_and_month"),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{000}", 0, "too_long"),
    ];
    for (mask, at, code) in table {
        let problem = Mask::parse(mask).unwrap_err();
        assert_eq!((problem.at, problem.kind.code()), (at, code), "{mask}");
    }
}

#[test]
fn numbers_are_looked_up_whatever_their_case() {
    assert_eq!(fold_number(" TS2501-0001 "), "ts2501-0001");
    assert_eq!(fold_number("SÜD-1"), "süd-1");
}

proptest! {
    #[test]
    fn two_tickets_of_one_counter_row_never_get_the_same_number(
        mask in prop::sample::select(vec![
            "TS{yy}{mm}-{00}", "{yyyy}{mm}{0@99}", "{yy}{mm}.{0@4}", "{yyyy}-{00@1}", "{0}",
        ]),
        days in prop::collection::vec((2020_i16..2090, 1_i8..=12, 1_i8..=28), 2..40),
    ) {
        let mask = Mask::parse(mask).unwrap();
        let mut days: Vec<_> = days.into_iter().map(|(y, m, d)| date(y, m, d)).collect();
        days.sort();
        let mut rows = std::collections::HashMap::new();
        let mut numbers = std::collections::HashSet::new();
        for day in days {
            let row = rows.entry(mask.counter_key(day, FiscalStart::JANUARY)).or_insert(None);
            let counter = mask.next_counter(*row);
            *row = Some(counter);
            prop_assert!(numbers.insert(mask.print(counter, day)), "{day} {counter}");
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in "[{}0ymdc@+9 #a-]{0,20}") {
        if let Err(problem) = Mask::parse(&text) {
            prop_assert!(text.get(problem.at..).is_some());
        }
    }
}
