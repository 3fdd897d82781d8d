//! Load in a closed loop: so many connections, each asking again when it was answered. Bounded in time and count.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use hdrhistogram::Histogram;

use crate::{
    child::Server,
    http::{Connection, Request},
    machine::usage,
};

/// No load asks more often than this.
pub(crate) const MOST: u64 = 2_000_000;

/// How much, and what a right answer is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) connections: usize,
    pub(crate) time: Duration,
    pub(crate) status: u16,
    /// Bytes of a body that is none the less too short.
    pub(crate) least: usize,
}

/// What one round gave.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Round {
    /// Right answers.
    pub(crate) answers: u64,
    /// Right answers a second.
    pub(crate) rate: f64,
    /// Milliseconds within which half of the answers came.
    pub(crate) p50: f64,
    /// Milliseconds within which 99 of 100 answers came.
    pub(crate) p99: f64,
    /// Share of its core that the server was busy.
    pub(crate) busy: f64,
}

impl Round {
    /// What a reference printed that works without being asked: rate, p50, p99, share of its core.
    pub(crate) fn told(said: &str) -> Result<Self> {
        let mut figures = said.split_whitespace().map(str::parse::<f64>);
        let mut next = || figures.next().context("A reference said too little");
        Ok(Self {
            rate: next()??,
            p50: next()??,
            p99: next()??,
            busy: next()??,
            ..Self::default()
        })
    }

    /// Microseconds of processor time of the server for one answer.
    pub(crate) fn cost(&self) -> f64 {
        if self.rate > 0.0 {
            self.busy * 1e6 / self.rate
        } else {
            0.0
        }
    }
}

/// Asks a server with the requests that `next` gives by their number. A wrong answer ends it all.
pub(crate) async fn run(
    server: &Server,
    plan: Plan,
    next: impl Fn(u64) -> Request + 'static,
) -> Result<Round> {
    let next = Rc::new(next);
    let count = Rc::new(Cell::new(0_u64));
    let times = Rc::new(RefCell::new(self::times()?));
    let mut connections = Vec::with_capacity(plan.connections);
    for _ in 0..plan.connections {
        connections.push(Connection::open(server.address).await?);
    }
    let before = usage(server.process()).seconds;
    let begin = Instant::now();
    let clients: Vec<_> = connections
        .into_iter()
        .map(|connection| {
            let (next, count, times) = (next.clone(), count.clone(), times.clone());
            tokio::task::spawn_local(async move {
                client(connection, plan, begin, &*next, &count, &times).await
            })
        })
        .collect();
    for client in clients {
        client.await??;
    }
    let passed = begin.elapsed().as_secs_f64();
    let busy = (usage(server.process()).seconds - before) / passed;
    Ok(round(&times.borrow(), passed, busy))
}

/// What these times in microseconds say.
pub(crate) fn round(times: &Histogram<u64>, seconds: f64, busy: f64) -> Round {
    let at = |share: f64| {
        let micros = u32::try_from(times.value_at_quantile(share)).unwrap_or(u32::MAX);
        f64::from(micros) / 1_000.0
    };
    Round {
        answers: times.len(),
        rate: per_second(times.len(), seconds),
        p50: at(0.5),
        p99: at(0.99),
        busy,
    }
}

/// For times of up to a minute in microseconds, with three digits.
pub(crate) fn times() -> Result<Histogram<u64>> {
    Ok(Histogram::new_with_bounds(1, 60_000_000, 3)?)
}

async fn client(
    mut connection: Connection,
    plan: Plan,
    begin: Instant,
    next: &impl Fn(u64) -> Request,
    count: &Cell<u64>,
    times: &RefCell<Histogram<u64>>,
) -> Result<()> {
    while begin.elapsed() < plan.time && count.get() < MOST {
        let request = next(count.replace(count.get() + 1));
        let sent = Instant::now();
        let read = connection.exchange(&request).await?;
        let (status, head, whole) = read;
        if status != plan.status || whole - head < plan.least {
            let answer = connection.answer(read);
            let text: String = answer.text().chars().take(300).collect();
            bail!(
                "The load expected {}, and got {status}: {text}",
                plan.status
            );
        }
        let micros = u64::try_from(sent.elapsed().as_micros()).unwrap_or(u64::MAX);
        times.borrow_mut().saturating_record(micros);
    }
    Ok(())
}

/// How many a second.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of one run are far below 2^52"
)]
pub(crate) fn per_second(many: u64, seconds: f64) -> f64 {
    if seconds > 0.0 {
        many as f64 / seconds
    } else {
        0.0
    }
}
