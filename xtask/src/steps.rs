//! A list of steps, each announced and timed, and a summary that says where it ended.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// What to do, and its name in the announcements.
pub(crate) struct Step(pub(crate) &'static str, pub(crate) fn() -> Result<()>);

/// Takes the steps in order and stops at the first that fails.
pub(crate) fn take(steps: &[Step]) -> Result<()> {
    let begin = Instant::now();
    let mut taken = Vec::new();
    for (number, Step(name, deed)) in (1..).zip(steps) {
        println!("\n== {number}/{}  {name}", steps.len());
        let step_begin = Instant::now();
        let outcome = deed();
        taken.push((*name, step_begin.elapsed()));
        if let Err(error) = outcome {
            summarise(&taken, steps, begin.elapsed(), true);
            return Err(error).with_context(|| format!("Step {number}, {name}, failed"));
        }
        println!("-- {name}: {}", seconds(step_begin.elapsed()));
    }
    summarise(&taken, steps, begin.elapsed(), false);
    Ok(())
}

fn summarise(taken: &[(&str, Duration)], steps: &[Step], total: Duration, failed: bool) {
    println!("\n== Summary");
    for (index, Step(name, _)) in steps.iter().enumerate() {
        let outcome = match taken.get(index) {
            Some(_) if failed && index + 1 == taken.len() => "FAILED",
            Some(_) => "ok",
            None => "not run",
        };
        let time = taken
            .get(index)
            .map(|(_, time)| seconds(*time))
            .unwrap_or_default();
        println!("   {}  {name:<44} {outcome:<8} {time:>8}", index + 1);
    }
    println!("   {:<58}{:>8}", "", seconds(total));
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{:.1} s", time.as_secs_f64()),
        all => format!("{} min {:02} s", all / 60, all % 60),
    }
}
