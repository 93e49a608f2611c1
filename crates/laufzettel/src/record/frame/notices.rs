//! What a page tells besides its content: toasts after an action, banners about a state.

use maud::{Markup, html};
use values::Language;

use super::{icon, icon_small};
use crate::texts;

/// Confirms an action, often with its way back. Never an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What happened.
    pub text: String,
    /// How to take it back.
    pub undo: Option<Undo>,
}

/// The form that takes an action back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undo {
    /// The address it posts to.
    pub action: String,
    /// Hidden fields: name and value.
    pub fields: Vec<(String, String)>,
}

/// A state of the whole view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    /// How serious it is.
    pub kind: BannerKind,
    /// What is the matter, in a few words.
    pub heading: String,
    /// What is safe and what to do.
    pub text: String,
    /// Where more of it stands: the words and the address.
    pub link: Option<(String, String)>,
    /// What can be done about it at once.
    pub act: Option<Act>,
}

/// A button that does something about a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What stands on it.
    pub label: String,
    /// The address it posts to.
    pub action: String,
    /// Hidden fields: name and value.
    pub fields: Vec<(String, String)>,
}

/// How serious a banner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BannerKind {
    /// Something failed.
    Failed,
    /// Something works in part.
    Limited,
    /// Something to know.
    Notice,
}

impl BannerKind {
    fn tone(self) -> &'static str {
        match self {
            Self::Failed => "red",
            Self::Limited => "amber",
            Self::Notice => "blue",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Failed => "circle-alert",
            Self::Limited => "triangle-alert",
            Self::Notice => "info",
        }
    }

    fn role(self) -> &'static str {
        match self {
            Self::Failed => "alert",
            _ => "status",
        }
    }
}

/// A banner across the width of its place.
pub fn banner(banner: &Banner) -> Markup {
    html! {
        div class="banner" data-tone=(banner.kind.tone()) role=(banner.kind.role()) {
            (icon(banner.kind.icon()))
            span class="grow" { b { (banner.heading) } " " (banner.text) }
            @if let Some((words, href)) = &banner.link { a class="linked" href=(href) { (words) } }
            @if let Some(act) = &banner.act {
                form method="post" action=(act.action) {
                    @for (name, value) in &act.fields { input type="hidden" name=(name) value=(value); }
                    button class="btn btn-sm" { (icon_small("refresh-cw")) (act.label) }
                }
            }
        }
    }
}

/// The places of toasts and banners.
pub(super) fn regions(language: Language, these: &[Toast]) -> Markup {
    html! {
        div class="toasts" id="toasts" role="status" { (toasts(language, these)) }
        div class="banners" id="banners" {}
    }
}

/// What the script shows when a request fails, takes its time, or the connection or the session is gone.
pub(super) fn templates(language: Language) -> Markup {
    let texts = texts::common(language);
    html! {
        template id="t-offline" {
            div class="banner" data-tone="amber" role="status" {
                (icon("wifi-off"))
                span class="grow" { b { (texts.offline()) } " " (texts.offline_since_html(html! { time data-since {} })) }
                button class="btn btn-sm" type="button" data-retry { (icon_small("refresh-cw")) (texts.reconnect()) }
            }
        }
        template id="t-signed-out" {
            div class="banner" data-tone="amber" role="alert" {
                (icon("lock"))
                span class="grow" { b { (texts.signed_out()) } " " (texts.signed_out_text()) }
                a class="btn btn-sm" data-sign-in href="/signin" { (texts.sign_in_again()) }
            }
        }
        template id="t-error" {
            div class="banner" data-tone="red" role="alert" {
                (icon("circle-alert"))
                span class="grow" { b { (texts.request_failed()) } " " (texts.request_failed_text()) }
                button class="btn btn-sm" type="button" data-retry { (texts.try_again()) }
                button class="btn btn-quiet btn-sm" type="button" data-dismiss aria-label=(texts.close()) {
                    (icon_small("x"))
                }
            }
        }
        template id="t-skeleton" {
            div {
                p class="vh" role="status" { (texts.loading()) }
                @for _ in 0..4 { span class="skel" aria-hidden="true" {} }
            }
        }
    }
}

/// Toasts alone.
pub fn toasts(language: Language, these: &[Toast]) -> Markup {
    html! { @for one in these { (toast(language, one)) } }
}

/// Toasts beside another fragment: htmx appends them to the region.
pub fn toasts_out_of_band(language: Language, these: &[Toast]) -> Markup {
    html! { div id="toasts" hx-swap-oob="beforeend" { (toasts(language, these)) } }
}

fn toast(language: Language, toast: &Toast) -> Markup {
    html! {
        div class="toast" {
            span { (toast.text) }
            @if let Some(undo) = &toast.undo {
                form method="post" action=(undo.action) {
                    @for (name, value) in &undo.fields { input type="hidden" name=(name) value=(value); }
                    button class="btn btn-sm" data-undo hx-post=(undo.action) hx-swap="none" {
                        (texts::common(language).undo()) " " kbd { "Z" }
                    }
                }
            }
        }
    }
}
