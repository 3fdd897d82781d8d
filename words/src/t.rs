//! The texts of the interface, one function each, made at build time from `locales/`.

#[expect(
    clippy::match_same_arms,
    clippy::if_same_then_else,
    clippy::useless_format,
    reason = "some texts are the same in two languages or two numbers, and the generator does not look"
)]
mod made {
    use std::fmt::Display;

    use domain::Locale;

    include!(concat!(env!("OUT_DIR"), "/t.rs"));
}

pub use made::*;
