//! The master key and the keys derived from it (decision 16).
//!
//! One 32-byte key lies in a file beside the database, never in it. Every use has its own key by
//! HKDF-SHA-256 (RFC 5869), so a leak in one place opens no other.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// The keys of this installation, first signs, all verify. `Debug` shows nothing.
pub struct Keys {
    masters: Vec<[u8; KEY_BYTES]>,
}

/// What a key is used for.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// Message-IDs, anchors and reply addresses of ours.
    MailIds,
    /// Passwords of mailboxes.
    Secrets,
    /// The value in the database by which another key is noticed.
    Check,
    /// Undo links.
    Undo,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::MailIds => b"laufzettel mail ids 1",
            Self::Secrets => b"laufzettel secrets 1",
            Self::Check => b"laufzettel check 1",
            Self::Undo => b"laufzettel undo 1",
        }
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Keys(***)")
    }
}

impl Keys {
    /// Keys from these 32-byte masters; the first one signs.
    pub fn new(masters: Vec<[u8; KEY_BYTES]>) -> Self {
        Self { masters }
    }

    /// Reads the key file, or makes it (mode 0600) when there is none.
    ///
    /// The file holds one key a line, as 64 hexadecimal digits.
    pub fn load_or_make(path: &Path, random: [u8; KEY_BYTES]) -> io::Result<Self> {
        match fs::read(path) {
            Ok(bytes) => Self::read(&String::from_utf8_lossy(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                write_new(path, &random)?;
                Ok(Self::new(vec![random]))
            }
            Err(error) => Err(error),
        }
    }

    fn read(text: &str) -> io::Result<Self> {
        let masters: Option<Vec<_>> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(from_hex).collect();
        match masters {
            Some(masters) if !masters.is_empty() => Ok(Self::new(masters)),
            _ => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it must hold 64 hexadecimal digits a line, one line for each key",
            )),
        }
    }

    /// Signs with the first key.
    pub fn sign(&self, purpose: Purpose, text: &[u8]) -> [u8; 32] {
        self.masters.first().map_or([0; 32], |master| mac(&derive(master, purpose), text))
    }

    /// Whether one of the keys made this signature, or the signature that begins so. The time it
    /// takes does not depend on the content. Fewer than 10 bytes never fit.
    pub fn verifies(&self, purpose: Purpose, text: &[u8], signature: &[u8]) -> bool {
        signature.len() >= 10
            && self.masters.iter().any(|master| {
                let own = mac(&derive(master, purpose), text);
                let own = own.get(..signature.len()).unwrap_or_default();
                bool::from(subtle::ConstantTimeEq::ct_eq(own, signature))
            })
    }

    /// Encrypts a secret for the database (XChaCha20-Poly1305). `nonce` is random.
    pub fn seal(&self, secret: &str, nonce: [u8; NONCE_BYTES]) -> Option<Vec<u8>> {
        let key = derive(self.masters.first()?, Purpose::Secrets);
        let sealed = XChaCha20Poly1305::new(&key.into())
            .encrypt(&XNonce::from(nonce), secret.as_bytes())
            .ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts a secret from the database, or `None` if it was sealed with another key.
    pub fn open(&self, sealed: &[u8]) -> Option<String> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        self.masters.iter().find_map(|master| {
            let key = derive(master, Purpose::Secrets);
            let opened =
                XChaCha20Poly1305::new(&key.into()).decrypt(&XNonce::from(*nonce), text).ok()?;
            String::from_utf8(opened).ok()
        })
    }

    /// The value that the database keeps, to notice that a process has another key.
    pub fn check_value(&self) -> String {
        values::hex(&self.sign(Purpose::Check, b"check"))
    }

    /// Whether the database was made with one of these keys.
    pub fn fits(&self, check_value: &str) -> bool {
        self.masters.iter().any(|master| {
            values::hex(&mac(&derive(master, Purpose::Check), b"check")) == check_value
        })
    }
}

/// SHA-256, for tokens that are stored hashed and for bytes that are found by content.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn derive(master: &[u8; KEY_BYTES], purpose: Purpose) -> [u8; KEY_BYTES] {
    let mut key = [0; KEY_BYTES];
    // 32 bytes are far below the bound of 255 hashes, the only error there is.
    Hkdf::<Sha256>::new(None, master).expand(purpose.label(), &mut key).ok();
    key
}

fn mac(key: &[u8; KEY_BYTES], text: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length, so this is always there.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key) else { return [0; 32] };
    mac.update(text);
    mac.finalize().into_bytes().into()
}

fn from_hex(line: &str) -> Option<[u8; KEY_BYTES]> {
    let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(line.as_bytes()).ok()?;
    bytes.try_into().ok()
}

fn write_new(path: &Path, key: &[u8; KEY_BYTES]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{}", values::hex(key))?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_fits_only_its_text_its_purpose_and_its_key() {
        let keys = Keys::new(vec![[1; 32]]);
        let signature = keys.sign(Purpose::MailIds, b"ticket");
        assert!(keys.verifies(Purpose::MailIds, b"ticket", &signature[..10]));
        assert!(!keys.verifies(Purpose::MailIds, b"ticket", &signature[..9]));
        assert!(!keys.verifies(Purpose::MailIds, b"tickets", &signature));
        assert!(!keys.verifies(Purpose::Undo, b"ticket", &signature));
        assert!(!Keys::new(vec![[2; 32]]).verifies(Purpose::MailIds, b"ticket", &signature));
        assert!(Keys::new(vec![[2; 32], [1; 32]]).verifies(
            Purpose::MailIds,
            b"ticket",
            &signature
        ));
    }

    #[test]
    fn a_sealed_secret_opens_with_its_key_only() {
        let keys = Keys::new(vec![[1; 32]]);
        let sealed = keys.seal("geheim", [9; 24]).unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"geheim"));
        assert_eq!(keys.open(&sealed).as_deref(), Some("geheim"));
        assert_eq!(Keys::new(vec![[2; 32]]).open(&sealed), None);
        assert_eq!(keys.open(b"short"), None);
    }

    #[test]
    fn the_key_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let made = Keys::load_or_make(&path, [7; 32]).unwrap();
        let read = Keys::load_or_make(&path, [8; 32]).unwrap();
        assert!(read.fits(&made.check_value()));
        fs::write(&path, "not a key").unwrap();
        assert!(Keys::load_or_make(&path, [8; 32]).is_err());
    }
}
