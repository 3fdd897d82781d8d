//! The binary `rembug` as a library: command line, router with its layers, accept loop, public API, jobs.

pub mod accept;
pub mod api;
pub mod assets;
pub mod cli;
pub mod clock;
mod headers;
mod health;
mod jobs;
mod metrics;
pub mod router;
mod town;
