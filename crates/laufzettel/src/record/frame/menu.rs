//! The profile menu: language, appearance, keys, signing out.

use maud::{Markup, html};
use values::Language;

use super::{Frame, icon};
use crate::texts;

/// Which appearance a person wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the operating system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The word that the form sends.
    pub fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark].into_iter().find(|theme| theme.code() == code)
    }

    /// The value of `data-theme`, or nothing if the system decides.
    pub fn forced(self) -> Option<&'static str> {
        (self != Self::System).then_some(self.code())
    }
}

/// How close together lines and buttons stand. On touch devices they grow by themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// As much as possible on one screen.
    #[default]
    Compact,
    /// With more room around each line.
    Comfortable,
}

impl Density {
    /// The word that the form sends.
    pub fn code(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Comfortable => "comfortable",
        }
    }

    /// The density with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Compact, Self::Comfortable].into_iter().find(|density| density.code() == code)
    }

    /// The value of `data-density`, or nothing for the usual one.
    pub fn wide(self) -> Option<&'static str> {
        (self == Self::Comfortable).then_some("luftig")
    }
}

/// Whether single keys act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keys {
    /// Single keys act outside of input fields.
    #[default]
    On,
    /// Only keys with Ctrl act.
    Off,
}

impl Keys {
    /// The word that the form sends.
    pub fn code(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }

    /// The value of `data-keys`, or nothing if keys act.
    pub fn off(self) -> Option<&'static str> {
        (self == Self::Off).then_some("off")
    }
}

/// The menu behind the person's name.
pub(super) fn menu(frame: &Frame) -> Markup {
    let texts = texts::common(frame.language);
    html! {
        div class="pop pop-start menu-account" id="account" popover {
            (settings(frame, &frame.here))
            hr;
            a class="menu-item" href="/profile" { (icon("user")) (texts.my_account()) }
            @if frame.administrates {
                a class="menu-item" href="/jobs" { (icon("refresh-cw")) (texts.background()) }
            }
            @if frame.has_sandbox {
                a class="menu-item" href="/sandbox" target="_blank" rel="noopener" { (icon("mail")) (texts.sandbox()) }
            }
            button class="menu-item" type="button" data-open="keys" {
                (icon("keyboard")) (texts.all_keys()) kbd { "?" }
            }
            form method="post" action="/signout" {
                button class="menu-item" { (icon("log-out")) (texts.sign_out()) }
            }
        }
    }
}

/// What somebody chooses for his own screen, all of it; each choice holds at once and leads back
/// there.
pub fn own_settings(frame: &Frame, back: &str) -> Markup {
    let label = texts::common(frame.language).density();
    html! {
        (settings(frame, back))
        (setting((back, "/profile/density"), label, "list", &densities(frame)))
    }
}

/// The settings that the menu shows, too.
fn settings(frame: &Frame, back: &str) -> Markup {
    let texts = texts::common(frame.language);
    html! {
        (setting((back, "/profile/language"), texts.language(), "languages", &languages(frame)))
        (setting((back, "/profile/theme"), texts.appearance(), "moon", &themes(frame)))
        (setting((back, "/profile/keys"), texts.single_keys(), "keyboard", &keys(frame)))
    }
}

/// One value of a setting: its code, its word, whether it is the present one.
type Value = (&'static str, &'static str, bool);

fn languages(frame: &Frame) -> Vec<Value> {
    let choice = |language: Language, name| (language.code(), name, frame.language == language);
    vec![choice(Language::German, "Deutsch"), choice(Language::English, "English")]
}

fn themes(frame: &Frame) -> Vec<Value> {
    let texts = texts::common(frame.language);
    let choice = |theme: Theme, name| (theme.code(), name, frame.theme == theme);
    vec![
        choice(Theme::System, texts.theme_system()),
        choice(Theme::Light, texts.theme_light()),
        choice(Theme::Dark, texts.theme_dark()),
    ]
}

fn densities(frame: &Frame) -> Vec<Value> {
    let texts = texts::common(frame.language);
    let choice = |density: Density, name| (density.code(), name, frame.density == density);
    vec![
        choice(Density::Compact, texts.density_compact()),
        choice(Density::Comfortable, texts.density_comfortable()),
    ]
}

fn keys(frame: &Frame) -> Vec<Value> {
    let texts = texts::common(frame.language);
    let choice = |keys: Keys, name| (keys.code(), name, frame.keys == keys);
    vec![choice(Keys::On, texts.on()), choice(Keys::Off, texts.off())]
}

fn setting((back, action): (&str, &str), label: &str, symbol: &str, values: &[Value]) -> Markup {
    html! {
        form class="menu-setting" method="post" action=(action) {
            input type="hidden" name="back" value=(back);
            span class="menu-item" { (icon(symbol)) (label) }
            span class="seg" role="group" aria-label=(label) {
                @for (code, name, current) in values {
                    button name="value" value=(code) aria-pressed=(current) { (name) }
                }
            }
        }
    }
}
