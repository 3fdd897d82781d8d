//! QR codes (ISO/IEC 18004): a text as a square of dark and light modules, for whoever draws it.

use qrcodegen::{QrCode, QrCodeEcc};

/// Modules of light that have to stay free around a code on every side (ISO/IEC 18004, 6.3.8).
pub const QUIET: u32 = 4;

/// A QR code without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    size: u32,
    dark: Vec<bool>,
}

/// Dark modules beside one another in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The column of the first one, from 0 at the left.
    pub x: u32,
    /// The row, from 0 at the top.
    pub y: u32,
    /// How many.
    pub length: u32,
}

/// The smallest code of a text that stays readable with 15 % of it damaged (level M); `None` for a text beyond 2,331 bytes.
pub fn matrix(text: &str) -> Option<Matrix> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size();
    let dark = (0..side)
        .flat_map(|y| (0..side).map(move |x| (x, y)))
        .map(|(x, y)| code.get_module(x, y))
        .collect();
    Some(Matrix {
        size: side.unsigned_abs(),
        dark,
    })
}

impl Matrix {
    /// Modules of a side: 21 to 177.
    pub const fn size(&self) -> u32 {
        self.size
    }

    /// Whether a module is dark; light outside of the code.
    pub fn is_dark(&self, x: u32, y: u32) -> bool {
        x < self.size
            && y < self.size
            && usize::try_from(y * self.size + x)
                .ok()
                .and_then(|place| self.dark.get(place))
                .copied()
                .unwrap_or(false)
    }

    /// The dark modules, row by row, as few rectangles of height 1: `Mx yhLv1h-Lz` of each is the path of an SVG.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let length = (x..self.size).take_while(|x| self.is_dark(*x, y)).count();
                let length = u32::try_from(length).unwrap_or(0);
                if length > 0 {
                    runs.push(Run { x, y, length });
                }
                x += length.max(1);
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(matrix: &Matrix) -> String {
        let side = usize::try_from(matrix.size()).expect("is small");
        let grid = rqrr::SimpleGrid::from_func(side, |x, y| {
            let at = |n: usize| u32::try_from(n).expect("is small");
            matrix.is_dark(at(x), at(y))
        });
        rqrr::Grid::new(grid).decode().expect("is readable").1
    }

    #[test]
    fn another_reader_reads_it() {
        for text in [
            "https://layanan.batukota.example/verifikasi/K7M2P9XQ4T",
            "00020101021226610014COM.GO-JEK.WWW0118936009143000000000021000000000005802ID",
            "Ñ – 24 November 2026",
            "x",
        ] {
            assert_eq!(read(&matrix(text).expect("fits")), text);
        }
        assert_eq!(matrix(&"x".repeat(2_332)), None);
        assert!(matrix(&"x".repeat(2_331)).is_some());
    }

    #[test]
    fn the_runs_are_the_dark_modules() {
        let code = matrix("Rembug").expect("fits");
        assert_eq!(code.size(), 21);
        let mut drawn = vec![false; 21 * 21];
        for run in code.runs() {
            for x in run.x..run.x + run.length {
                drawn[usize::try_from(run.y * 21 + x).expect("is small")] = true;
            }
        }
        assert_eq!(drawn, code.dark);
        assert!(!code.is_dark(21, 0) && !code.is_dark(0, 21) && code.is_dark(0, 0));
    }
}
