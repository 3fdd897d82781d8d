//! The real program under faults: killed, without room on its disk, without power. What it acknowledged
//! stays. And the commands that copy and check it.

mod full;
mod kill;
mod operate;
mod power;
mod rig;
