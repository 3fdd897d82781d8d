//! Every address of the program, for every kind of actor, with every kind of bad input: an answer below 500 with words
//! in it, and nothing half stored. And the permissions as a text that can be read: `permissions.txt` beside this file.

mod address;
mod input;
mod judge;
mod permission;
mod town;
