//! Builds the browser bundle, so that `cargo build` alone makes the whole product on a fresh machine.
//!
//! Needed is Node 20 or newer with npm. Packages are installed below `OUT_DIR`, only when
//! `package-lock.json` changed; nothing is written beside the sources. Without Node,
//! `LAUFZETTEL_UI_PREBUILT` names a folder with what `ui/build.mjs` has made elsewhere.

// A build that cannot go on stops with a sentence; there is nobody to hand an error to.
#![allow(clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const SOURCES: &[&str] =
    &["src", "css", "icons.svg", "favicon.svg", "build.mjs", "package.json", "package-lock.json"];

fn main() {
    let ui = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("ui");
    let out = PathBuf::from(variable("OUT_DIR"));
    println!("cargo::rustc-check-cfg=cfg(bundled_here)");
    println!("cargo::rerun-if-env-changed=LAUFZETTEL_UI_PREBUILT");
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", ui.join(source).display());
    }
    let dist = match env::var_os("LAUFZETTEL_UI_PREBUILT") {
        Some(prebuilt) => PathBuf::from(prebuilt),
        None => bundle(&ui, &out),
    };
    fs::write(out.join("files.rs"), table(&dist)).expect("writing the table of files");
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}

/// Installs the packages, runs the bundler and returns the folder with the result.
fn bundle(ui: &Path, out: &Path) -> PathBuf {
    let modules = install(ui, &out.join("npm"));
    let dist = out.join("dist");
    let mut node = Command::new("node");
    node.arg(ui.join("build.mjs")).arg(&modules).arg(&dist).arg(variable("PROFILE"));
    run(node, "bundling the scripts and styles");
    println!("cargo::rustc-cfg=bundled_here");
    println!("cargo::rustc-env=LAUFZETTEL_UI_MODULES={}", modules.display());
    dist
}

/// Installs exactly what the lock file names, unless that is what the folder already has.
fn install(ui: &Path, folder: &Path) -> PathBuf {
    let lock = fs::read(ui.join("package-lock.json")).expect("reading ui/package-lock.json");
    let modules = folder.join("node_modules");
    let installed = folder.join("installed.json");
    if fs::read(&installed).is_ok_and(|before| before == lock) {
        return modules;
    }
    fs::create_dir_all(folder).expect("making the folder for npm");
    for name in ["package.json", "package-lock.json"] {
        fs::copy(ui.join(name), folder.join(name)).expect("copying what npm reads");
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"]);
    npm.arg("--loglevel=error").current_dir(folder);
    run(npm, "installing the browser packages");
    fs::write(installed, lock).expect("noting what is installed");
    modules
}

fn run(mut command: Command, doing: &str) {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().unwrap_or_else(|error| {
        panic!(
            "{doing} needs `{program}`, which does not start ({error}). Please install Node 20 or \
             newer, or set LAUFZETTEL_UI_PREBUILT to a folder made by `npm run build` in \
             crates/assets/ui."
        )
    });
    assert!(
        status.success(),
        "{doing} failed: see the lines of `{program}` above. Without a network, npm needs its cache \
         from an earlier run; or set LAUFZETTEL_UI_PREBUILT."
    );
}

/// The rows of `FILES`: every file with its compressed twins, sorted by name.
fn table(dist: &Path) -> String {
    let entries = fs::read_dir(dist).unwrap_or_else(|error| panic!("{}: {error}", dist.display()));
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("reading the bundle").file_name().into_string().expect("a name"))
        .filter(|name| !name.ends_with(".br") && !name.ends_with(".gz"))
        .collect();
    names.sort();
    assert!(names.iter().any(|name| name.ends_with(".css")), "no bundle in {}", dist.display());
    let rows: String = names.iter().map(|name| row(dist, name)).collect();
    format!("static FILES: &[File] = &[\n{rows}];\n")
}

fn row(dist: &Path, name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').expect("a name with an extension");
    let logical = stem.rsplit_once('-').map_or(stem, |(logical, _hash)| logical);
    let content_type = match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        other => panic!("no content type for .{other}"),
    };
    let bytes = include(&dist.join(name)).expect("the file itself");
    let [br, gz] = ["br", "gz"].map(|kind| {
        include(&dist.join(format!("{name}.{kind}")))
            .map_or("None".to_owned(), |bytes| format!("Some({bytes})"))
    });
    format!(
        "File {{ name: \"{logical}.{extension}\", path: \"/assets/{name}\", bytes: {bytes}, \
         br: {br}, gz: {gz}, content_type: \"{content_type}\" }},\n"
    )
}

fn include(path: &Path) -> Option<String> {
    path.exists().then(|| format!("include_bytes!({path:?})"))
}
