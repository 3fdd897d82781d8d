//! The files of the demo town, inside the program.

use rust_embed::Embed;
use service::demo::Files;

#[derive(Embed)]
#[folder = "../"]
#[include = "city/kota-batu/*"]
#[include = "city/kota-batu/forms/*"]
#[include = "demo/**/*"]
struct Town;

/// All of them, by path from the project's root.
pub(crate) fn files() -> Files {
    Town::iter()
        .filter_map(|name| {
            let file = Town::get(&name)?;
            Some((
                name.into_owned(),
                String::from_utf8(file.data.into_owned()).ok()?,
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_town_is_inside() {
        let files = super::files();
        for name in ["city/kota-batu/city.toml", "demo/people.toml"] {
            assert!(files.contains_key(name), "{name}");
        }
        assert!(
            files
                .keys()
                .filter(|n| n.ends_with("/consultation.toml"))
                .count()
                >= 4
        );
    }
}
