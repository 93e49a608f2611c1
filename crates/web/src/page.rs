//! The frame of every HTML page.

use maud::{DOCTYPE, Markup, html};
use values::Language;

/// What stands around the body of a page.
#[derive(Clone, Debug, Default)]
pub struct Page<'a> {
    /// The language of the page.
    pub language: Language,
    /// The theme that the reader has chosen.
    pub theme: Theme,
    /// Single-letter keys are switched off.
    pub keys_off: bool,
    /// The whole title without the count: `Eingang · Laufzettel`.
    pub title: &'a str,
    /// The number shown in front of the title: `5`, `1000+`; none for an empty text or `0`.
    pub count: &'a str,
    /// The address of the live stream, for pages that listen to one.
    pub live: Option<&'a str>,
    /// The class of the body.
    pub body_class: Option<&'a str>,
}

/// Light, dark, or whatever the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The word of the settings and of `data-theme`; `system` is never printed there.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark].into_iter().find(|theme| theme.name() == name)
    }
}

/// The configuration of htmx: nothing that the page policy forbids, and answers to faulty forms
/// (422) and lost races (409) are shown like any other.
const HTMX_CONFIG: &str = concat!(
    r#"{"allowEval":false,"allowScriptTags":false,"includeIndicatorStyles":false,"historyCacheSize":0,"#,
    r#""refreshOnHistoryMiss":true,"selfRequestsOnly":true,"scrollIntoViewOnBoost":false,"#,
    r#""responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},"#,
    r#"{"code":"(409|422)","swap":true},{"code":"[45]..","swap":false,"error":true}]}"#
);

/// The whole document: head with bundle and htmx configuration, the body, and the places into which
/// scripts put toasts and banners. `head` is for further elements of the head.
pub fn document(page: &Page<'_>, head: &Markup, body: &Markup) -> Markup {
    let theme = (page.theme != Theme::System).then(|| page.theme.name());
    let count = if page.count == "0" { "" } else { page.count };
    html! {
        (DOCTYPE)
        html lang=(page.language.code()) data-theme=[theme] data-keys=[page.keys_off.then_some("off")] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="htmx-config" content=(HTMX_CONFIG);
                title data-count=(count) { @if !count.is_empty() { "(" (count) ") " } (page.title) }
                link rel="icon" href=(assets::path("favicon.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(assets::path("app.css"));
                script type="module" src=(assets::path("app.js")) {}
                (head)
            }
            body class=[page.body_class] data-live=[page.live] hx-ext="morph" {
                (body)
                div #banners .banners {}
                div #toasts .toasts role="status" aria-live="polite" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(page: &Page<'_>) -> String {
        document(page, &html! {}, &html! { main { "x" } }).into_string()
    }

    #[test]
    fn a_page_says_its_language_its_theme_and_its_title() {
        let page = Page {
            language: Language::English,
            theme: Theme::Dark,
            title: "Inbox · Laufzettel",
            count: "5",
            live: Some("/live"),
            ..Page::default()
        };
        let printed = printed(&page);
        assert!(printed.starts_with("<!DOCTYPE html><html lang=\"en\" data-theme=\"dark\"><head>"));
        assert!(printed.contains("<title data-count=\"5\">(5) Inbox · Laufzettel</title>"));
        assert!(printed.contains("<body data-live=\"/live\" hx-ext=\"morph\"><main>x</main>"));
    }

    #[test]
    fn without_a_choice_the_system_decides_on_the_theme_and_zero_is_no_count() {
        let printed = printed(&Page { title: "<b>", count: "0", ..Page::default() });
        assert!(printed.contains("<html lang=\"de\"><head>"));
        assert!(printed.contains("<title data-count=\"\">&lt;b&gt;</title>"));
    }

    #[test]
    fn nothing_on_the_page_is_inline() {
        let printed = printed(&Page::default());
        assert_eq!(printed.matches("<script").count(), 1);
        assert!(printed.contains("<script type=\"module\" src=\"/assets/app-"));
        assert!(!printed.contains("<style") && !printed.contains(" onclick"));
    }

    #[test]
    fn the_configuration_of_htmx_is_json_without_eval() {
        let config: serde_json::Value = serde_json::from_str(HTMX_CONFIG).unwrap();
        assert_eq!(config["allowEval"], false);
        assert_eq!(config["responseHandling"][2]["code"], "(409|422)");
    }

    #[test]
    fn a_theme_is_found_by_its_name() {
        assert_eq!(Theme::from_name("dark"), Some(Theme::Dark));
        assert_eq!(Theme::from_name("system"), Some(Theme::System));
        assert_eq!(Theme::from_name("pink"), None);
    }
}
