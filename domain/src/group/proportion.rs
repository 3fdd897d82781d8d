//! Tests of proportions, as z-scores. Each adds one success and one trial, so that small counts say little.

/// One-sided 90 %: a z-score above it is significant.
pub(super) const SIGNIFICANT: f64 = 1.2816;

/// Whether more than half of `trials` are successes: (p − ½) ÷ √(¼ ÷ n) with p = (successes + 1) ÷ (trials + 1).
pub(super) fn one(successes: u32, trials: u32) -> f64 {
    let n = f64::from(trials) + 1.0;
    2.0 * n.sqrt() * ((f64::from(successes) + 1.0) / n - 0.5)
}

/// Whether the first share is greater than the second, with the pooled share as the variance; 0 when all are successes.
pub(super) fn two(first: (u32, u32), second: (u32, u32)) -> f64 {
    let [(s1, n1), (s2, n2)] = [first, second]
        .map(|(successes, trials)| (f64::from(successes) + 1.0, f64::from(trials) + 1.0));
    let pooled = (s1 + s2) / (n1 + n2);
    let variance = pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2);
    if variance > 0.0 {
        (s1 / n1 - s2 / n2) / variance.sqrt()
    } else {
        0.0
    }
}
