//! What a file is by its first bytes. Only kinds that may be shown in the browser are told apart.

/// The type that the first bytes show, if it is a raster image or a PDF.
pub(crate) fn detected(head: &[u8]) -> Option<&'static str> {
    match head {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        _ => None,
    }
}

/// The extension of a file that has no name.
pub(crate) fn extension(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => ".png",
        "image/jpeg" | "image/jpg" => ".jpg",
        "image/gif" => ".gif",
        "image/webp" => ".webp",
        "application/pdf" => ".pdf",
        "application/zip" => ".zip",
        "application/msword" => ".doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => ".docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => ".xlsx",
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => ".p7m",
        "application/pgp-encrypted" | "message/delivery-status" => ".txt",
        "text/plain" | "text/rfc822-headers" => ".txt",
        "text/html" => ".html",
        "text/calendar" => ".ics",
        "text/vcard" | "text/x-vcard" | "text/directory" => ".vcf",
        "text/csv" => ".csv",
        "message/rfc822" | "message/global" => ".eml",
        _ => ".bin",
    }
}

#[cfg(test)]
mod tests {
    use super::detected;

    #[test]
    fn the_first_bytes_tell_images_and_pdf_and_nothing_else() {
        assert_eq!(detected(b"\x89PNG\r\n\x1a\n...."), Some("image/png"));
        assert_eq!(detected(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(detected(b"GIF89a"), Some("image/gif"));
        assert_eq!(detected(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        assert_eq!(detected(b"%PDF-1.7"), Some("application/pdf"));
        for other in [&b"<svg>"[..], b"<html>", b"MZ", b"", b"PK\x03\x04", b" %PDF-1.7"] {
            assert_eq!(detected(other), None);
        }
    }
}
