use serde::{Deserialize, Serialize};

use super::{Amount, Error, Field, NATIONAL, Qris, tlv};

/// An account at an acquirer (tags 26 to 50).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The acquirer's identifier, such as `ID.CO.BANKJATIM.WWW`: at most 32 characters.
    pub guid: String,
    /// The merchant's account number there: at most 19 digits, the first 8 the acquirer's.
    pub pan: String,
    /// The merchant's id there: at most 15 characters.
    pub merchant: String,
}

/// Who is paid. All of it is issued by the acquirer and configured; none of it can be made up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merchant {
    /// One to 25 accounts, in the order in which they are written.
    pub accounts: Vec<Account>,
    /// The national merchant id (NMID): `ID` and 13 digits.
    pub national_id: String,
    /// Size of the merchant: `UMI`, `UKE`, `UME`, `UBE` and others.
    pub criteria: String,
    /// Merchant category (ISO 18245), four digits; 9311 is tax.
    pub category: String,
    /// Name on the payer's phone: at most 25 characters.
    pub name: String,
    /// City: at most 15 characters.
    pub city: String,
    /// Postal code.
    pub postcode: String,
}

impl Merchant {
    /// The code for any payment: static, without an amount.
    ///
    /// Errors: [`Error::Rules`].
    pub fn qris(&self) -> Result<Qris, Error> {
        let mut fields = vec![Field::new("00", "01"), Field::new("01", "11")];
        for (account, tag) in self.accounts.iter().zip(26..=50) {
            let inner = [
                Field::new("00", &account.guid),
                Field::new("01", &account.pan),
                Field::new("02", &account.merchant),
                Field::new("03", &self.criteria),
            ];
            fields.push(Field::new(&format!("{tag}"), &tlv::write(&inner)));
        }
        let national = [
            Field::new("00", NATIONAL),
            Field::new("02", &self.national_id),
            Field::new("03", &self.criteria),
        ];
        fields.extend([
            Field::new("51", &tlv::write(&national)),
            Field::new("52", &self.category),
            Field::new("53", "360"),
            Field::new("58", "ID"),
            Field::new("59", &self.name),
            Field::new("60", &self.city),
            Field::new("61", &self.postcode),
        ]);
        Qris { fields }.sealed()
    }

    /// The code for one bill: dynamic, with its amount and reference.
    ///
    /// Errors: [`Error::Rules`].
    pub fn bill(&self, amount: Amount, reference: &str) -> Result<Qris, Error> {
        self.qris()?.with_bill(amount, reference)
    }
}
