//! `agree COUNT` writes so many cases, each followed by the server's outcome on the next line. The same every time.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use std::io::Write;

    use domain::{
        Day, FileId,
        form::{FileKind, Upload, testing},
    };
    use proptest::{
        strategy::{Strategy, ValueTree},
        test_runner::TestRunner,
    };

    let count: usize = std::env::args().nth(1).unwrap_or_default().parse()?;
    let photo = Upload {
        name: "ktp.jpg".into(),
        kind: FileKind::Jpeg,
        bytes: 200_000,
    };
    let mut chance = TestRunner::deterministic();
    let both = (testing::form(), testing::drafts());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for _ in 0..count {
        let made = both.new_tree(&mut chance).map_err(|e| e.to_string())?;
        let (definition, draft) = made.current();
        let case = agree::Case {
            definition,
            draft,
            files: [(FileId::new("f1"), photo.clone())].into(),
            today: Day::parse("2026-11-24").ok_or("a day")?,
        };
        writeln!(out, "{}", serde_json::to_string(&case)?)?;
        writeln!(out, "{}", serde_json::to_string(&case.outcome())?)?;
    }
    Ok(out.flush()?)
}

/// WASM judges and makes nothing.
#[cfg(target_arch = "wasm32")]
fn main() {}
