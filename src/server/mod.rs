//! The HTTP server: the SPARQL 1.1 Protocol (queries alone), and pages to ask the questions on.
//!
//! Nobody changes the graph through the server; it may change as its store does ([`Served`]). Every query runs on a thread of its own and is stopped
//! at its time limit, or when the client goes away.

mod ask;
mod negotiate;
mod page;
mod run;
mod sparql;

use crate::prefix::Prefixes;
use crate::query::{self, Labels, Questions};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use oxigraph::store::{StorageError, Store};
use std::io;
use std::net::TcpListener;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::oneshot;

/// The largest request body that is read.
const BODY_LIMIT: usize = 1 << 20;
/// The language of names on the pages, where a thing has one in it.
const LANGUAGE: &str = "en";
/// How long running queries may go on after the server was told to stop.
const GRACE: Duration = Duration::from_secs(3);

/// What the server serves.
pub struct Service {
    /// The graph, which may change.
    pub graph: Served,
    /// Prefixes that queries may use undeclared.
    pub prefixes: Prefixes,
    /// The named questions.
    pub questions: Questions,
    /// The time limit of one query.
    pub timeout: Duration,
}

/// The graph that is served at a time, and the names of its things on the pages.
pub struct Served(RwLock<(Store, Arc<Labels>)>);

impl Served {
    /// Serves a graph.
    pub fn new(store: Store) -> Result<Self, StorageError> {
        let labels = Labels::of(&store, LANGUAGE)?;
        Ok(Self(RwLock::new((store, Arc::new(labels)))))
    }

    /// Serves another graph, or the same one after a change. Queries that run go on with what they see.
    pub fn set(&self, store: &Store) -> Result<(), StorageError> {
        let labels = Labels::of(store, LANGUAGE)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = (store.clone(), Arc::new(labels));
        Ok(())
    }

    fn store(&self) -> Store {
        self.0.read().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    fn labels(&self) -> Arc<Labels> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).1.clone()
    }
}

type Shared = State<Arc<Service>>;

/// Every route of the server.
fn router(service: Arc<Service>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/sparql", get(sparql::get).post(sparql::post))
        .route("/ask/{name}", get(ask::get))
        .fallback(async || (StatusCode::NOT_FOUND, "there is no such page; see /\n"))
        .method_not_allowed_fallback(async || (StatusCode::METHOD_NOT_ALLOWED, "this method is not for this page\n"))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(axum::middleware::map_response(harden))
        .with_state(service)
}

/// Serves on `listener` until SIGINT or SIGTERM; `ready` is called when requests are answered.
pub fn serve(service: Arc<Service>, listener: TcpListener, ready: impl FnOnce()) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(query::STACK).build()?;
    let result = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let stop = stop_signal()?;
        let (stopping, stopped) = oneshot::channel();
        let server = axum::serve(listener, router(service));
        let server = server.with_graceful_shutdown(async move {
            stop.await;
            // The other end is only gone when the server has already ended.
            let _ = stopping.send(());
        });
        ready();
        tokio::select! {
            result = server.into_future() => result,
            () = grace(stopped) => Ok(()),
        }
    });
    runtime.shutdown_timeout(Duration::from_millis(200));
    result
}

/// Ends some time after the server was told to stop.
async fn grace(stopped: oneshot::Receiver<()>) {
    match stopped.await {
        Ok(()) => tokio::time::sleep(GRACE).await,
        Err(_) => std::future::pending().await,
    }
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

async fn home(State(service): Shared) -> Response {
    page::html(page::home(&service))
}

/// No page loads or runs anything from elsewhere, and no browser guesses at content types.
async fn harden(mut response: Response) -> Response {
    const HEADERS: [(HeaderName, &str); 3] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A refusal with its reason as plain text.
fn refuse(status: StatusCode, reason: impl std::fmt::Display) -> Response {
    (status, format!("{reason}\n")).into_response()
}
