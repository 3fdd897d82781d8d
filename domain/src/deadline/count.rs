//! Counting of a legal clock.

use super::{Deadline, Error, Standing, Step, Unit};
use crate::{Day, Timestamp, Zone, calendar, calendar::Calendar};

const HOUR: i64 = 3_600_000;

impl Deadline {
    /// The first moment that is too late; `None` while the city waits for the resident.
    ///
    /// Errors: [`Error::Calendar`] when a year is touched that has no table.
    pub fn until(&self, calendar: &Calendar, zone: &Zone) -> Result<Option<Timestamp>, Error> {
        if self.waits_since().is_some() {
            return Ok(None);
        }
        let until = match self.limit.unit {
            Unit::Hours => self.last_hour(),
            Unit::Days | Unit::WorkingDays => next(self.last_day(calendar, zone)?)?.midnight(zone),
        };
        Ok(Some(until))
    }

    /// Where the clock stands at `now`.
    ///
    /// Errors: [`Error::Calendar`].
    pub fn standing(
        &self,
        now: Timestamp,
        calendar: &Calendar,
        zone: &Zone,
    ) -> Result<Standing, Error> {
        if let Some(since) = self.waits_since() {
            let used = self.used(since, calendar, zone)?;
            let left = self.length() - used;
            return Ok(Standing::Waiting { since, left });
        }
        if self.limit.unit == Unit::Hours {
            let until = self.last_hour();
            let due = zone.day(Timestamp(until.0.saturating_sub(1)));
            let left = until.0.saturating_sub(now.0);
            return Ok(if left > 0 {
                let left = whole(left / HOUR);
                Standing::Running { due, until, left }
            } else {
                let by = whole(left.saturating_neg() / HOUR).saturating_add(1);
                Standing::Late { due, by }
            });
        }
        let due = self.last_day(calendar, zone)?;
        let until = next(due)?.midnight(zone);
        let today = zone.day(now);
        Ok(if now < until {
            let left = self.days(calendar, today, due)?;
            Standing::Running { due, until, left }
        } else {
            // On a Sunday after a Friday no working day is lost yet, but it is late.
            let by = self.days(calendar, due, today)?.max(1);
            Standing::Late { due, by }
        })
    }

    /// The steps of escalation that have come by `now` with their moments, earliest first; none while the city waits.
    ///
    /// Errors: [`Error::Calendar`].
    pub fn escalated(
        &self,
        now: Timestamp,
        calendar: &Calendar,
        zone: &Zone,
    ) -> Result<Vec<(Timestamp, &Step)>, Error> {
        let Some(until) = self.until(calendar, zone)? else {
            return Ok(Vec::new());
        };
        let mut reached = Vec::new();
        for step in &self.limit.steps {
            // A step that would come later than now is not looked up: its year may have no table yet.
            let due = zone.day(Timestamp(until.0 - 1));
            if self.limit.unit != Unit::Hours
                && step.after > 0
                && due.days_until(zone.day(now)) < i64::from(step.after)
            {
                continue;
            }
            let at = self.step_at(step, until, calendar, zone)?;
            if at <= now {
                reached.push((at, step));
            }
        }
        reached.sort_by_key(|(at, _)| *at);
        Ok(reached)
    }

    /// When the step comes that follows the first `told` of them; `None` while the city waits, or after the last one.
    ///
    /// Errors: [`Error::Calendar`].
    pub fn next_step(
        &self,
        told: usize,
        calendar: &Calendar,
        zone: &Zone,
    ) -> Result<Option<Timestamp>, Error> {
        let (Some(until), Some(step)) = (self.until(calendar, zone)?, self.limit.steps.get(told))
        else {
            return Ok(None);
        };
        self.step_at(step, until, calendar, zone).map(Some)
    }

    fn step_at(
        &self,
        step: &Step,
        until: Timestamp,
        calendar: &Calendar,
        zone: &Zone,
    ) -> Result<Timestamp, Error> {
        Ok(match self.limit.unit {
            Unit::Hours => until.plus_seconds(i64::from(step.after) * 3_600),
            unit => {
                let due = zone.day(Timestamp(until.0 - 1));
                move_by(unit, calendar, due, i32::from(step.after))?.midnight(zone)
            }
        })
    }

    /// The last day of a limit in days, all pauses closed.
    fn last_day(&self, calendar: &Calendar, zone: &Zone) -> Result<Day, Error> {
        let (mut day, mut left) = (zone.day(self.start), self.length());
        while left > 0 {
            day = next(day)?;
            if !self.stands_on(day, zone) && self.counts(calendar, day)? {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// The last moment of a limit in hours, all pauses closed.
    fn last_hour(&self) -> Timestamp {
        let waited: i64 = self
            .pauses
            .iter()
            .filter_map(|pause| Some(pause.to?.0.saturating_sub(pause.from.0)))
            .fold(0, i64::saturating_add);
        let length = i64::from(self.length()) * HOUR;
        Timestamp(self.start.0.saturating_add(length).saturating_add(waited))
    }

    /// Units used up when the clock stopped at `at`.
    fn used(&self, at: Timestamp, calendar: &Calendar, zone: &Zone) -> Result<i32, Error> {
        if self.limit.unit == Unit::Hours {
            let end = self.last_hour().0.saturating_sub(at.0);
            // Rounded in favour of the resident: a begun hour is used.
            return Ok(self.length() - whole(end.div_euclid(HOUR)));
        }
        let (mut day, last, mut used) = (zone.day(self.start), zone.day(at), 0);
        while day < last {
            day = next(day)?;
            if !self.stands_on(day, zone) && self.counts(calendar, day)? {
                used += 1;
            }
        }
        Ok(used)
    }

    /// Whether the clock stood when the day began. A pause covers the days after its first one up to and with its last one.
    fn stands_on(&self, day: Day, zone: &Zone) -> bool {
        self.pauses.iter().any(|pause| {
            let ended = pause.to.map(|to| zone.day(to));
            zone.day(pause.from) < day && ended.is_some_and(|end| day <= end)
        })
    }

    fn counts(&self, calendar: &Calendar, day: Day) -> Result<bool, Error> {
        match self.limit.unit {
            Unit::WorkingDays => Ok(calendar.is_working(day)?),
            Unit::Days | Unit::Hours => Ok(true),
        }
    }

    /// Days of the limit's unit after `from` up to and with `to`.
    fn days(&self, calendar: &Calendar, from: Day, to: Day) -> Result<i32, Error> {
        match self.limit.unit {
            Unit::WorkingDays => Ok(calendar.between(from, to)?),
            Unit::Days | Unit::Hours => Ok(whole(from.days_until(to))),
        }
    }
}

fn move_by(unit: Unit, calendar: &Calendar, day: Day, count: i32) -> Result<Day, Error> {
    match unit {
        Unit::WorkingDays => Ok(calendar.add(day, count)?),
        Unit::Days | Unit::Hours => {
            Ok(day.plus(i64::from(count)).ok_or(calendar::Error::Beyond)?)
        }
    }
}

fn next(day: Day) -> Result<Day, Error> {
    Ok(day.plus(1).ok_or(calendar::Error::Beyond)?)
}

fn whole(n: i64) -> i32 {
    i32::try_from(n).unwrap_or(if n < 0 { i32::MIN + 1 } else { i32::MAX })
}
