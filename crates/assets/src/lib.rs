//! The browser bundle: our scripts and styles with the packages they need, inside the binary.
//!
//! Each file is served under a name with a hash of its content, so a browser may keep it forever.
//! How it is built stands in `build.rs`; what it does in the browser in `ui/src`.
#![cfg_attr(test, allow(clippy::unwrap_used))]

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The value of `Cache-Control` for every file: its name changes when its content does.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// One file of the bundle.
#[derive(Debug)]
pub struct File {
    /// The name without the hash: `app.css`.
    pub name: &'static str,
    /// The address on the server: `/assets/app-4ZQXPUKD.css`.
    pub path: &'static str,
    /// The content.
    pub bytes: &'static [u8],
    /// The content in Brotli; only in release builds.
    pub br: Option<&'static [u8]>,
    /// The content in gzip; only in release builds.
    pub gz: Option<&'static [u8]>,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
}

/// The address of the file with this plain name, such as `app.css`, `app.js` or `icons.svg`.
///
/// Empty for a name that is not in the bundle.
pub fn path(name: &str) -> &'static str {
    FILES.iter().find(|file| file.name == name).map_or("", |file| file.path)
}

/// The file that a browser asks for with this hashed name: the last part of its address.
pub fn file(hashed_name: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.path.strip_prefix("/assets/") == Some(hashed_name))
}

/// The file with this plain name.
pub fn named(name: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_link_and_scripts_fetch_is_in_the_bundle() {
        for (name, content_type) in [
            ("app.css", "text/css; charset=utf-8"),
            ("app.js", "text/javascript; charset=utf-8"),
            ("editor.js", "text/javascript; charset=utf-8"),
            ("icons.svg", "image/svg+xml"),
            ("favicon.svg", "image/svg+xml"),
        ] {
            let hashed = path(name).strip_prefix("/assets/").unwrap();
            let found = file(hashed).unwrap();
            assert_eq!((found.name, found.content_type), (name, content_type));
            assert_ne!(hashed, name);
        }
    }

    #[test]
    fn a_plain_name_or_an_unknown_one_is_no_file() {
        assert!(file("app.css").is_none());
        assert!(file("../app.css").is_none());
        assert_eq!(path("missing.css"), "");
    }

    #[test]
    fn styles_stay_within_the_page_policy() {
        let css = String::from_utf8_lossy(named("app.css").unwrap().bytes);
        assert!(!css.contains("http://") && !css.contains("https://") && !css.contains("@import"));
    }

    #[test]
    fn each_icon_of_the_sprite_has_a_name_of_its_own() {
        let sprite = String::from_utf8_lossy(named("icons.svg").unwrap().bytes);
        let mut ids: Vec<&str> = sprite
            .split("<symbol id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((count, ids.len()), (127, 127));
        assert!(
            ids.contains(&"i-st-neu") && ids.contains(&"i-pr-dringend") && ids.contains(&"mark")
        );
    }

    #[cfg(bundled_here)]
    #[test]
    fn the_tests_of_the_scripts_pass() {
        let ui = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("ui");
        let out = std::path::Path::new(env!("OUT_DIR")).join("script-tests");
        let done = std::process::Command::new("node")
            .arg(ui.join("test.mjs"))
            .args([std::path::Path::new(env!("LAUFZETTEL_UI_MODULES")), &out])
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    }
}
