mod drawn;
mod follow;
mod town;

use super::*;
