//! Reports about all mails of a domain: DMARC (RFC 9990) and TLS (RFC 8460). Machines send them to
//! machines, every day.

use crate::read::Mail;

/// By what the mail is known as such a report; `None` if it is none.
pub(super) fn evidence(mail: &Mail) -> Option<String> {
    if let Some(domain) = mail.header("TLS-Report-Domain") {
        return Some(format!("TLS-Report-Domain: {domain}"));
    }
    let tls = mail.parts.iter().find(|part| part.media_type.starts_with("application/tlsrpt"));
    if let Some(part) = tls {
        return Some(format!("Content-Type: {}", part.media_type));
    }
    let file = mail.attachments.iter().find(|file| is_report_name(&file.name))?;
    // One attachment with such a name is forwarded by people, too: the subject tells them apart.
    let subject = mail.subject.to_ascii_lowercase();
    let is_titled = ["report domain:", "dmarc", "tls report", "[preview] report domain:"]
        .iter()
        .any(|title| subject.starts_with(title));
    is_titled.then(|| format!("Attachment: {}", file.name))
}

/// `receiver!domain!begin!end[!id].xml.gz` (RFC 9990; RFC 8460 section 5.1), where dangerous
/// characters may have been replaced.
fn is_report_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = [".xml.gz", ".xml", ".zip", ".gz", ".json.gz", ".json"];
    let Some(bare) = ends.iter().find_map(|end| name.strip_suffix(end)) else { return false };
    let pieces: Vec<&str> = bare.split(['!', '_']).collect();
    let is_moment =
        |piece: &&&str| piece.len() >= 9 && piece.bytes().all(|byte| byte.is_ascii_digit());
    pieces.len() >= 4 && pieces.iter().filter(is_moment).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::is_report_name;

    #[test]
    fn names_of_reports_hold_two_moments() {
        for name in [
            "google.com!firma.example!1700092800!1700179199.zip",
            "enterprise.protection.outlook.com!firma.example!1700092800!1700179200.xml.gz",
            "mail.example_firma.example_1700092800_1700179199_a1.json.gz",
        ] {
            assert!(is_report_name(name), "{name}");
        }
        for name in
            ["bericht.zip", "a!b!c!d.xml", "google.com!firma.example!1700092800.zip", "1!2.txt"]
        {
            assert!(!is_report_name(name), "{name}");
        }
    }
}
