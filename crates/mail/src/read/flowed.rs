//! `format=flowed` (RFC 3676): lines that were broken only for transport are joined again.

/// The text with its soft line breaks undone. `delete_space`: the blank before a soft break goes
/// as well (`delsp=yes`).
pub(crate) fn unflow(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let content = line.get(depth..).unwrap_or_default();
        let content = content.strip_prefix(' ').unwrap_or(content);
        match open {
            Some(open_depth) if open_depth == depth && content != "-- " => {}
            Some(_) => begin_line(&mut out, depth),
            None => begin_line(&mut out, depth),
        }
        // The mark of a signature ends with a blank and is no soft break.
        let is_soft = content.ends_with(' ') && content != "-- ";
        let content = match is_soft && delete_space {
            true => content.get(..content.len() - 1).unwrap_or_default(),
            false => content,
        };
        out.push_str(content);
        open = is_soft.then_some(depth);
    }
    // The first line began with a line end, too.
    out.remove(0);
    out
}

fn begin_line(out: &mut String, depth: usize) {
    out.push('\n');
    if depth > 0 {
        out.extend(std::iter::repeat_n('>', depth));
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_breaks_are_joined_and_hard_ones_stay() {
        assert_eq!(unflow("Ein \nSatz.\nNoch einer.\n", false), "Ein Satz.\nNoch einer.\n");
        assert_eq!(unflow("Wort \nteil", true), "Wortteil");
        assert_eq!(unflow("", false), "");
    }

    #[test]
    fn quotes_are_joined_only_within_their_depth() {
        assert_eq!(unflow("> a \n> b\n>> c \n> d", false), "> a b\n>> c \n> d");
    }

    #[test]
    fn the_mark_of_a_signature_stays() {
        assert_eq!(unflow("Gruß\n-- \nAnn", false), "Gruß\n-- \nAnn");
        assert_eq!(unflow("Gruß \n-- \nAnn", false), "Gruß \n-- \nAnn");
        assert_eq!(unflow(" > kein Zitat", false), "> kein Zitat");
    }
}
