//! Files for the sample mails: small pictures and papers that open, drawn by their names.

mod jpeg;
mod pdf;
mod png;

use super::chance::Chance;
use super::lines;
use super::mails::Enclosure;

const PAPERS: &str = include_str!("../data/papers.txt");

/// The file with this name. Its kind follows from the ending, its content from the name.
pub fn enclosure(name: &str) -> Enclosure {
    let (media_type, bytes) = match name.rsplit('.').next() {
        Some("jpg") => ("image/jpeg", jpeg::photograph(&mut Chance::of_text(name))),
        Some("png") => ("image/png", png::screenshot(&mut Chance::of_text(name))),
        _ => ("application/pdf", pdf::paper(&paper(name))),
    };
    Enclosure { name: name.to_owned(), media_type, bytes }
}

/// The lines of a paper, its title first.
fn paper(name: &str) -> Vec<String> {
    let mut found: Vec<String> = lines(PAPERS)
        .skip_while(|line| line.strip_prefix("@ ") != Some(name))
        .skip(1)
        .take_while(|line| !line.starts_with("@ "))
        .map(str::to_owned)
        .collect();
    if found.is_empty() {
        let title = name.rsplit_once('.').map_or(name, |(title, _)| title).replace('_', " ");
        found = vec![
            title.clone(),
            String::new(),
            format!("Beleg: {title}"),
            "Dieses Blatt gehört zu einer erfundenen Firma.".to_owned(),
            "Es zeigt, wie ein Anhang aussieht, der sich öffnen lässt.".to_owned(),
        ];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_begins_as_its_kind_demands_and_is_always_the_same() {
        let table = [
            ("platte-1.jpg", "image/jpeg", b"\xff\xd8\xff".as_slice()),
            ("fehler.png", "image/png", b"\x89PNG\r\n\x1a\n"),
            ("Vermerk_Spedition.pdf", "application/pdf", b"%PDF-1.4"),
        ];
        for (name, media_type, begin) in table {
            let file = enclosure(name);
            assert_eq!(file.media_type, media_type);
            assert!(file.bytes.starts_with(begin), "{name}");
            assert_eq!(file.bytes, enclosure(name).bytes, "{name}");
        }
        assert_ne!(enclosure("a.jpg").bytes, enclosure("b.jpg").bytes);
    }

    #[test]
    fn a_paper_holds_its_lines() {
        let bytes = enclosure("Vermerk_Spedition.pdf").bytes;
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("(Ablieferungsvermerk) Tj"), "{text}");
        // Parentheses are escaped and letters beyond ASCII stand as octal numbers.
        assert!(text.contains(r"(Empf\344nger best\344tigt unter Vorbehalt:) Tj"), "{text}");
    }
}
