//! A paper of one page (ISO 32000-1): text in Helvetica, nothing else.

/// The page, in points.
const WIDTH: usize = 595;
const HEIGHT: usize = 842;

/// A paper with these lines, the first one large.
pub(super) fn paper(lines: &[String]) -> Vec<u8> {
    let mut content = format!("BT /F1 18 Tf 60 {} Td 22 TL\n", HEIGHT - 90);
    for (place, line) in lines.iter().enumerate() {
        if place == 1 {
            content.push_str("/F1 11 Tf 16 TL\n");
        }
        content.push_str(&format!("({}) Tj T*\n", escaped(line)));
    }
    content.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R \
             /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (begin, size) = (file.len(), objects.len() + 1);
    file.push_str(&format!(
        "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n"
    ));
    file.into_bytes()
}

/// Text of a string: letters of Latin 1 as octal numbers, others as a question mark.
fn escaped(text: &str) -> String {
    let letter = |letter: char| match letter {
        '(' | ')' | '\\' => format!("\\{letter}"),
        ' '..='~' => letter.to_string(),
        'ı' => "i".to_owned(),
        letter => match u8::try_from(u32::from(letter)) {
            Ok(byte) if byte >= 0xa0 => format!("\\{byte:03o}"),
            _ => "?".to_owned(),
        },
    };
    text.chars().map(letter).collect()
}
