//! What the portal is compared with: the least that could do the same.

mod bytes;
mod groups;
mod inbox;
mod queries;
mod rendered;
mod sqlite;

use std::{future::Future, net::SocketAddr, path::Path};

use anyhow::{Result, bail};
use axum::{Router, serve::ListenerExt};

use crate::validate;

/// Runs the reference that the bench asks for: `VERB FILE ADDRESS-OR-NUMBER`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let [verb, file, last] = arguments else {
        bail!("References are started by the bench itself.");
    };
    let file = Path::new(file);
    // As many workers as the portal has on this core.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match verb.as_str() {
            "bytes" => serve(bytes::router(file)?, last).await,
            "rendered" => serve(rendered::router(file).await?, last).await,
            "commits" => sqlite::commits(file, last.parse()?).await,
            "groups" => groups::run(file, last.parse()?),
            "inbox" => inbox::ask(file, last.parse()?).await,
            "papers" => sqlite::papers(file, last.parse()?).await,
            "validate" => {
                validate::judge(last.parse()?);
                Ok(())
            }
            "rows" => sqlite::rows(file, last.parse()?).await,
            unknown => bail!("There is no reference `{unknown}`."),
        }
    })
}

fn serve(router: Router, address: &str) -> impl Future<Output = Result<()>> {
    let address = address.parse::<SocketAddr>();
    async move {
        let listener = tokio::net::TcpListener::bind(address?)
            .await?
            .tap_io(|stream| drop(stream.set_nodelay(true)));
        axum::serve(listener, router).await?;
        Ok(())
    }
}
