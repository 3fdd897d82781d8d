//! Tables on the standard output, and whether budgets were kept.

use crate::load::Round;

/// What a figure has to keep.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Budget {
    /// At most so much.
    Most(f64),
    /// At least so much.
    Least(f64),
    /// It is only told.
    None,
}

impl Budget {
    /// The budget and whether the figure keeps it.
    fn verdict(self, figure: f64) -> (String, bool) {
        match self {
            Self::Most(most) => (format!("≤ {}", short(most)), figure <= most),
            Self::Least(least) => (format!("≥ {}", short(least)), figure >= least),
            Self::None => ("–".to_owned(), true),
        }
    }
}

/// The tables of a run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    kept: usize,
    missed: Vec<String>,
    subject: String,
}

impl Report {
    /// Begins a table; `how` says what is compared with what.
    pub(crate) fn subject(&mut self, title: &str, how: &str) {
        title.clone_into(&mut self.subject);
        println!("\n## {title}\n{how}\n");
    }

    /// A figure against its budget.
    pub(crate) fn figure(&mut self, name: &str, figure: f64, unit: &str, budget: Budget) {
        self.line(name, figure, &format!("{} {unit}", short(figure)), budget);
    }

    /// The ratio of two sides, round by round, against its budget.
    pub(crate) fn ratio(&mut self, name: &str, ours: &[Round], theirs: &[Round], budget: Budget) {
        let pairs = ours.iter().zip(theirs).map(|(a, b)| a.rate / b.rate);
        self.spread(name, &Spread::of(pairs), "", budget);
    }

    /// The ratio of the processor time of one answer, which other work on the machine disturbs less than the clock's.
    pub(crate) fn cost(&mut self, name: &str, ours: &[Round], theirs: &[Round]) {
        let pairs = ours.iter().zip(theirs).map(|(a, b)| b.cost() / a.cost());
        self.spread(name, &Spread::of(pairs), "", Budget::None);
    }

    /// A figure of several rounds against its budget.
    pub(crate) fn spread(&mut self, name: &str, spread: &Spread, unit: &str, budget: Budget) {
        let text = format!(
            "{} {unit} ({}–{})",
            short(spread.median),
            short(spread.least),
            short(spread.most)
        );
        self.line(name, spread.median, &text, budget);
    }

    /// A yes-or-no figure that has to be yes.
    pub(crate) fn holds(&mut self, name: &str, holds: bool) {
        let (figure, text) = if holds { (1.0, "yes") } else { (0.0, "no") };
        self.line(name, figure, text, Budget::Least(1.0));
    }

    fn line(&mut self, name: &str, figure: f64, text: &str, budget: Budget) {
        let (wanted, kept) = budget.verdict(figure);
        let word = match (budget, kept) {
            (Budget::None, _) => "",
            (_, true) => "ok",
            (_, false) => "MISSED",
        };
        println!("   {name:<44} {text:>30} {wanted:>9}  {word}");
        match word {
            "ok" => self.kept += 1,
            "MISSED" => self.missed.push(format!("{}: {name}", self.subject)),
            _ => {}
        }
    }

    /// How many budgets were kept, and which were not. A miss is no failure of the program: machines differ.
    pub(crate) fn end(&self) {
        println!(
            "\n{} budgets kept, {} missed.",
            self.kept,
            self.missed.len()
        );
        for missed in &self.missed {
            println!("   missed: {missed}");
        }
    }
}

/// The heads of the lines that [`series`] writes.
pub(crate) fn series_heads() {
    println!(
        "   {:<34} {:>9} {:>14} {:>8} {:>8} {:>6} {:>11}",
        "", "a second", "spread", "p50 ms", "p99 ms", "core", "µs of core"
    );
}

/// One side of a comparison: the medians of its rounds.
pub(crate) fn series(name: &str, rounds: &[Round]) {
    let of = |get: fn(&Round) -> f64| median(rounds.iter().map(get));
    let rate = Spread::of(rounds.iter().map(|r| r.rate));
    println!(
        "   {name:<34} {:>9} {:>14} {:>8.2} {:>8.2} {:>5.0}% {:>11}",
        short(rate.median),
        format!("{}–{}", short(rate.least), short(rate.most)),
        of(|r| r.p50),
        of(|r| r.p99),
        of(|r| r.busy) * 100.0,
        short(of(Round::cost))
    );
}

/// Median, least and most of several rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Spread {
    pub(crate) fn of(figures: impl Iterator<Item = f64>) -> Self {
        let mut all: Vec<f64> = figures.collect();
        all.sort_by(f64::total_cmp);
        Self {
            median: all.get(all.len() / 2).copied().unwrap_or_default(),
            least: all.first().copied().unwrap_or_default(),
            most: all.last().copied().unwrap_or_default(),
        }
    }
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    Spread::of(figures).median
}

/// A number as short as it stays honest.
fn short(figure: f64) -> String {
    if figure >= 10_000.0 {
        format!("{:.1}k", figure / 1_000.0)
    } else if figure >= 100.0 {
        format!("{figure:.0}")
    } else if figure >= 10.0 || figure.fract().abs() < 1e-9 {
        format!("{}", (figure * 10.0).round() / 10.0)
    } else {
        format!("{figure:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written = [12_345.0, 812.4, 14.64, 5.0, 0.829].map(short);
        assert_eq!(written, ["12.3k", "812", "14.6", "5", "0.83"]);
    }

    #[test]
    fn budgets_are_kept_or_missed() {
        assert!(Budget::Most(16.0).verdict(16.0).1);
        assert!(!Budget::Least(0.8).verdict(0.79).1);
        assert_eq!(Budget::Least(0.8).verdict(0.9).0, "≥ 0.80");
    }

    #[test]
    fn the_middle_round_counts() {
        let spread = Spread::of([3.0, 1.0, 9.0].into_iter());
        assert_eq!(
            spread,
            Spread {
                median: 3.0,
                least: 1.0,
                most: 9.0
            }
        );
    }
}
