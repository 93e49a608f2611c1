//! Variables in signatures and text blocks: `{agent:name}` stands for the name of who writes.
//!
//! Which values there are is the caller's to know. What is no variable stays as it stands, because
//! people write braces, too.

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// The name of the agent who writes.
    AgentName,
    /// His telephone number.
    AgentPhone,
    /// His address.
    AgentEmail,
    /// The area of the ticket.
    AreaName,
    /// How the contact is addressed: "Guten Tag Anna Brandt".
    ContactSalutation,
    /// The contact's name.
    ContactName,
    /// The contact's address.
    ContactEmail,
    /// The number of the ticket.
    TicketNumber,
    /// The subject of the ticket.
    TicketSubject,
}

/// Every name of a variable, the canonical one of each first (K-28).
const NAMES: [(&str, Variable); 31] = [
    ("agent:name", Variable::AgentName),
    ("name", Variable::AgentName),
    ("agent:phone", Variable::AgentPhone),
    ("agent:telefon", Variable::AgentPhone),
    ("phone", Variable::AgentPhone),
    ("telefon", Variable::AgentPhone),
    ("agent:email", Variable::AgentEmail),
    ("email", Variable::AgentEmail),
    ("area:name", Variable::AreaName),
    ("bereich:name", Variable::AreaName),
    ("area", Variable::AreaName),
    ("bereich", Variable::AreaName),
    ("contact:salutation", Variable::ContactSalutation),
    ("kontakt:anrede", Variable::ContactSalutation),
    ("contact:anrede", Variable::ContactSalutation),
    ("anrede", Variable::ContactSalutation),
    ("salutation", Variable::ContactSalutation),
    ("contact:name", Variable::ContactName),
    ("kontakt:name", Variable::ContactName),
    ("contact:email", Variable::ContactEmail),
    ("kontakt:email", Variable::ContactEmail),
    ("ticket:number", Variable::TicketNumber),
    ("ticket:nummer", Variable::TicketNumber),
    ("ticket", Variable::TicketNumber),
    ("nummer", Variable::TicketNumber),
    ("number", Variable::TicketNumber),
    ("ticket:subject", Variable::TicketSubject),
    ("ticket:betreff", Variable::TicketSubject),
    ("betreff", Variable::TicketSubject),
    ("subject", Variable::TicketSubject),
    ("thema", Variable::TicketSubject),
];
/// Longest name between braces, in bytes.
const NAME_BYTES_MAX: usize = 40;

impl Variable {
    /// The variable with this name, whatever the case.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        let is_it = |(known, _): &&(&str, Self)| known.eq_ignore_ascii_case(name);
        NAMES.iter().find(is_it).map(|(_, variable)| *variable)
    }
}

/// What a template is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// HTML; values are escaped, also for attributes.
    Html,
}

/// A template with its variables filled in. A variable for which there is no value stays as it
/// stands; a value is not looked through for variables again.
pub fn fill(template: &str, format: Format, value: impl Fn(Variable) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        match variable_at(behind, &value) {
            Some((value, after)) => {
                match format {
                    Format::Text => filled.push_str(&value),
                    Format::Html => push_escaped(&mut filled, &value),
                }
                rest = after;
            }
            None => {
                filled.push('{');
                rest = behind;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The value of the variable that begins here, and what stands behind its brace.
fn variable_at(
    text: &str,
    value: impl Fn(Variable) -> Option<String>,
) -> Option<(String, &str)> {
    let (name, after) = text.split_once('}').filter(|(name, _)| name.len() <= NAME_BYTES_MAX)?;
    Some((value(Variable::from_name(name)?)?, after))
}

fn push_escaped(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, format: Format) -> String {
        fill(template, format, |variable| match variable {
            Variable::AgentName => Some("Anna <Ott>".to_owned()),
            Variable::AgentPhone => Some(String::new()),
            Variable::ContactName => Some("{agent:name}".to_owned()),
            Variable::TicketNumber => Some("AU-7".to_owned()),
            _ => None,
        })
    }

    #[test]
    fn variables_are_filled_in_and_all_else_stays() {
        let table = [
            ("", ""),
            ("ohne", "ohne"),
            ("{name}", "Anna <Ott>"),
            ("{Agent:Name}, {TICKET}!", "Anna <Ott>, AU-7!"),
            ("{ ticket:nummer }", "AU-7"),
            ("Tel. {telefon}.", "Tel. ."),
            ("{betreff}", "{betreff}"),
            ("{unbekannt} {", "{unbekannt} {"),
            ("{a {name}", "{a Anna <Ott>"),
            ("{{name}}", "{Anna <Ott>}"),
            ("{}", "{}"),
            ("{kontakt:name}", "{agent:name}"),
            ("ä{name}ö", "äAnna <Ott>ö"),
        ];
        for (template, expected) in table {
            assert_eq!(filled(template, Format::Text), expected, "{template}");
        }
    }

    #[test]
    fn values_are_no_html() {
        let html = filled("<p title=\"{name}\">{name}</p>", Format::Html);
        assert_eq!(html, "<p title=\"Anna &lt;Ott&gt;\">Anna &lt;Ott&gt;</p>");
        let quotes = fill("{name}", Format::Html, |_| Some("\"&'\0".to_owned()));
        assert_eq!(quotes, "&quot;&amp;&#39;");
    }

    #[test]
    fn names_are_read_in_both_languages() {
        let table = [
            ("phone", Some(Variable::AgentPhone)),
            ("email", Some(Variable::AgentEmail)),
            ("area", Some(Variable::AreaName)),
            ("bereich", Some(Variable::AreaName)),
            ("kontakt:anrede", Some(Variable::ContactSalutation)),
            ("ticket:betreff", Some(Variable::TicketSubject)),
            ("kunde", None),
        ];
        for (name, expected) in table {
            assert_eq!(Variable::from_name(name), expected, "{name}");
        }
    }
}
