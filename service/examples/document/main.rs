//! How long a letter and a receipt of 60 answers take to draw, and what they look like.
//!
//! `cargo run --release -p service --example document [FOLDER]` prints the medians in milliseconds; with a folder it leaves
//! `letter.pdf` and `receipt.pdf` there, and `-bare.pdf` of both. `--each ROUNDS` prints every drawing for a program to read:
//! the name, and milliseconds for ours and for the same words drawn bare.

mod bare;
mod sample;

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use service::document::{Paper, draw};

/// Rounds of which the median is taken.
const ROUNDS: usize = 41;
/// However many rounds are asked for, none begins later.
const LONGEST: Duration = Duration::from_secs(20);

fn main() {
    let papers = [("letter", sample::letter()), ("receipt", sample::receipt())];
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [option, rounds] if option == "--each" => {
            let rounds = rounds.parse().expect("rounds are a number");
            for (name, paper) in &papers {
                for (ours, bare) in rounds_of(paper, rounds) {
                    println!("{name} {} {}", ms(ours), ms(bare));
                }
            }
        }
        rest => {
            for (name, paper) in &papers {
                told(name, paper, rest.first().map(Path::new));
            }
        }
    }
}

/// Draws a paper so many times, ours and bare in turn. The first drawing of a program reads the fonts.
fn rounds_of(paper: &Paper, rounds: usize) -> Vec<(Duration, Duration)> {
    let began = Instant::now();
    (0..rounds)
        .take_while(|_| began.elapsed() < LONGEST)
        .map(|_| {
            let begin = Instant::now();
            draw(paper).expect("is drawn");
            let ours = begin.elapsed();
            let begin = Instant::now();
            bare::draw(paper);
            (ours, begin.elapsed())
        })
        .collect()
}

fn told(name: &str, paper: &Paper, folder: Option<&Path>) {
    let all = rounds_of(paper, ROUNDS + 1);
    let (first, all) = all.split_first().expect("one round is always drawn");
    let (mut ours, mut bare): (Vec<_>, Vec<_>) = all.iter().copied().unzip();
    ours.sort();
    bare.sort();
    let pdf = draw(paper).expect("is drawn");
    println!(
        "{name}: median {:.2} ms, slowest {:.2} ms, first {:.2} ms, {} bytes; bare: median {:.2} ms",
        ms(ours[ours.len() / 2]),
        ms(ours[ours.len() - 1]),
        ms(first.0),
        pdf.len(),
        ms(bare[bare.len() / 2]),
    );
    if let Some(folder) = folder {
        for (end, pdf) in [("", pdf), ("-bare", bare::draw(paper))] {
            fs::write(folder.join(format!("{name}{end}.pdf")), pdf).expect("can be written");
        }
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
