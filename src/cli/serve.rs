//! `newsgraph serve`: a SPARQL endpoint and pages to ask questions on.

use crate::cli::source::SourceArgs;
use crate::cli::{CliError, build};
use crate::prefix::Prefixes;
use crate::query::{Labels, Questions};
use crate::server::{self, Service};
use std::net::{TcpListener, ToSocketAddrs};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Serve the graph: SPARQL at /sparql, questions at /
///
/// The graph is read once, at the start, and nobody can change it through the server.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: SourceArgs,
    /// Articles to read into the store first
    #[arg(value_name = "PATH", conflicts_with = "data")]
    paths: Vec<PathBuf>,
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7878")]
    bind: String,
    /// A folder of further questions (*.rq)
    #[arg(long, value_name = "DIR")]
    queries: Option<PathBuf>,
    /// The time limit of one query
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
}

/// Runs the command.
pub fn run(args: Args) -> Result<ExitCode, CliError> {
    let listener = listen(&args.bind)?;
    if !args.paths.is_empty() {
        // Bad input is named on standard error, and the rest is served.
        build::run(build::Args::of(args.source.store.clone(), args.paths.clone()))?;
    }
    let service = service(&args)?;
    let address = listener.local_addr().map_err(|error| unusable(&args.bind, &error))?;
    let ready = || eprintln!("newsgraph: serving on http://{address}/ (SPARQL at /sparql)");
    server::serve(service, listener, ready)
        .map_err(|error| CliError::Failed(format!("the server stopped: {error}")))?;
    Ok(ExitCode::SUCCESS)
}

/// Takes the address before the long work, so that a mistake in it shows at once.
fn listen(bind: &str) -> Result<TcpListener, CliError> {
    let mut addresses = bind
        .to_socket_addrs()
        .map_err(|_| CliError::Usage(format!("--bind {bind}: not an address: give HOST:PORT, as 127.0.0.1:7878")))?;
    let address = addresses.next().ok_or_else(|| CliError::Usage(format!("--bind {bind}: no such host")))?;
    TcpListener::bind(address).map_err(|error| unusable(bind, &error))
}

fn unusable(bind: &str, error: &std::io::Error) -> CliError {
    let hint = match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            "the address is in use: stop the other program, or give another port with --bind"
        }
        std::io::ErrorKind::PermissionDenied => "no right to this port: give one above 1023",
        _ => "give an address of this machine",
    };
    CliError::Failed(format!("cannot listen on {bind}: {error}: {hint}"))
}

fn service(args: &Args) -> Result<Service, CliError> {
    let failed = |error: String| CliError::Failed(error);
    let (store, base) = args.source.graph()?;
    let usage = |error: &dyn std::error::Error| CliError::Usage(error.to_string());
    let mut questions = Questions::embedded().map_err(|e| usage(&e))?;
    if let Some(dir) = &args.queries {
        questions = questions.with_folder(dir).map_err(|e| usage(&e))?;
    }
    let labels = Labels::of(&store, "en").map_err(|error| failed(error.to_string()))?;
    Ok(Service {
        prefixes: Prefixes::standard(&base),
        timeout: Duration::from_secs(args.timeout),
        store,
        questions,
        labels,
    })
}
