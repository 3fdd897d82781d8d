use domain::reference::Reference;
use storage::Tx;

use super::Bill;
use crate::Result;

/// The bill of a case, if it has one. Whoever calls this has shown that they may see the case.
pub async fn of_case(tx: &mut Tx, case: Reference) -> Result<Option<Bill>> {
    let row = storage::payment::of_case(tx, &case.compact()).await?;
    row.map(Bill::read).transpose()
}
