//! Pictures are decoded and written anew.

use std::io::Cursor;

use domain::Problem;
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};
use tokio::sync::Semaphore;

use super::Kind;

/// Most pixels of a side, as sent.
pub(super) const LARGEST_SIDE: u32 = 8_000;
/// Most pixels in all, as sent: decoded they take up to four bytes each.
const LARGEST_AREA: u64 = 40_000_000;
/// Widest picture on top, as stored.
pub(super) const COVER_WIDTH: u32 = 1_600;
/// Quality of a JPEG, 1 to 100: above it bytes grow faster than anything that can be seen.
const QUALITY: u8 = 82;

/// One at a time: a decoded picture takes much memory.
static DECODING: Semaphore = Semaphore::const_new(1);

/// A picture as stored.
#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) kind: Kind,
    pub(crate) bytes: Vec<u8>,
}

/// Decodes a picture within limits, turns it upright, makes it no wider than `width`, and writes it anew without anything else.
///
/// Errors: [`Problem::TooLarge`] for too many pixels, told from the header before anything is decoded;
/// [`Problem::Malformed`] for a picture that is broken.
pub(crate) async fn rewrite(bytes: Vec<u8>, kind: Kind, width: u32) -> Result<Picture, Problem> {
    let _turn = DECODING.acquire().await.map_err(|_| Problem::Malformed)?;
    tokio::task::spawn_blocking(move || rewrite_now(&bytes, kind, width))
        .await
        // A decoder that panics on a broken file is the file's fault.
        .unwrap_or(Err(Problem::Malformed))
}

fn rewrite_now(bytes: &[u8], kind: Kind, width: u32) -> Result<Picture, Problem> {
    let format = match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::WebP => ImageFormat::WebP,
        Kind::Pdf | Kind::Csv | Kind::Odt | Kind::Docx | Kind::Xlsx => return Err(Problem::Kind),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(256 * 1024 * 1024);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Problem::Malformed)?;
    let (w, h) = decoder.dimensions();
    if w > LARGEST_SIDE || h > LARGEST_SIDE || u64::from(w) * u64::from(h) > LARGEST_AREA {
        return Err(Problem::TooLarge {
            max_kb: u32::try_from(super::COVER_BYTES / 1024).unwrap_or(u32::MAX),
        });
    }
    let orientation = decoder.orientation().map_err(|_| Problem::Malformed)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Problem::Malformed)?;
    picture.apply_orientation(orientation);
    if picture.width() > width {
        picture = picture.resize(width, u32::MAX, FilterType::CatmullRom);
    }
    write(&picture, kind)
}

/// Photographs become JPEG; what has transparent parts, or was a PNG to be read, stays without loss.
fn write(picture: &DynamicImage, kind: Kind) -> Result<Picture, Problem> {
    let mut bytes = Cursor::new(Vec::new());
    let kind = if kind == Kind::Png || picture.color().has_alpha() {
        let eight_bit = if picture.color().has_alpha() {
            DynamicImage::from(picture.to_rgba8())
        } else {
            DynamicImage::from(picture.to_rgb8())
        };
        eight_bit
            .write_to(&mut bytes, ImageFormat::Png)
            .map_err(|_| Problem::Malformed)?;
        Kind::Png
    } else {
        JpegEncoder::new_with_quality(&mut bytes, QUALITY)
            .encode_image(&picture.to_rgb8())
            .map_err(|_| Problem::Malformed)?;
        Kind::Jpeg
    };
    Ok(Picture {
        kind,
        bytes: bytes.into_inner(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height)
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("writes");
        bytes.into_inner()
    }

    fn size(bytes: &[u8]) -> (u32, u32) {
        ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .expect("reads")
            .into_dimensions()
            .expect("is a picture")
    }

    /// A JPEG with an EXIF block that says "turn right" and names a place.
    fn photo() -> Vec<u8> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, 90)
            .encode_image(&DynamicImage::new_rgb8(40, 20))
            .expect("writes");
        let tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0RAHASIA-7.87,112.52";
        let length = u16::try_from(tiff.len() + 2).expect("short").to_be_bytes();
        let mut out = bytes[..2].to_vec();
        out.extend([0xff, 0xe1]);
        out.extend(length);
        out.extend(tiff);
        out.extend(&bytes[2..]);
        out
    }

    #[tokio::test]
    async fn a_photo_is_upright_and_says_nothing_of_its_place() {
        let photo = photo();
        let picture = rewrite(photo, Kind::Jpeg, COVER_WIDTH)
            .await
            .expect("is a picture");
        assert_eq!(size(&picture.bytes), (20, 40), "turned");
        assert!(!picture.bytes.windows(7).any(|w| w == b"RAHASIA"));
        assert!(!picture.bytes.windows(4).any(|w| w == b"Exif"));
    }

    #[tokio::test]
    async fn wide_pictures_shrink_and_huge_ones_are_refused_unread() {
        let picture = rewrite(png(2_000, 500), Kind::Png, COVER_WIDTH)
            .await
            .expect("is a picture");
        assert_eq!(size(&picture.bytes), (1_600, 400));
        let wide = rewrite(png(8_001, 1), Kind::Png, COVER_WIDTH).await;
        assert!(matches!(wide, Err(Problem::TooLarge { .. })));
        // A header that promises 60,000 × 60,000 pixels in a few bytes.
        let mut bomb = png(10, 10);
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        assert!(rewrite(bomb, Kind::Png, COVER_WIDTH).await.is_err());
    }

    #[tokio::test]
    async fn broken_pictures_and_what_hides_behind_them() {
        let mut cut = png(300, 300);
        cut.truncate(60);
        assert_eq!(
            rewrite(cut, Kind::Png, COVER_WIDTH).await.err(),
            Some(Problem::Malformed)
        );
        let mut polyglot = png(30, 30);
        polyglot.extend(b"<script>alert(1)</script>");
        let picture = rewrite(polyglot, Kind::Png, COVER_WIDTH)
            .await
            .expect("is a picture");
        assert!(!picture.bytes.windows(7).any(|w| w == b"<script"));
    }
}
