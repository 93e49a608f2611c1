//! UIDs in commands.

/// Most UIDs in one command; keeps its line below the 8,000 octets of RFC 2683 section 3.2.1.5.
const UIDS_MAX: usize = 500;

/// The UIDs in rising order, in groups that fit a command.
pub(super) fn groups(uids: &[u32]) -> Vec<Vec<u32>> {
    let mut sorted = uids.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.chunks(UIDS_MAX).map(<[u32]>::to_vec).collect()
}

/// Rising UIDs as a `sequence-set`: `1:3,7`. It names no UID that is not in the list.
pub(super) fn sequence_set(uids: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for uid in uids {
        match ranges.last_mut() {
            Some((_, end)) if end.checked_add(1) == Some(*uid) => *end = *uid,
            _ => ranges.push((*uid, *uid)),
        }
    }
    let texts: Vec<String> = ranges
        .iter()
        .map(|(start, end)| match start == end {
            true => start.to_string(),
            false => format!("{start}:{end}"),
        })
        .collect();
    texts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_become_ranges_and_nothing_else_is_named() {
        assert_eq!(sequence_set(&[1, 2, 3, 7, 9, 10]), "1:3,7,9:10");
        assert_eq!(sequence_set(&[u32::MAX - 1, u32::MAX]), "4294967294:4294967295");
        assert_eq!(sequence_set(&[]), "");
    }

    #[test]
    fn groups_are_sorted_and_short_enough_for_a_line() {
        let uids: Vec<u32> = (0..1200).map(|n| 4_000_000_000 - n * 2).collect();
        let groups = groups(&uids);
        assert_eq!(groups.iter().map(Vec::len).collect::<Vec<_>>(), [500, 500, 200]);
        assert!(groups.iter().all(|group| sequence_set(group).len() < 8000));
        assert_eq!(groups.first().and_then(|group| group.first()), Some(&3_999_997_602));
    }
}
