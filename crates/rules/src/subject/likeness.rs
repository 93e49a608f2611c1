//! How alike two subjects are.

use super::prefix::base_subject;

/// So many characters of each subject are compared; the work grows with their product.
const LETTERS_MAX: usize = 120;

/// How alike two subjects are, 0 to 100: twice the matching characters by the sum of both
/// lengths, prefixes and tags left out, lower case (Ratcliff and Obershelp's measure, "Pattern
/// Matching: The Gestalt Approach", Dr. Dobb's Journal, July 1988). Without text on both sides 0.
pub fn similarity_percent(one: &str, other: &str) -> u8 {
    let (one, other) = (letters(one), letters(other));
    let sum = one.len() + other.len();
    if one.is_empty() || other.is_empty() {
        return 0;
    }
    u8::try_from(200 * matching(&one, &other) / sum).unwrap_or(100)
}

fn letters(subject: &str) -> Vec<char> {
    base_subject(subject).to_lowercase().chars().take(LETTERS_MAX).collect()
}

/// The matching characters: those of the longest common piece, and of what lies left and right
/// of it on both sides in the same way.
fn matching(one: &[char], other: &[char]) -> usize {
    let mut sum = 0;
    let mut open = vec![(one, other)];
    while let Some((one, other)) = open.pop() {
        let (length, at, there) = longest_common(one, other);
        if length == 0 {
            continue;
        }
        sum += length;
        let left = (one.get(..at), other.get(..there));
        let right = (one.get(at + length..), other.get(there + length..));
        for pair in [left, right] {
            if let (Some(one), Some(other)) = pair {
                open.push((one, other));
            }
        }
    }
    sum
}

/// Length and places of the first longest common piece.
fn longest_common(one: &[char], other: &[char]) -> (usize, usize, usize) {
    let mut best = (0, 0, 0);
    // The length of the common piece that ends at each place of `other`, for the row before.
    let mut lengths = vec![0_usize; other.len()];
    for (at, c) in one.iter().enumerate() {
        let mut before = 0;
        for (there, (d, length)) in other.iter().zip(lengths.iter_mut()).enumerate() {
            let longer = if c == d { before + 1 } else { 0 };
            before = std::mem::replace(length, longer);
            if longer > best.0 {
                best = (longer, at + 1 - longer, there + 1 - longer);
            }
        }
    }
    best
}
