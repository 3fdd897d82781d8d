//! The real program under faults: killed, without room on its disk, without power. What it acknowledged stays.

mod full;
mod kill;
mod power;
mod rig;
