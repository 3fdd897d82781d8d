//! The command line. Every command calls the same verbs as the pages.

mod forms;
mod groups;
mod import;
mod payment;
mod upkeep;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use app::Site;
use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::{Actor, Clock as _};
use service::{Chance, Service, account::Hashing};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{accept, assets::Files, clock::SystemClock, jobs, metrics, router, town};

/// A city's one front door.
#[derive(Debug, Parser)]
#[command(name = "rembug", version, about, max_term_width = 100)]
struct Cli {
    /// `sqlite:PATH` or `postgres://…`; without it `rembug.db` in the data folder.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    database_url: Option<String>,
    /// The folder of the database when no other address is given.
    #[arg(long, env = "REMBUG_DATA_DIR", default_value = "data", global = true)]
    data_dir: PathBuf,
    /// The file of the keys that seal personal data; without it `keys.toml` beside the SQLite database, or in the data folder.
    #[arg(long, env = "REMBUG_KEYS", global = true)]
    keys: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal.
    Serve(Serve),
    /// Fill an empty database with a believable town, and serve it. For trying out: all people and figures are made up.
    Demo {
        /// Only fill; do not serve.
        #[arg(long)]
        fill_only: bool,
        #[command(flatten)]
        serve: Serve,
    },
    /// Bring something in.
    #[command(subcommand)]
    Import(import::Import),
    /// Write something out.
    #[command(subcommand)]
    Export(Export),
    /// Where people agree: groups of opinion, what each stands for, and what all agree on.
    Groups(groups::Groups),
    /// Do what is due: notices of what has opened or closed. `serve` does it by itself each minute.
    CloseDue,
    /// Rebuild the search index.
    Reindex,
    /// Copy a SQLite database to a new file, while it is in use. The copy is checked and flushed.
    Backup { file: PathBuf },
    /// Put a copy where the database is to be; nothing may be there yet.
    Restore { file: PathBuf },
    /// Check the database: its file, and whether counts, votes, comments and files agree with each other.
    Check,
    /// The keys that seal personal data.
    #[command(subcommand)]
    Keys(KeysVerb),
    /// For the administrator of the machine.
    #[command(subcommand)]
    Admin(Admin),
}

#[derive(Args, Debug)]
struct Serve {
    /// Address and port to listen on.
    #[arg(long, env = "REMBUG_LISTEN", default_value = "127.0.0.1:3000")]
    listen: String,
    /// The built front end, instead of the one inside the program.
    #[arg(long, env = "REMBUG_SITE_ROOT")]
    site_root: Option<PathBuf>,
    /// The public address, such as https://rembug.batu.example.
    #[arg(long, env = "REMBUG_BASE")]
    base: Option<String>,
    /// Addresses of proxies in front, whose `X-Forwarded-For` counts.
    #[arg(long, env = "REMBUG_PROXIES", value_delimiter = ',')]
    proxies: Vec<IpAddr>,
    /// Address and port for figures in the format of Prometheus, such as 127.0.0.1:9100. Not for the public.
    #[arg(long, env = "REMBUG_METRICS")]
    metrics_listen: Option<String>,
    /// A file that says through whom fees and taxes are paid (TOML). Without it they are paid at the offices alone; the demo
    /// simulates payments.
    #[arg(long, env = "REMBUG_PAYMENT")]
    payment: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Export {
    /// A form with its service, as JSON on standard output.
    Form {
        /// The word in its address.
        key: String,
        /// Which version; the newest without it.
        #[arg(long)]
        version: Option<u32>,
    },
    /// A consultation with everything public about it.
    Consultation {
        slug: String,
        #[arg(long, value_enum)]
        format: Format,
        /// The folder to write into; made when missing.
        #[arg(long, default_value = ".")]
        out: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Polis,
    Csv,
    Json,
}

#[derive(Debug, Subcommand)]
enum KeysVerb {
    /// Add a key, which seals from the next start on. The others stay: they open what they sealed.
    Rotate,
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// Print a one-time token with which the first administrator registers. Good for 24 hours.
    Invite,
}

/// Reads the command line and does it. Problems end in one sentence on standard error and a status of 1.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("REMBUG_LOG")
                .unwrap_or_else(|_| "warn,rembug=info,sqlx::query=error".into()),
        )
        .with_writer(std::io::stderr)
        // A log that cannot be written must not stop the request that it is about.
        .log_internal_errors(false)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("the program cannot start: {error}")),
    };
    match runtime.block_on(command(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => fail(&sentence),
    }
}

