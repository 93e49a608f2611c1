//! What mime4j decodes, we decode: each of its decoded parts must be found in ours, byte for byte.

use std::collections::BTreeMap;
use std::path::Path;

use mail::read::{Mail, part, read};

use crate::{corpora, mails};

/// All leaves of a mail, mails inside it included, by mime4j's numbering (`1_2_1`).
fn leaves(bytes: &[u8], prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    let mail: Mail = read(bytes);
    let is_single = mail.parts.len() == 1;
    for leaf in mail.parts.iter().filter(|part| !part.is_multipart) {
        let content = part(bytes, &leaf.path).unwrap_or_default().into_owned();
        let number = match is_single {
            true => prefix.to_string(),
            false => format!("{prefix}_{}", leaf.path.replace('.', "_")),
        };
        if leaf.media_type == "message/rfc822" && number.len() < 100 {
            leaves(&content, &format!("{number}_1"), found);
        }
        found.insert(number, content);
    }
}

/// Line ends do not count: mime4j writes its text files in its own way.
fn normalized(bytes: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'\r').collect();
    while out.last() == Some(&b'\n') {
        out.pop();
    }
    out
}

fn expected_parts(folder: &Path, mail: &str) -> Vec<(String, Vec<u8>)> {
    let stem = format!("{}_decoded_", mail.trim_end_matches(".eml"));
    let entries = std::fs::read_dir(folder.join("mime4j/expected")).unwrap();
    let mut parts: Vec<_> = entries
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name()?.to_string_lossy().into_owned();
            let rest = name.strip_prefix(&stem)?;
            let (number, extension) = rest.rsplit_once('.')?;
            let is_part = matches!(extension, "txt" | "bin");
            is_part.then(|| (number.to_string(), std::fs::read(&path).unwrap()))
        })
        .collect();
    parts.sort();
    parts
}

#[test]
fn decoded_parts_are_those_of_mime4j() {
    let Some(folder) = corpora() else { return };
    let (mut agreeing, mut exact, mut all) = (0, 0, 0);
    for (name, bytes) in mails(&folder, "mime4j") {
        let expected = expected_parts(&folder, &name);
        let mut found = BTreeMap::new();
        leaves(&bytes, "1", &mut found);
        for (number, content) in expected {
            all += 1;
            let wanted = normalized(&content);
            let at_place = found.get(&number).is_some_and(|ours| normalized(ours) == wanted);
            let anywhere = at_place || found.values().any(|ours| normalized(ours) == wanted);
            exact += usize::from(at_place);
            agreeing += usize::from(anywhere);
            if !at_place {
                let ours: Vec<_> = found.iter().map(|(k, v)| format!("{k}:{}", v.len())).collect();
                println!("{name} {number} ({} bytes): ours {}", content.len(), ours.join(" "));
            }
        }
    }
    println!("{agreeing} of {all} parts found, {exact} at the same number");
    assert_eq!((agreeing, exact, all), (142, 141, 147));
}
