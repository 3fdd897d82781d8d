//! How urgently a statement should be seen: what [`crate::statement::routing`] draws by.

/// 2^(−n ÷ 5) for n = 0 … 4.
const FIFTH_ROOTS: [f64; 5] = [
    1.0,
    0.870_550_563_296_124_1,
    0.757_858_283_255_199,
    0.659_753_955_386_447_1,
    0.574_349_177_498_517_5,
];
/// Weight of a statement that asks who people are: 7².
const META: f64 = 49.0;

/// How urgently a statement should be seen, greater than 0: the formula of Polis's routing of comments.
///
/// [(1 − p) (E + 1) a × (1 + 8 × 2^(−S ÷ 5))]² with S votes, p = (passes + 1) ÷ (S + 2), a = (agrees + 1) ÷ (S + 2) and E the
/// extremity, the distance at which a lone agreement puts a person from the middle. New statements go up, as do those that
/// tell groups apart; those that nobody has an opinion on go down. `votes`: agree, disagree, pass, of the people in groups.
pub fn priority(votes: [u32; 3], extremity: f64, is_meta: bool) -> f64 {
    if is_meta {
        return META;
    }
    let [agrees, disagrees, passes] = votes.map(f64::from);
    let seen = agrees + disagrees + passes + 2.0;
    let (pass, agree) = ((passes + 1.0) / seen, (agrees + 1.0) / seen);
    let root = (1.0 - pass) * (extremity + 1.0) * agree * (1.0 + 8.0 * fading(votes.iter().sum()));
    root * root
}

/// 2^(−n ÷ 5), without the platform's power function, which rounds differently from machine to machine.
fn fading(n: u32) -> f64 {
    let mut value = FIFTH_ROOTS
        .into_iter()
        .zip(0..)
        .find_map(|(root, rest)| (n % 5 == rest).then_some(root))
        .unwrap_or(1.0);
    // Below 2⁻¹⁰⁰ it adds nothing to 1.
    for _ in 0..(n / 5).min(100) {
        value /= 2.0;
    }
    value
}
