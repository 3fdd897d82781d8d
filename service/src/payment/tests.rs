mod fixture;
mod pay;
mod tax;
