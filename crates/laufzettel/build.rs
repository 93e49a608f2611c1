//! Compiles the Fluent files of all features into typed functions.
//!
//! `src/feature/list/{de,en}.ftl` becomes `texts::list(language)` with one function per message, `src/texts/{de,en}.ftl`
//! becomes `texts::common(language)`. A message that is missing in one language, or takes other arguments there, fails
//! the build with its name and file. Only what we use of Fluent is read: text, variables, string literals and plurals.

#![allow(clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::parser;
use fluent_syntax::unicode::unescape_unicode_to_string;

/// Code of the language, as in the file's name, and the variant of `values::Language`.
const LANGUAGES: [(&str, &str); 2] = [("de", "German"), ("en", "English")];

/// One message in one language.
struct Text {
    parts: Vec<Part>,
    arguments: Arguments,
}

/// Names and kinds in the order in which the text mentions them first.
type Arguments = Vec<(String, Argument)>;

enum Part {
    Literal(String),
    Variable(String),
    Plural { number: String, cases: Vec<(String, Vec<Part>)> },
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Argument {
    Words,
    Number,
}

/// The messages of one file by name.
type Texts = BTreeMap<String, Text>;

fn main() {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("src");
    println!("cargo::rerun-if-changed={}", root.join("texts").display());
    println!("cargo::rerun-if-changed={}", root.join("feature").display());
    let mut problems = Vec::new();
    let mut code = String::new();
    for (name, folder) in folders(&root) {
        let languages =
            LANGUAGES.map(|(code, _)| read(&folder.join(format!("{code}.ftl")), &mut problems));
        compare(&folder, &languages, &mut problems);
        if problems.is_empty() {
            code.push_str(&module(&name, &languages));
        }
    }
    if !problems.is_empty() {
        for problem in problems {
            println!("cargo::error={problem}");
        }
        process::exit(1);
    }
    let target = PathBuf::from(variable("OUT_DIR")).join("texts.rs");
    fs::write(target, code).expect("the output folder is writable");
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}

/// Every folder with texts and the name of its functions: `common`, then the features.
fn folders(root: &Path) -> Vec<(String, PathBuf)> {
    let mut found = vec![(String::from("common"), root.join("texts"))];
    let features = fs::read_dir(root.join("feature")).expect("src/feature can be read");
    for entry in features.flatten() {
        if LANGUAGES.iter().any(|(code, _)| entry.path().join(format!("{code}.ftl")).exists()) {
            found.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
        }
    }
    found.sort();
    found
}

fn read(path: &Path, problems: &mut Vec<String>) -> Texts {
    let mut texts = Texts::new();
    let source = match fs::read_to_string(path) {
        Ok(source) => source,
        Err(error) => {
            problems.push(format!("{}: {error}", path.display()));
            return texts;
        }
    };
    let entries = match parser::parse(source.as_str()) {
        Ok(resource) => resource.body,
        Err((_, errors)) => {
            let place = |position| format!("{}:{}", path.display(), line(&source, position));
            problems
                .extend(errors.iter().map(|error| format!("{}: {error}", place(error.pos.start))));
            return texts;
        }
    };
    for entry in entries {
        let outcome = match entry {
            Entry::Message(message) => {
                text(&message).and_then(|text| insert(&mut texts, message.id.name, text))
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => Ok(()),
            Entry::Term(term) => Err(format!("-{}: terms are not supported", term.id.name)),
            Entry::Junk { content } => Err(format!("cannot be read: {}", content.trim())),
        };
        problems.extend(outcome.err().map(|problem| format!("{}: {problem}", path.display())));
    }
    texts
}

fn line(source: &str, position: usize) -> usize {
    source.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}

fn insert(texts: &mut Texts, name: &str, text: Text) -> Result<(), String> {
    match texts.insert(name.to_owned(), text) {
        None => Ok(()),
        Some(_) => Err(format!("{name}: stands twice in this file")),
    }
}

fn text(message: &Message<&str>) -> Result<Text, String> {
    let name = message.id.name;
    if !message.attributes.is_empty() {
        return Err(format!("{name}: attributes are not supported"));
    }
    let pattern = message.value.as_ref().ok_or_else(|| format!("{name}: has no text"))?;
    let mut arguments = Arguments::new();
    let parts = parts(pattern, &mut arguments).map_err(|problem| format!("{name}: {problem}"))?;
    Ok(Text { parts, arguments })
}

fn parts(pattern: &Pattern<&str>, arguments: &mut Arguments) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => literal(&mut parts, value),
            PatternElement::Placeable { expression } => {
                placeable(&mut parts, expression, arguments)?
            }
        }
    }
    Ok(parts)
}

