//! Replies of real mail programs: what the sender wrote must be told from what he quoted.

use mail::read::read;
use mail::segments::{Segment, SegmentKind, segments, segments_of_text};

use crate::{corpora, mails};

/// What is known of a body: words that must be new, and words that must not. Written down from
/// the expectations of the projects that the bodies come from.
struct Expected {
    mail: &'static str,
    new: &'static [&'static str],
    other: &'static [&'static str],
}

const fn expect(
    mail: &'static str,
    new: &'static [&'static str],
    other: &'static [&'static str],
) -> Expected {
    Expected { mail, new, other }
}

const BODIES: &[Expected] = &[
    expect("correct_sig", &["correct -- signature"], &["rick"]),
    expect("email_1_1", &["Hi folks", "Java HTTP API"], &["-Abhishek Kona", "riak-users"]),
    expect(
        "email_1_2",
        &["Hi,", "You can list the keys", "would do it.", "See also"],
        &["On Tue, 2011-03-01", "> Hi folks", "> -Abhishek Kona", "mailman/listinfo"],
    ),
    expect(
        "email_1_3",
        &["Oh thanks.", "Having the function"],
        &["On 01/03/11", "> Hi,", ">> Hi folks", "mailman/listinfo"],
    ),
    expect("email_1_4", &["Awesome!"], &["On Aug 22", "Loader seems"]),
    expect("email_1_5", &["One: Here's", "fourth bullet", "It goes on"], &[]),
    expect(
        "email_1_6",
        &["I get proper rendering as well."],
        &["torch of pixels", "On Dec 16", "Was this caching"],
    ),
    expect("email_1_7", &[":+1:"], &["On Tue, Sep 25", "Steps 0-2"]),
    expect(
        "email_1_8",
        &["I will reply under this one", "and under this."],
        &["On Tue, Apr 29", "> okay?  Well", "> -- Tim", "Hey there, this is my signature"],
    ),
    expect("email_2_1", &["Outlook with a reply"], &["Google Apps Sync Team", "Dear Google"]),
    expect("email_2_2", &["reply directly above line"], &["From: CRM", "A new comment"]),
    expect("email_BlackBerry", &["Here is another email"], &["Sent from"]),
    expect("email_bullets", &["how about bullets", "and another"], &["On Fri", "Joe Smith"]),
    expect("email_iPhone", &["Here is another email"], &["Sent from"]),
    expect("email_multi_word_sent_from_my_mobile_device", &["Here is another"], &["Sent from"]),
    expect(
        "email_one_is_not_on",
        &["One outstanding", "when I run..."],
        &["On Oct 1", "good news"],
    ),
    expect("email_sent_from_my_not_signature", &["Sent from my desk"], &[]),
    expect("email_sig_delimiter_in_middle_of_line", &["this is not a signature", "kthxbai"], &[]),
    expect("greedy_on", &["On your remote host", "not working."], &["On 9 Jan", "odd issue"]),
    expect("pathological", &["I think you're onto"], &["On Dec 8", "I think your code"]),
];

const GH_ONLY: &[Expected] = &[
    expect("email_2_3", &["reply directly above line"], &["From: CRM", "> A new comment"]),
    // Its project only measures the time it takes; parts of it are not quoted.
    expect("email_long_quote", &["Hi folks", "running a test?"], &[]),
];

const ZAPIER_ONLY: &[Expected] = &[
    expect("email_2_3", &["unusual format"], &["noreply@site.com", "Ei tale"]),
    expect("email_gmail", &["inbox replying to a github"], &["On Wed, May 18", "how outdated"]),
    expect(
        "email_headers_no_delimiter",
        &["And another reply!"],
        &["From: Dan", "A reply\n", "With a second"],
    ),
    expect("email_partial_quote_header", &["On your remote host"], &["On 9 Jan", "odd issue"]),
];

/// The reply, the rest of which is quoted, of twelve mail programs.
const TALON: &[Expected] = &[
    expect("android", &["Hello"], &["Hi"]),
    expect("aol", &["Hello"], &["Hi"]),
    expect("apple_mail", &["Hello"], &["Hi"]),
    expect("apple_mail_2", &["Hello"], &["Hi there"]),
    expect("comcast", &["Hello"], &["Hi"]),
    expect("gmail", &["Hello"], &["Hi"]),
    expect("hotmail", &["Hello"], &["Hi"]),
    expect("iphone", &["Hello"], &["Hi", "Sent from my iPhone"]),
    expect("outlook", &["llo"], &["Hi dan", "The manager's comment"]),
    expect("sparrow", &["Hello"], &["Hi", "xxx"]),
    expect("thunderbird", &["Hello"], &["Hi"]),
    expect("yahoo", &["Hello"], &["Hi"]),
    expect(
        "reply-quotations-share-block",
        &["Hi Katharine", "hearing from you soon"],
        &["New Booking"],
    ),
];

