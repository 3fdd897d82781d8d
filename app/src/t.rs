//! The texts of the interface, one function each, made at build time from `locales/`.

use std::fmt::Display;

use domain::Locale;

include!(concat!(env!("OUT_DIR"), "/t.rs"));
