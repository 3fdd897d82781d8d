//! Service forms: what an official builds and what a resident's answers are worth.
//!
//! A [`Definition`] is data, one per version, so that a submission stays bound to the version it began with. What a resident
//! types is a [`Draft`] of texts, as HTML sends it. One pure function, [`validate`], runs on the server and in the browser:
//! it reads the draft page by page in the order of the definition, shows and hides by conditions, and gives an [`Outcome`]:
//! cleaned [`Answers`] (never one to a hidden question), what is wrong in the order of the pages, and the state of every page.
//!
//! A condition sees only what comes before it. So there are no circles, and one pass is enough.

mod answer;
pub mod compare;
mod condition;
mod decimal;
mod definition;
mod draft;
pub mod edit;
pub mod kept;
pub mod lint;
mod outcome;
mod read;
pub mod risk;
mod service;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod validate;
pub mod written;

pub use answer::{Address, Answer, Answers, Place, Point};
pub use condition::{Comparison, Condition, Expression, Level};
pub use decimal::Decimal;
pub use definition::*;
pub use draft::Draft;
pub use outcome::{Fault, Outcome, PageState, Shown, State, Task, Wrong};
pub use risk::RiskGuide;
pub use service::{Bundle, Component, Fee, Gap, LifeEvent, Opening, RETENTION, Service, Standard};
pub use validate::{Context, Upload, validate};
