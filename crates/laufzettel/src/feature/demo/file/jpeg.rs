//! A photograph (JPEG, ITU-T T.81, baseline): a wooden board with a broken edge.
//!
//! All three colours in full resolution, one table of quantities, and codes of eight bits for every
//! symbol instead of the usual tables: larger than need be, but a few lines.

use std::f32::consts::{FRAC_1_SQRT_2, PI};

use crate::feature::demo::chance::Chance;

const BLOCK: usize = 8;
const WIDTH: usize = 400;
const HEIGHT: usize = 264;
/// By this much finer steps are dropped.
const STEP: f32 = 14.0;
/// Bits of the largest coefficient (T.81 table F.2).
const BITS_MAX: u32 = 10;

/// Coefficients from the coarsest to the finest (T.81 figure A.6).
const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// A photograph of a board.
pub(super) fn photograph(chance: &mut Chance) -> Vec<u8> {
    let board = Board::new(chance);
    let mut file = header();
    let mut bits = Bits::default();
    let waves = waves();
    let mut before = [0; 3];
    for top in (0..HEIGHT).step_by(BLOCK) {
        for left in (0..WIDTH).step_by(BLOCK) {
            let colours = board.block(left, top);
            for (samples, before) in colours.iter().zip(&mut before) {
                bits.block(&coefficients(samples, &waves), before);
            }
        }
    }
    file.extend(bits.finish());
    file.extend([0xff, 0xd9]);
    file
}

/// What the photograph shows: wood with a grain, and a light spot where the edge is broken.
struct Board {
    tone: f32,
    grain: f32,
    break_at: (f32, f32),
    break_size: f32,
}

impl Board {
    fn new(chance: &mut Chance) -> Self {
        let mut share =
            || f32::from(u8::try_from(chance.between(0, 100)).unwrap_or_default()) / 100.0;
        Self {
            tone: share(),
            grain: 3.0 + share() * 5.0,
            break_at: (0.2 + share() * 0.6, 0.68 + share() * 0.06),
            break_size: 0.05 + share() * 0.06,
        }
    }

    /// The colours of eight by eight pixels: brightness and two differences (JFIF).
    fn block(&self, left: usize, top: usize) -> [[f32; 64]; 3] {
        let mut colours = [[0.0; 64]; 3];
        let [light, blue, red] = &mut colours;
        let places = light.iter_mut().zip(blue).zip(red).enumerate();
        for (place, ((light, blue), red)) in places {
            let (x, y) = (left + place % BLOCK, top + place / BLOCK);
            let [r, g, b] = self.colour(share(x, WIDTH), share(y, HEIGHT));
            *light = 0.299 * r + 0.587 * g + 0.114 * b - 128.0;
            *blue = -0.1687 * r - 0.3313 * g + 0.5 * b;
            *red = 0.5 * r - 0.4187 * g - 0.0813 * b;
        }
        colours
    }

    fn colour(&self, x: f32, y: f32) -> [f32; 3] {
        let ripple = (y * 9.0 + (x * 3.1).sin() * 0.4).sin() * 2.0 + (x * 2.3 + y).cos();
        let grain = ((x * 2.0 + y * 46.0 + ripple) * self.grain).sin() * 9.0;
        let (dx, dy) = (x - self.break_at.0, (y - self.break_at.1) * 0.7);
        let ragged = 1.0 + 0.3 * ((dy.atan2(dx)) * 7.0).sin();
        let is_broken = dx.hypot(dy) < self.break_size * ragged;
        let shade = 18.0 * (x - 0.5);
        let tint = 24.0 * self.tone;
        match () {
            () if y > 0.74 => [96.0 + shade, 100.0 + shade, 106.0 + shade],
            () if is_broken => [226.0 + grain, 208.0 + grain, 172.0 + grain],
            () if y > 0.70 => [120.0 + tint, 84.0 + tint, 52.0],
            () => [190.0 + grain - tint + shade, 148.0 + grain - tint + shade, 98.0 + grain - tint],
        }
    }
}

fn share(place: usize, length: usize) -> f32 {
    let small = |number: usize| f32::from(u16::try_from(number).unwrap_or_default());
    small(place) / small(length)
}

/// The cosines of the transform, by frequency and place (T.81 section A.3.3).
fn waves() -> [[f32; 8]; 8] {
    let mut waves = [[0.0; 8]; 8];
    for (frequency, wave) in waves.iter_mut().enumerate() {
        let height = if frequency == 0 { FRAC_1_SQRT_2 } else { 1.0 };
        for (place, value) in wave.iter_mut().enumerate() {
            let (place, frequency) = (share(place * 2 + 1, 16), share(frequency, 1));
            *value = height / 2.0 * (place * frequency * PI).cos();
        }
    }
    waves
}

