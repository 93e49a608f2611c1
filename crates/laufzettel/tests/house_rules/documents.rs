//! Documents that point somewhere point at something.

use std::fs;

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