fn fail(sentence: &str) -> ExitCode {
    eprintln!("rembug: {sentence}");
    ExitCode::FAILURE
}

async fn command(cli: Cli) -> Result<(), String> {
    // A file at its largest allowed size is a full disk, told to the person who writes: not the end of the program.
    let _limit = signal(SignalKind::from_raw(libc::SIGXFSZ)).map_err(|e| e.to_string())?;
    let url = cli.database_url.unwrap_or_else(|| file_in(&cli.data_dir));
    match &cli.command {
        // Nothing is opened where the copy is to be put.
        Command::Restore { file } => return upkeep::restore(file, &url).await,
        Command::Groups(options) if let Some(folder) = options.folder() => {
            return groups::of_folder(options, folder);
        }
        Command::Backup { .. } | Command::Check | Command::Groups(_) => upkeep::must_exist(&url)?,
        _ => {}
    }
    let keys = cli.keys.unwrap_or_else(|| keys_of(&url, &cli.data_dir));
    let service = open(&url, &keys).await?;
    let done = match cli.command {
        Command::Serve(options) => serve(&service, options).await,
        Command::Demo {
            fill_only,
            serve: options,
        } => demo(&service, fill_only, options).await,
        Command::Import(what) => import::run(&service, what).await,
        Command::Export(what) => export(&service, what).await,
        Command::Groups(options) => groups::of_consultation(&service, &options).await,
        Command::CloseDue => {
            jobs::once(&service).await;
            Ok(())
        }
        Command::Reindex => service::search::rebuild(&service)
            .await
            .map(drop)
            .map_err(sentence),
        Command::Admin(Admin::Invite) => invite(&service).await,
        Command::Keys(KeysVerb::Rotate) => upkeep::rotate(&service, &keys),
        Command::Backup { file } => upkeep::backup(&service, &file, &keys).await,
        Command::Restore { .. } => Ok(()),
        Command::Check => upkeep::check(&service).await,
    };
    service.db().close().await;
    done
}

/// The address of the database in the data folder. A percent sign and a question mark mean something in an address.
fn file_in(folder: &std::path::Path) -> String {
    let path = folder.join("rembug.db").display().to_string();
    format!("sqlite:{}", path.replace('%', "%25").replace('?', "%3f"))
}

/// Where the keys lie when nothing is said: beside the file of the database, or in the data folder.
fn keys_of(url: &str, data_dir: &std::path::Path) -> PathBuf {
    service::upkeep::sqlite_file(url)
        .as_deref()
        .and_then(std::path::Path::parent)
        .unwrap_or(data_dir)
        .join("keys.toml")
}

async fn open(url: &str, keys: &std::path::Path) -> Result<Service, String> {
    if let Some(folder) = service::upkeep::sqlite_file(url)
        .as_deref()
        .and_then(std::path::Path::parent)
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)
            .map_err(|e| format!("the folder {} cannot be made: {e}", folder.display()))?;
    }
    let db = service::open(url).await.map_err(|e| chain(&e))?;
    let clock = Arc::new(SystemClock);
    let keys = service::seal::file::open(keys, &db, &Chance::System, clock.now())
        .await
        .map_err(|e| chain(&e))?;
    let chance = Chance::System;
    Ok(Service::new(db, clock, chance, Hashing::STANDARD, keys))
}

async fn serve(service: &Service, options: Serve) -> Result<(), String> {
    if let Some(file) = &options.payment {
        payment::take(service, file)?;
    }
    let files = Files::new(options.site_root);
    let base = options.base.map(|b| b.trim_end_matches('/').to_owned());
    let site = Site::new(service.clone(), files.addresses(), base);
    let (listener, address) = listen(&options.listen).await?;
    let (stop, stopped) = watch::channel(false);
    if let Some(place) = &options.metrics_listen {
        let (listener, address) = listen(place).await?;
        let handle = metrics::install()?;
        println!("Figures are on http://{address}/metrics");
        tokio::spawn(metrics::serve(
            listener,
            handle,
            service.clone(),
            stopped.clone(),
        ));
    }
    println!("Rembug answers on http://{address}");
    tokio::spawn(async move {
        wait_for_end().await;
        let _ = stop.send(true);
    });
    let others = tokio::spawn(hear_others(service.clone()));
    let jobs = tokio::spawn(jobs::run(service.clone(), stopped.clone()));
    let groups = tokio::spawn({
        let (service, stopped) = (service.clone(), stopped.clone());
        async move { service::group::follow(&service, stopped).await }
    });
    accept::serve(
        listener,
        router::router(site.clone(), files),
        move |request| router::kept(&site, request),
        options.proxies,
        stopped,
    )
    .await;
    others.abort();
    let _ = tokio::join!(jobs, groups);
    Ok(())
}

