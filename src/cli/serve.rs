//! `newsgraph serve`: a SPARQL endpoint and pages to ask questions on.

use crate::cli::source::SourceArgs;
use crate::cli::{CliError, build};
use crate::prefix::Prefixes;
use crate::query::Questions;
use crate::server::{self, Served, Service};
use crate::store::Watch;
use std::net::{TcpListener, ToSocketAddrs};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the server looks whether its store changed.
const LOOK: Duration = Duration::from_millis(500);

/// Serve the graph: SPARQL at /sparql, questions at /
///
/// Nobody can change the graph through the server; while it runs, `newsgraph build` and `newsgraph forget` change the
/// store, and soon after they end the server answers from the new graph.
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
    let (service, watch) = service(&args)?;
    if let Some(watch) = watch {
        let service = service.clone();
        std::thread::spawn(move || follow(watch, &service));
    }
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

/// What is served, and the store that it follows; a file is not followed.
fn service(args: &Args) -> Result<(Arc<Service>, Option<Watch>), CliError> {
    let usage = |error: &dyn std::error::Error| CliError::Usage(error.to_string());
    let mut questions = Questions::embedded().map_err(|e| usage(&e))?;
    if let Some(dir) = &args.queries {
        questions = questions.with_folder(dir).map_err(|e| usage(&e))?;
    }
    let (graph, base, watch) = match args.source.data {
        Some(_) => {
            let (graph, base) = args.source.graph()?;
            (graph, base, None)
        }
        None => {
            let store = args.source.store.read()?;
            let watch = Watch::new(&store)?;
            (watch.graph().clone(), store.options()?.base, Some(watch))
        }
    };
    let service = Service {
        prefixes: Prefixes::standard(&base),
        timeout: Duration::from_secs(args.timeout),
        graph: Served::new(graph).map_err(|error| CliError::Failed(error.to_string()))?,
        questions,
    };
    Ok((Arc::new(service), watch))
}

/// Keeps what is served at the state of its store, as long as the program runs.
fn follow(mut watch: Watch, service: &Service) {
    loop {
        std::thread::sleep(LOOK);
        let start = Instant::now();
        match watch.look() {
            Ok(false) => continue,
            Ok(true) => match service.graph.set(watch.graph()) {
                Ok(()) => eprintln!("newsgraph: the store changed; the graph followed in {:.1?}", start.elapsed()),
                Err(error) => eprintln!("newsgraph: {error}"),
            },
            Err(error) => eprintln!("newsgraph: the graph stays as it was: {error}"),
        }
    }
}
