//! A screenshot (PNG, RFC 2083): a window with a message, in a palette of few colours.

use crate::feature::demo::chance::Chance;

const WIDTH: usize = 480;
const HEIGHT: usize = 300;
/// Desktop, window, title bar, text, mark, button.
const PALETTE: [[u8; 3]; 6] =
    [[58, 92, 110], [250, 250, 250], [222, 226, 230], [90, 96, 104], [196, 58, 48], [52, 120, 200]];
/// The largest block that is stored without compression (RFC 1951 section 3.2.4).
const STORED_BYTES_MAX: usize = 65_535;

/// A screenshot of an error message.
pub(super) fn screenshot(chance: &mut Chance) -> Vec<u8> {
    let widths: Vec<usize> = (0..4).map(|_| 120 + chance.place(170)).collect();
    let mut rows = Vec::with_capacity((WIDTH + 1) * HEIGHT);
    for y in 0..HEIGHT {
        // Each row begins with its filter, 0 for none.
        rows.push(0);
        rows.extend((0..WIDTH).map(|x| colour(x, y, &widths)));
    }
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(u32::try_from(WIDTH).unwrap_or_default().to_be_bytes());
    header.extend(u32::try_from(HEIGHT).unwrap_or_default().to_be_bytes());
    header.extend([8, 3, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &header);
    chunk(&mut file, b"PLTE", PALETTE.as_flattened());
    chunk(&mut file, b"IDAT", &zlib(&rows));
    chunk(&mut file, b"IEND", &[]);
    file
}

/// The place of a pixel's colour in the palette.
fn colour(x: usize, y: usize, widths: &[usize]) -> u8 {
    let is_in = |left: usize, top: usize, width: usize, height: usize| {
        (left..left + width).contains(&x) && (top..top + height).contains(&y)
    };
    if !is_in(40, 40, 400, 220) {
        return 0;
    }
    let is_text =
        widths.iter().zip([90, 114, 138, 162]).any(|(width, top)| is_in(120, top, *width, 8));
    match () {
        () if is_in(40, 40, 400, 28) => 2,
        () if is_in(64, 92, 32, 32) => 4,
        () if is_in(330, 214, 88, 26) => 5,
        () if is_text => 3,
        () => 1,
    }
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let named = [kind.as_slice(), data].concat();
    file.extend(u32::try_from(data.len()).unwrap_or_default().to_be_bytes());
    file.extend(&named);
    file.extend(crc(&named).to_be_bytes());
}

/// Bytes as a zlib stream of stored blocks (RFC 1950).
fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(STORED_BYTES_MAX).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or_default();
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler(bytes).to_be_bytes());
    stream
}

/// The checksum of RFC 1950 section 8.2.
fn adler(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1, 0), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    (b << 16) | a
}

/// The checksum of a chunk (RFC 2083 section 3.4).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}