async fn listen(place: &str) -> Result<(TcpListener, SocketAddr), String> {
    let told = |e| format!("{place} cannot be listened on: {e}");
    let listener = TcpListener::bind(place).await.map_err(told)?;
    let address = listener.local_addr().map_err(told)?;
    Ok((listener, address))
}

/// Takes the news of the other copies; begins anew when the database server was away.
async fn hear_others(service: Service) {
    while let Err(error) = service
        .bus()
        .clone()
        .hear_others(service.db().clone())
        .await
    {
        tracing::warn!(?error, "the news of the other copies are not heard");
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
}

/// Ctrl-C, or the signal by which a service manager ends a program.
async fn wait_for_end() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

async fn demo(service: &Service, fill_only: bool, options: Serve) -> Result<(), String> {
    println!("Filling the demo town: all people, figures and plans are made up.");
    match service::demo::fill(service, &town::files())
        .await
        .map_err(|e| chain(&e))?
    {
        Some(filled) => {
            // Without its holidays no due date can be told.
            if let Some(table) = town::files().get("city/kota-batu/calendar.json") {
                service::case::import_holidays(service, &Actor::System, table)
                    .await
                    .map_err(sentence)?;
            }
            if let Some(file) = town::files().get("demo/outline.geojson") {
                import::outline(service, file).await?;
            }
            service::search::rebuild(service).await.map_err(sentence)?;
            service::group::refresh_all(service)
                .await
                .map_err(sentence)?;
            println!(
                "{} people, {} consultations, {} voices, {} votes, {} comments.",
                filled.people, filled.consultations, filled.voices, filled.votes, filled.comments
            );
            println!("Everybody's password is {}.", service::demo::PASSWORD);
        }
        None => println!("There are consultations already: nothing is changed."),
    }
    forms::import_town(service).await?;
    payment::import_town(service).await?;
    if options.payment.is_none() {
        payment::simulate(service)?;
    }
    if fill_only {
        Ok(())
    } else {
        serve(service, options).await
    }
}

async fn export(service: &Service, what: Export) -> Result<(), String> {
    let (slug, format, out) = match what {
        Export::Form { key, version } => return forms::export(service, &key, version).await,
        Export::Consultation { slug, format, out } => (slug, format, out),
    };
    std::fs::create_dir_all(&out).map_err(|e| format!("{} cannot be made: {e}", out.display()))?;
    match format {
        Format::Polis => drop(
            service::polis::export(service, &Actor::System, &slug, &out)
                .await
                .map_err(|e| chain(&e))?,
        ),
        Format::Csv => export_open(service, &slug, service::result::Format::Csv, &out).await?,
        Format::Json => export_open(service, &slug, service::result::Format::Json, &out).await?,
    }
    println!("{slug} is written to {}.", out.display());
    Ok(())
}

async fn export_open(
    service: &Service,
    slug: &str,
    format: service::result::Format,
    out: &std::path::Path,
) -> Result<(), String> {
    service::result::export(service, slug, format, out)
        .await
        .map(drop)
        .map_err(|e| chain(&e))
}

async fn invite(service: &Service) -> Result<(), String> {
    let token = service::account::invite(service).await.map_err(sentence)?;
    println!("Register the administrator within 24 hours at /akun/daftar?undangan={token}");
    Ok(())
}

/// An error of a use case with all its causes, for the person at the console.
fn sentence(error: service::Error) -> String {
    match &error {
        service::Error::Invalid(invalid) => format!("not valid: {:?}", invalid.0),
        service::Error::NotFound => "there is nothing of that name".to_owned(),
        _ => chain(&error),
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