fn placeable(
    parts: &mut Vec<Part>,
    expression: &Expression<&str>,
    arguments: &mut Arguments,
) -> Result<(), String> {
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            literal(parts, &unescape_unicode_to_string(value));
        }
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            mention(arguments, id.name, Argument::Words);
            parts.push(Part::Variable(id.name.to_owned()));
        }
        Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
            mention(arguments, id.name, Argument::Number);
            parts.push(Part::Plural {
                number: id.name.to_owned(),
                cases: cases(variants, arguments)?,
            });
        }
        other => return Err(format!("this part of Fluent is not supported: {other:?}")),
    }
    Ok(())
}

/// What a plural selects by is a number wherever it stands.
fn mention(arguments: &mut Arguments, name: &str, kind: Argument) {
    match arguments.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) if kind == Argument::Number => *known = kind,
        Some(_) => {}
        None => arguments.push((name.to_owned(), kind)),
    }
}

/// Neighbouring pieces of plain text become one.
fn literal(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut() {
        Some(Part::Literal(before)) => before.push_str(text),
        _ => parts.push(Part::Literal(text.to_owned())),
    }
}

/// The arms of a plural as patterns of a `match` on the number, the default last.
fn cases(
    variants: &[Variant<&str>],
    arguments: &mut Arguments,
) -> Result<Vec<(String, Vec<Part>)>, String> {
    let mut cases = Vec::new();
    for variant in variants.iter().filter(|variant| !variant.default) {
        let number = match &variant.key {
            VariantKey::Identifier { name: "one" } => "1".to_owned(),
            VariantKey::Identifier { name: "zero" } => "0".to_owned(),
            VariantKey::NumberLiteral { value } if value.parse::<u64>().is_ok() => {
                (*value).to_owned()
            }
            other => {
                return Err(format!("a plural knows zero, one, other and numbers, not {other:?}"));
            }
        };
        cases.push((number, parts(&variant.value, arguments)?));
    }
    let default =
        variants.iter().find(|variant| variant.default).ok_or("a plural needs a default")?;
    cases.push(("_".to_owned(), parts(&default.value, arguments)?));
    Ok(cases)
}

/// Both languages must have the same messages with the same arguments.
fn compare(folder: &Path, languages: &[Texts; 2], problems: &mut Vec<String>) {
    let names: BTreeSet<&String> = languages.iter().flat_map(Texts::keys).collect();
    let [german, english] = languages;
    for name in names {
        let place = folder.display();
        match (german.get(name), english.get(name)) {
            (Some(_), None) => problems.push(format!("{place}/en.ftl: {name} is missing")),
            (None, Some(_)) => problems.push(format!("{place}/de.ftl: {name} is missing")),
            (Some(one), Some(other)) if sorted(one) != sorted(other) => {
                problems.push(format!("{place}: {name} has other arguments in en.ftl"));
            }
            _ => {}
        }
    }
}

fn sorted(text: &Text) -> Vec<&(String, Argument)> {
    let mut arguments: Vec<_> = text.arguments.iter().collect();
    arguments.sort();
    arguments
}

