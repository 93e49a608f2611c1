//! Documents that point somewhere point at something.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::assert_none;
use crate::source::{collect_files, root};

#[test]
fn every_link_in_a_document_leads_to_a_file() {
    let mut files = Vec::new();
    collect_files(&root(), "md", &mut files);
    let mut findings = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        for (number, line) in text.lines().enumerate() {
            for target in links(line) {
                let path = target.split('#').next().unwrap_or_default();
                if !path.is_empty() && !file.parent().unwrap().join(path).exists() {
                    let file = file.strip_prefix(root()).unwrap().display();
                    findings.push(format!("{file}:{}: {target}", number + 1));
                }
            }
        }
    }
    assert_none("a link leads nowhere", &findings);
    assert!(files.len() > 10, "only {} documents were found", files.len());
}

/// The targets of `[text](target)` that are files of the project.
fn links(line: &str) -> Vec<&str> {
    let behind = line.split("](").skip(1);
    let targets = behind.filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:")).collect()
}

#[test]
fn links_are_found_and_addresses_of_the_network_left_out() {
    let line = "see [a](docs/a.md), [b](https://example.com/b) and ![c](../c.png#x)";
    assert_eq!(links(line), ["docs/a.md", "../c.png#x"]);
}

/// The handbooks: people read them beside the screens.
fn handbooks() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["docs/user", "docs/admin"] {
        collect_files(&root().join(folder), "md", &mut files);
    }
    files
}

/// A picture that nobody shows any more, or that one language lacks, is told.
#[test]
fn every_picture_of_the_handbooks_is_shown_in_its_language() {
    let (mut pictures, mut shown) = (Vec::new(), Vec::new());
    for file in handbooks() {
        let text = fs::read_to_string(&file).unwrap();
        let targets = text.lines().flat_map(links).filter(|target| target.ends_with(".webp"));
        let folder = file.parent().unwrap();
        shown.extend(targets.map(|target| folder.join(target).canonicalize().unwrap()));
    }
    for folder in ["docs/user", "docs/admin"] {
        collect_files(&root().join(folder), "webp", &mut pictures);
    }
    let mut findings = Vec::new();
    for picture in &pictures {
        let name = picture.to_string_lossy().into_owned();
        let other = match name.strip_suffix(".de.webp") {
            Some(rest) => format!("{rest}.en.webp"),
            None => name.replace(".en.webp", ".de.webp"),
        };
        if !shown.contains(&picture.canonicalize().unwrap()) {
            findings.push(format!("{name}: no handbook shows it"));
        }
        if !Path::new(&other).exists() {
            findings.push(format!("{name}: the other language lacks it"));
        }
    }
    let bytes: u64 = pictures.iter().map(|picture| fs::metadata(picture).unwrap().len()).sum();
    assert_none("a picture is not as it should be", &findings);
    assert!(pictures.len() >= 20, "only {} pictures were found", pictures.len());
    assert!(
        bytes < 900 * 1024,
        "the pictures have {bytes} bytes; they belong to the project for ever"
    );
}

/// What stands in bold is the name of a page or a button: a sentence of the screens, in the language
/// of the handbook.
#[test]
fn every_page_and_button_that_a_handbook_names_is_on_a_screen() {
    let (mut findings, mut names) = (Vec::new(), 0);
    for file in handbooks() {
        let text = fs::read_to_string(&file).unwrap();
        let is_german = file.ends_with("user/de.md") || file.parent().unwrap().ends_with("de");
        let screens = sentences(if is_german { "de" } else { "en" });
        for name in text.split("**").skip(1).step_by(2).flat_map(|bold| bold.split('→')) {
            names += 1;
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let parts: Vec<&str> = name.split(", ").collect();
            let is_there = |words: &str| screens.contains(&words.to_lowercase());
            if !is_there(&name) && !parts.iter().all(|part| is_there(part)) {
                let file = file.strip_prefix(root()).unwrap().display();
                findings.push(format!("{file}: {name}"));
            }
        }
    }
    assert_none("a handbook names what no screen shows", &findings);
    assert!(names > 20, "only {names} names were found");
}

/// Every sentence of the screens in a language, in small letters.
fn sentences(language: &str) -> HashSet<String> {
    let mut files = Vec::new();
    collect_files(&root().join("crates/laufzettel/src"), "ftl", &mut files);
    let of_language = files.iter().filter(|file| file.ends_with(format!("{language}.ftl")));
    let texts = of_language.map(|file| fs::read_to_string(file).unwrap());
    let values = texts.flat_map(|text| {
        let values = text.lines().filter_map(|line| line.split_once(" = "));
        values.map(|(_, value)| value.trim().to_lowercase()).collect::<Vec<_>>()
    });
    values.collect()
}
