//! What a crate may depend on, and under which licences.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::assert_none;
use crate::source::root;

/// The crates of the workspace that each may name in its `Cargo.toml`, tests aside.
const OWN: [(&str, &[&str]); 6] = [
    ("values", &[]),
    ("rules", &["values"]),
    ("mail", &["values"]),
    ("db", &["values"]),
    ("assets", &[]),
    ("web", &["values", "assets"]),
];

/// What decides without a world has no way to reach one.
const NO_WORLD: [&str; 12] = [
    "tokio",
    "axum",
    "http",
    "hyper",
    "reqwest",
    "rusqlite",
    "tokio-postgres",
    "async-imap",
    "rustls",
    "tokio-rustls",
    "tower",
    "futures-util",
];

/// Crates that only one of ours may name.
const RESERVED: [(&str, &str); 5] = [
    ("rusqlite", "db"),
    ("tokio-postgres", "db"),
    ("deadpool-postgres", "db"),
    ("async-imap", "mail"),
    ("smtp-proto", "mail"),
];

/// Licences that allow what we do without asking for more than a notice.
const LICENCES: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// A second TLS or regular-expression engine, or one that is not built from Rust and assembler.
const BANNED: [&str; 5] = ["aws-lc-rs", "aws-lc-sys", "openssl-sys", "native-tls", "fancy-regex"];

#[test]
fn the_crates_know_only_those_below_them() {
    let metadata = metadata(&["--no-deps"]);
    let names: BTreeSet<&str> = packages(&metadata).iter().map(name).collect();
    let mut findings = Vec::new();
    for package in packages(&metadata) {
        let own = name(package);
        for dependency in dependencies(package) {
            let allowed = OWN.iter().find(|(crate_name, _)| *crate_name == own);
            let is_above = names.contains(dependency)
                && allowed.is_some_and(|(_, below)| !below.contains(&dependency));
            let is_world = ["rules", "values"].contains(&own) && NO_WORLD.contains(&dependency);
            let is_reserved = own != "testkit"
                && own != "bench"
                && RESERVED.iter().any(|(name, owner)| *name == dependency && *owner != own);
            let is_tester = dependency == "testkit" && own != "bench";
            if is_above || is_world || is_reserved || is_tester {
                findings.push(format!("{own} depends on {dependency}"));
            }
        }
    }
    assert_none("a crate depends on what it must not know", &findings);
    assert!(OWN.iter().all(|(own, _)| names.contains(own)));
}

#[test]
fn every_dependency_has_a_licence_that_suits_and_none_is_banned() {
    let metadata = metadata(&["--filter-platform", "x86_64-unknown-linux-gnu"]);
    let resolved: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    let mut findings = Vec::new();
    let mut foreign = 0;
    for package in packages(&metadata) {
        // What has no source is ours.
        if !resolved.contains(package["id"].as_str().unwrap()) || package["source"].is_null() {
            continue;
        }
        foreign += 1;
        let licence = package["license"].as_str().unwrap_or("none named");
        if !is_allowed(licence) {
            findings.push(format!("{}: {licence}", name(package)));
        }
        if BANNED.contains(&name(package)) {
            findings.push(format!("{} is banned", name(package)));
        }
    }
    assert_none("a dependency does not suit", &findings);
    assert!(foreign > 50, "only {foreign} dependencies were found");
}

#[test]
fn a_licence_expression_is_allowed_if_one_choice_is() {
    for allowed in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0-only OR MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0-only",
    ] {
        assert!(is_allowed(allowed), "{allowed}");
    }
    for refused in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT OR ISC) AND AGPL-3.0-only", ""] {
        assert!(!is_allowed(refused), "{refused}");
    }
}

/// Reads an SPDX expression. Brackets are read as far as crates use them: around choices that
/// are joined by AND.
fn is_allowed(expression: &str) -> bool {
    let is_one_allowed = |choices: &str| {
        choices
            .split(" OR ")
            .flat_map(|choice| choice.split('/'))
            .any(|licence| LICENCES.contains(&licence.trim_matches(['(', ')', ' '])))
    };
    match expression.contains('(') {
        true => expression.split(" AND ").all(is_one_allowed),
        false => expression.split(" OR ").any(|all| all.split(" AND ").all(is_one_allowed)),
    }
}

fn metadata(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline"])
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn packages(metadata: &Value) -> &Vec<Value> {
    metadata["packages"].as_array().unwrap()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

/// What the product needs, not what its tests need.
fn dependencies(package: &Value) -> impl Iterator<Item = &str> {
    let all = package["dependencies"].as_array().unwrap().iter();
    all.filter(|dependency| dependency["kind"] != "dev").map(name)
}