/// The type of one feature's texts, and the function that gives them in a language.
fn module(name: &str, languages: &[Texts; 2]) -> String {
    let [german, english] = languages;
    let kind: String = name.split('_').map(capital).collect();
    let mut code = format!(
        "/// The texts of `{name}`.\n#[derive(Clone, Copy, Debug)]\npub struct {kind}(values::Language);\n\n\
         /// The texts of `{name}` in this language.\npub fn {name}(language: values::Language) -> {kind} {{\n    \
         {kind}(language)\n}}\n\nimpl {kind} {{\n"
    );
    for (message, text) in german {
        if let Some(other) = english.get(message) {
            code.push_str(&function(message, [text, other]));
        }
    }
    code.push_str("}\n\n");
    code
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The arguments stand in the order of the German text.
fn function(message: &str, texts: [&Text; 2]) -> String {
    let output = Output::of(message, &texts);
    let name = identifier(message);
    let mut head = format!("    /// {}\n    pub fn {name}(self", texts.map(shown).join(" · "));
    for (argument, kind) in texts.iter().take(1).flat_map(|text| &text.arguments) {
        let kind = match (kind, output) {
            (Argument::Number, _) => "u64",
            (Argument::Words, Output::Markup) => "impl maud::Render",
            (Argument::Words, _) => "&str",
        };
        write!(head, ", {}: {kind}", identifier(argument)).expect("a string grows");
    }
    let mut code = format!("{head}) -> {} {{\n        match self.0 {{\n", output.type_name());
    for ((_, language), text) in LANGUAGES.iter().zip(texts) {
        writeln!(code, "            values::Language::{language} => {},", output.body(text))
            .expect("a string grows");
    }
    code.push_str("        }\n    }\n");
    code
}

fn identifier(name: &str) -> String {
    name.replace('-', "_")
}

/// The text as one line for the doc comment; `…` stands for arguments.
fn shown(text: &Text) -> String {
    let parts = text.parts.iter().map(|part| match part {
        Part::Literal(text) => text.as_str(),
        Part::Variable(_) | Part::Plural { .. } => "…",
    });
    let line: Vec<String> =
        parts.collect::<String>().split_whitespace().map(String::from).collect();
    line.join(" ").replace('<', "‹").replace('>', "›").replace('[', "(").replace(']', ")")
}

/// What a function returns: a constant, a text with arguments, or markup. A message whose name ends in `-html` may hold
/// tags; its arguments are escaped unless they are markup themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Output {
    Constant,
    Text,
    Markup,
}

impl Output {
    fn of(message: &str, texts: &[&Text; 2]) -> Self {
        if message.ends_with("-html") {
            Self::Markup
        } else if texts.iter().all(|text| text.arguments.is_empty()) {
            Self::Constant
        } else {
            Self::Text
        }
    }

    fn type_name(self) -> &'static str {
        match self {
            Self::Constant => "&'static str",
            Self::Text => "String",
            Self::Markup => "maud::Markup",
        }
    }

    fn body(self, text: &Text) -> String {
        if self == Self::Constant {
            return constant(&text.parts);
        }
        let mut code = String::from("{ let mut __text = String::new(); ");
        self.append(&text.parts, &text.arguments, &mut code);
        code.push_str(if self == Self::Markup { "maud::PreEscaped(__text) }" } else { "__text }" });
        code
    }

    fn append(self, parts: &[Part], arguments: &Arguments, code: &mut String) {
        for part in parts {
            match part {
                Part::Literal(text) => code.push_str(&push(text)),
                Part::Variable(name) => code.push_str(&self.variable(name, arguments)),
                Part::Plural { number, cases } => self.plural(number, cases, arguments, code),
            }
        }
    }

    fn plural(
        self,
        number: &str,
        cases: &[(String, Vec<Part>)],
        arguments: &Arguments,
        code: &mut String,
    ) {
        if let [(_, only)] = cases {
            return self.append(only, arguments, code);
        }
        write!(code, "match {} {{ ", identifier(number)).expect("a string grows");
        for (pattern, parts) in cases {
            write!(code, "{pattern} => {{ ").expect("a string grows");
            self.append(parts, arguments, code);
            code.push_str("} ");
        }
        code.push_str("} ");
    }

    fn variable(self, name: &str, arguments: &Arguments) -> String {
        let variable = identifier(name);
        let kind = arguments.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind);
        match (kind, self) {
            (Some(Argument::Number), _) => {
                format!("__text.push_str(&crate::texts::number(self.0, {variable})); ")
            }
            (_, Self::Markup) => format!("{variable}.render_to(&mut __text); "),
            _ => format!("__text.push_str({variable}); "),
        }
    }
}

/// The statement that appends plain text.
fn push(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => format!("__text.push({letter:?}); "),
        _ => format!("__text.push_str({text:?}); "),
    }
}

fn constant(parts: &[Part]) -> String {
    let text: String = parts
        .iter()
        .map(|part| if let Part::Literal(text) = part { text.as_str() } else { "" })
        .collect();
    format!("{text:?}")
}
