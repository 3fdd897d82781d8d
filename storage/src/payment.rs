//! Bills, the tries to have them paid, what providers reported, and the land tax that bills are issued for.

mod attempt;
mod bill;
mod day;
mod notice;
mod tax;
#[cfg(test)]
mod tests;

pub use attempt::{
    Attempt, NewAttempt, asked, claim, ended, give_up, insert_attempt, open, order_of, put_off,
    to_ask, waiting,
};
pub use bill::{
    Bill, New, Saved, add_attempt, by_code, by_id, held, insert, of_case, of_tax, save, withdraw,
    withdraw_of_case, withdraw_of_tax,
};
pub use day::{DayBill, DayNotice, Difference, add_difference, bills_of, differences, odd_notices};
pub use notice::{NewNotice, NoticeRow, empty_bodies, insert_notice, notices_of};
pub use tax::{
    NewTaxBill, TaxBill, get_tax_bill, mark_paid, put_table, put_tax_bill, table, tax_bills,
};
