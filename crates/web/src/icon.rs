//! Icons from the sprite.

use maud::{Markup, html};

/// An icon beside a word: 16 px, hidden from screen readers. `name` is as in the design: `inbox`, `st-neu`.
pub fn icon(name: &str) -> Markup {
    sprite("i", "i-", name)
}

/// An icon of 14 px for small buttons.
pub fn icon_small(name: &str) -> Markup {
    sprite("i i-sm", "i-", name)
}

/// The mark of the product.
pub fn mark() -> Markup {
    sprite("mark", "", "mark")
}

fn sprite(class: &str, prefix: &str, name: &str) -> Markup {
    html! {
        svg class=(class) aria-hidden="true" {
            use href={ (assets::path("icons.svg")) "#" (prefix) (name) } {}
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_icon_points_into_the_hashed_sprite_and_is_hidden_from_screen_readers() {
        let printed = super::icon("inbox").into_string();
        assert!(
            printed.starts_with("<svg class=\"i\" aria-hidden=\"true\"><use href=\"/assets/icons-")
        );
        assert!(printed.ends_with(".svg#i-inbox\"></use></svg>"));
    }
}