/// The coefficients of a block in zigzag order, in steps.
fn coefficients(samples: &[f32; 64], waves: &[[f32; 8]; 8]) -> [i32; 64] {
    let mut rows = [0.0; 64];
    for (y, row) in samples.chunks(BLOCK).enumerate() {
        for (frequency, wave) in waves.iter().enumerate() {
            let sum: f32 = row.iter().zip(wave).map(|(sample, value)| sample * value).sum();
            if let Some(place) = rows.get_mut(frequency * BLOCK + y) {
                *place = sum;
            }
        }
    }
    let mut natural = [0; 64];
    for (column, values) in rows.chunks(BLOCK).enumerate() {
        for (frequency, wave) in waves.iter().enumerate() {
            let sum: f32 = values.iter().zip(wave).map(|(value, wave)| value * wave).sum();
            if let Some(place) = natural.get_mut(frequency * BLOCK + column) {
                // The result lies within a few thousand.
                *place = (sum / STEP).round() as i32;
            }
        }
    }
    ZIGZAG.map(|place| natural.get(place).copied().unwrap_or_default())
}

fn header() -> Vec<u8> {
    let size = |length: usize| u16::try_from(length).unwrap_or_default().to_be_bytes();
    let mut file = vec![0xff, 0xd8];
    let mut segment = |mark: u8, data: &[u8]| {
        file.extend([0xff, mark]);
        file.extend(size(data.len() + 2));
        file.extend(data);
    };
    segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    // One quantity for all coefficients; the constant STEP is a small whole number.
    let quantities: Vec<u8> = [0].into_iter().chain([STEP as u8; 64]).collect();
    segment(0xdb, &quantities);
    let [height, width] = [HEIGHT, WIDTH].map(size);
    let frame = [[8].as_slice(), &height, &width, &[3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]];
    segment(0xc0, &frame.concat());
    for class in [0x00, 0x10] {
        let symbols: Vec<u8> = symbols(class).collect();
        let mut lengths = [0; 16];
        if let Some(eight) = lengths.get_mut(7) {
            *eight = u8::try_from(symbols.len()).unwrap_or_default();
        }
        segment(0xc4, &[[class].as_slice(), &lengths, &symbols].concat());
    }
    segment(0xda, &[3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
    file
}

/// The symbols of a table, each with its place as its code of eight bits: sizes for the first
/// coefficient, runs of zeros with sizes for the others.
fn symbols(class: u8) -> impl Iterator<Item = u8> {
    let runs: u8 = if class == 0 { 1 } else { 16 };
    let sizes = move |run: u8| (0..=BITS_MAX as u8).map(move |size| run << 4 | size);
    (0..runs).flat_map(sizes).filter(|symbol| *symbol & 15 != 0 || matches!(symbol, 0x00 | 0xf0))
}

/// Writes codes as bits.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for place in (0..count).rev() {
            self.held = self.held << 1 | (value >> place & 1);
            self.count += 1;
            if self.count == 8 {
                let byte = u8::try_from(self.held & 0xff).unwrap_or_default();
                self.bytes.push(byte);
                if byte == 0xff {
                    // So that it is no mark (T.81 section B.1.1.5).
                    self.bytes.push(0);
                }
                (self.held, self.count) = (0, 0);
            }
        }
    }

    fn symbol(&mut self, class: u8, symbol: u8) {
        let code = symbols(class).position(|known| known == symbol).unwrap_or_default();
        self.put(u32::try_from(code).unwrap_or_default(), 8);
    }

    /// A coefficient: its size was told, negative ones one lower (T.81 section F.1.2.1).
    fn value(&mut self, value: i32, size: u32) {
        let value = if value < 0 { value - 1 } else { value };
        self.put(value.cast_unsigned() & ((1 << size) - 1), size);
    }

    fn block(&mut self, coefficients: &[i32; 64], before: &mut i32) {
        let [first, rest @ ..] = coefficients;
        let change = first - *before;
        *before = *first;
        self.symbol(0x00, size_of(change));
        self.value(change, u32::from(size_of(change)));
        let mut zeros = 0;
        let last = rest.iter().rposition(|value| *value != 0).map_or(0, |place| place + 1);
        for value in rest.iter().take(last) {
            if *value == 0 {
                zeros += 1;
                continue;
            }
            while zeros > 15 {
                self.symbol(0x10, 0xf0);
                zeros -= 16;
            }
            let size = size_of(*value);
            self.symbol(0x10, zeros << 4 | size);
            self.value(*value, u32::from(size));
            zeros = 0;
        }
        if last < rest.len() {
            self.symbol(0x10, 0x00);
        }
    }

    /// The bytes, the last one filled up with ones.
    fn finish(mut self) -> Vec<u8> {
        self.put(0x7f, (8 - self.count) % 8);
        self.bytes
    }
}

/// How many bits a value needs.
fn size_of(value: i32) -> u8 {
    let bits = u32::BITS - value.unsigned_abs().leading_zeros();
    u8::try_from(bits.min(BITS_MAX)).unwrap_or_default()
}
