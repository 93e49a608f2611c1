//! The handbooks name addresses of pages; each of them answers.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::world::World;

testkit::on_both_engines!(every_address_in_a_handbook_answers,);

/// What begins like an address and is a folder of the machine.
const FOLDERS: [&str; 10] =
    ["/etc", "/var", "/usr", "/run", "/lib", "/srv", "/opt", "/home", "/backup", "/tmp"];

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => documents(&path, found),
            false if path.extension().is_some_and(|end| end == "md") => found.push(path),
            false => {}
        }
    }
}

/// Addresses in back quotes, without what is to be filled in.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.split('`').skip(1).step_by(2);
    let paths = quoted.filter_map(|words| words.split_whitespace().find(|w| w.starts_with('/')));
    let is_address = |path: &&str| path.len() > 1 && !path.contains(['{', '<', '…', '*']);
    paths.filter(is_address).filter(|path| !FOLDERS.iter().any(|folder| path.starts_with(folder)))
}

/// Addresses that a story cannot ask: a stream without an end, figures for the machine itself (they
/// have stories of their own), and a page of the demo alone.
const NOT_ASKED: [&str; 3] = ["/live", "/metrics", "/sandbox"];

async fn every_address_in_a_handbook_answers(world: World) {
    let ada = world.administrator("Ada").await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![root.join("README.md")];
    documents(&root.join("docs/user"), &mut files);
    documents(&root.join("docs/admin"), &mut files);
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let named: BTreeSet<&str> = texts.iter().flat_map(|text| addresses(text)).collect();
    for address in named.iter().filter(|address| !NOT_ASKED.contains(address)) {
        let status = ada.get(address).await.status;
        assert_ne!(status, 404, "{address}");
    }
    assert!(named.contains("/jobs") && named.contains("/metrics"), "{named:?}");
}
