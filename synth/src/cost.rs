//! What it costs: time, and the most memory that a process had.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The most memory, in MiB, that a process had so far; `None` where the system does not tell.
pub fn peak(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

/// The seconds that the processors worked for this process; on a busy machine they tell more than the clock. Ticks of a
/// hundredth of a second, as on every common Linux.
pub fn worked() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let numbers = stat.rsplit_once(')')?.1.split_whitespace().skip(11).take(2);
    let ticks: Vec<u64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    Some(ticks.iter().sum::<u64>() as f64 / 100.0)
}

/// Runs a program to its end: how long it took, and the most memory it had.
pub fn run(program: &Path, arguments: &[&str]) -> io::Result<(Duration, Option<u64>)> {
    let start = Instant::now();
    let mut child = Command::new(program).args(arguments).stdout(Stdio::null()).spawn()?;
    let id = child.id().to_string();
    let mut most = None;
    let status = loop {
        most = peak(&id).max(most);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    match status.success() {
        true => Ok((start.elapsed(), most)),
        false => Err(io::Error::other(format!("{} {}: {status}", program.display(), arguments.join(" ")))),
    }
}

/// The size in bytes of a file or folder.
pub fn size(path: &Path) -> u64 {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().map(|e| size(&e.path())).sum(),
        Err(_) => fs::metadata(path).map_or(0, |m| m.len()),
    }
}