fn agrees(list: &[Segment], expected: &Expected) -> Result<(), String> {
    let new: String =
        list.iter().filter(|s| s.kind == SegmentKind::New).map(|s| s.text.as_str()).collect();
    let missing = expected.new.iter().find(|words| !new.contains(**words));
    let wrong = expected.other.iter().find(|words| new.contains(**words));
    match (missing, wrong) {
        (Some(words), _) => Err(format!("{}: not new: {words:?}", expected.mail)),
        (_, Some(words)) => Err(format!("{}: wrongly new: {words:?}", expected.mail)),
        _ => Ok(()),
    }
}

/// Prints the disagreements and returns how many agree.
fn count(results: Vec<Result<(), String>>, corpus: &str) -> (usize, usize) {
    for disagreement in results.iter().filter_map(|result| result.as_ref().err()) {
        println!("{corpus}: {disagreement}");
    }
    let agreeing = results.iter().filter(|result| result.is_ok()).count();
    println!("{corpus}: {agreeing} of {} agree", results.len());
    (agreeing, results.len())
}

fn bodies(corpus: &str, expected: &[&Expected]) -> Option<(usize, usize)> {
    let folder = corpora()?;
    let mails = mails(&folder, corpus);
    let results = expected.iter().map(|expected| {
        let ending = format!("-{}.txt", expected.mail);
        let (_, bytes) =
            mails.iter().find(|(name, _)| name.ends_with(&ending)).expect(expected.mail);
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        agrees(&segments_of_text(&text), expected)
    });
    Some(count(results.collect(), corpus))
}

#[test]
fn the_bodies_of_email_reply_parser_are_split_as_expected() {
    let expected: Vec<_> = BODIES.iter().chain(GH_ONLY).collect();
    if let Some(agreement) = bodies("gh-reply", &expected) {
        assert_eq!(agreement, (22, 22));
    }
}

#[test]
fn the_bodies_of_zapier_are_split_as_expected() {
    let expected: Vec<_> = BODIES.iter().chain(ZAPIER_ONLY).collect();
    if let Some(agreement) = bodies("zapier-reply", &expected) {
        assert_eq!(agreement, (24, 24));
    }
}

#[test]
fn the_replies_of_twelve_programs_are_split_as_expected_in_text_and_in_html() {
    let Some(folder) = corpora() else { return };
    let mails = mails(&folder, "talon");
    let mut results = Vec::new();
    for expected in TALON {
        let ending = format!("-{}.eml", expected.mail);
        let (_, bytes) =
            mails.iter().find(|(name, _)| name.ends_with(&ending)).expect(expected.mail);
        let mail = read(bytes);
        if mail.html.is_some() {
            results.push(agrees(&segments(&mail).list, expected).map_err(|e| format!("HTML {e}")));
        }
        if let Some(text) = &mail.text {
            results.push(agrees(&segments_of_text(text), expected));
        }
    }
    assert_eq!(count(results, "talon"), (21, 21));
}

/// Letters and digits: what is kept of a text whatever its line ends and blanks.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn no_word_is_lost_and_no_reply_is_empty() {
    let Some(folder) = corpora() else { return };
    let (mut count, mut quotes) = (0, Vec::new());
    let mut check = |name: &str, text: &str| {
        let list = segments_of_text(text);
        let all: String = list.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(letters(&all), letters(text), "{name}");
        let new = list.iter().filter(|one| one.kind == SegmentKind::New);
        let new: String = new.map(|one| one.text.as_str()).collect();
        if new.trim().is_empty() && !text.trim().is_empty() {
            quotes.push(name.to_owned());
        }
        count += 1;
    };
    for corpus in ["gh-reply", "zapier-reply"] {
        for (name, bytes) in mails(&folder, corpus) {
            check(&name, &String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
        }
    }
    for corpus in ["enmime", "mail-parser", "mime4j", "nodemailer", "talon"] {
        for (name, bytes) in mails(&folder, corpus) {
            if let Some(text) = read(&bytes).text {
                check(&name, &text);
            }
        }
    }
    println!("{count} texts, all of them whole; without new text: {quotes:?}");
    assert!(count > 300, "{count}");
    assert!(quotes.is_empty(), "{quotes:?}");
}
