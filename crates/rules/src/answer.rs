//! What an agent's answer does to a ticket, and who gets it.

use values::EmailAddress;

use crate::status::StatusKind;

/// The kind of status after an answer, or `None` if it stays (F-STAT-09, K-04). `wanted` is what the
/// area says.
///
/// Being worked on is where an answer brings what nobody has begun; it takes nothing out of a
/// question to a colleague or a wait. A closed ticket stays closed.
pub fn kind_after_answer(now: StatusKind, wanted: Option<StatusKind>) -> Option<StatusKind> {
    let wanted = wanted?;
    let is_begun = now >= StatusKind::InProgress;
    match wanted {
        _ if now.is_closed() || now == wanted => None,
        StatusKind::InProgress if is_begun => None,
        wanted => Some(wanted),
    }
}

/// Who gets an answer to all: everybody of the last mail but ourselves, nobody twice.
///
/// `from` is who wrote it, `to` and `cc` who got it besides, `own` are our addresses. The first list
/// is the main recipients, the second the copies.
pub fn reply_to_all<'a>(
    from: Option<&'a str>,
    to: &[&'a str],
    cc: &[&'a str],
    is_own: impl Fn(&EmailAddress) -> bool,
) -> (Vec<&'a str>, Vec<&'a str>) {
    let mut seen: Vec<EmailAddress> = Vec::new();
    let mut take = |text: &'a str| {
        let address = EmailAddress::parse(text).ok()?;
        if is_own(&address) || seen.contains(&address) {
            return None;
        }
        seen.push(address);
        Some(text)
    };
    let main: Vec<&str> = from.into_iter().filter_map(&mut take).collect();
    let copies: Vec<&str> = to.iter().chain(cc).copied().filter_map(&mut take).collect();
    (main, copies)
}

/// A text without addresses of web pages, for platforms that send mails with links back (F-OUT-23). What
/// stands around them stays; a line that was only a link is gone.
///
/// ```
/// use rules::answer::without_links;
/// assert_eq!(without_links("Ihr Team\nwww.firma.example\nTel. 030 (https://x.example) 1"), "Ihr Team\nTel. 030 1");
/// ```
pub fn without_links(text: &str) -> String {
    let lines = text.lines().filter_map(|line| {
        let is_link = |word: &&str| {
            let word = word.trim_start_matches(['(', '<', '[', '"', '\'']).to_lowercase();
            ["http://", "https://", "www."].iter().any(|begin| word.starts_with(begin))
        };
        if !line.split_whitespace().any(|word| is_link(&word)) {
            return Some(line.to_owned());
        }
        let words: Vec<&str> = line.split_whitespace().filter(|word| !is_link(word)).collect();
        (!words.is_empty()).then(|| words.join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_begins_what_nobody_had_begun() {
        use StatusKind::*;
        let in_progress = |now| kind_after_answer(now, Some(InProgress));
        for now in [Unread, Read, Assigned] {
            assert_eq!(in_progress(now), Some(InProgress), "{now:?}");
        }
        for now in [InProgress, WaitingRequester, WaitingInternal, OnHold, Done, Cancelled] {
            assert_eq!(in_progress(now), None, "{now:?}");
        }
    }

    #[test]
    fn an_area_can_want_another_status_or_none() {
        use StatusKind::*;
        assert_eq!(kind_after_answer(InProgress, Some(WaitingRequester)), Some(WaitingRequester));
        assert_eq!(kind_after_answer(Unread, Some(Done)), Some(Done));
        assert_eq!(kind_after_answer(Unread, None), None);
        assert_eq!(kind_after_answer(Done, Some(WaitingRequester)), None);
    }

    #[test]
    fn an_answer_to_all_leaves_us_out_and_nobody_gets_it_twice() {
        let is_own = |address: &EmailAddress| address.domain() == "firma.example";
        let (to, cc) = reply_to_all(
            Some("ann@kunde.example"),
            &["hilfe@firma.example", "Carl@kunde.example"],
            &["carl@kunde.example", "ann@kunde.example", "keine Adresse"],
            is_own,
        );
        assert_eq!(to, ["ann@kunde.example"]);
        assert_eq!(cc, ["Carl@kunde.example"]);
    }
}
