//! Files of a form: those that wait for its message, and the button for more.

use maud::{Markup, html};
use values::Language;

use super::FORM_BYTES_MAX;
use crate::record::draft::DraftFile;
use crate::record::frame::{icon, icon_small};
use crate::texts;

/// A file that waits for its message.
#[derive(Clone, Debug)]
pub struct ShownFile {
    /// The upload.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size, ready to print.
    pub size: String,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Whether it is a picture.
    pub is_picture: bool,
    /// Whether it stands in the text: then the text shows it.
    pub is_in_text: bool,
}

impl ShownFile {
    /// The file of a draft.
    pub fn of(file: &DraftFile, language: Language) -> Self {
        let size_bytes = u64::try_from(file.size_bytes).unwrap_or_default();
        Self {
            id: file.id.clone(),
            name: file.name.clone(),
            size: web::bytes_size(size_bytes, language),
            size_bytes,
            is_picture: file.media_type.starts_with("image/"),
            is_in_text: false,
        }
    }
}

/// The files of a form, with the sentences that the script says about more of them. `address` takes them.
pub fn files(language: Language, address: &str, files: &[ShownFile], more: &Markup) -> Markup {
    let texts = texts::uploads(language);
    html! {
        div class="files" data-address=(address) data-bytes-max=(FORM_BYTES_MAX)
            data-too-large=(texts.file_too_large("{name}")) data-empty=(texts.file_empty("{name}")) data-failed=(texts.upload_failed())
            data-word-remove=(texts.remove("{name}")) data-word-cancel=(texts.cancel_upload("{name}"))
            data-word-retry=(texts.retry_upload("{name}")) {
            @for one in files { (file(language, one)) }
            (more)
        }
    }
}

/// A file that was uploaded.
pub fn file(language: Language, file: &ShownFile) -> Markup {
    let texts = texts::uploads(language);
    let src = file.is_in_text.then(|| format!("/attachments/{}/view", file.id));
    html! {
        span class="attach" data-upload=(file.id) data-size=(file.size_bytes) data-src=[src] {
            input type="hidden" name="uploads" value=(file.id);
            (icon(if file.is_picture { "image" } else { "file-text" }))
            span { (file.name) small { (file.size) } }
            button type="button" class="x" data-remove aria-label=(texts.remove(&file.name)) { (icon_small("x")) }
        }
    }
}

/// The same button in a form, where it says in words what it does.
pub fn choose_in_words(language: Language) -> Markup {
    html! {
        label class="btn script-only" data-attach {
            (icon("paperclip")) (texts::uploads(language).attach()) input type="file" multiple class="vh";
        }
    }
}

/// The button that chooses files; the script uploads them.
pub fn choose(language: Language) -> Markup {
    let texts = texts::uploads(language);
    html! {
        label class="btn btn-quiet script-only" data-attach title=(texts.attach()) {
            (icon("paperclip")) span class="vh" { (texts.attach()) } input type="file" multiple class="vh";
        }
    }
}
