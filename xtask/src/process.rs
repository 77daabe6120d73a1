//! Starting other programs: cargo, npm, node and ours.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// The cargo that started us, in `folder`.
pub fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder);
    command
}

/// npm in `folder`, quiet about everything but failures.
pub fn npm(folder: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command
        .current_dir(folder)
        .env("npm_config_update_notifier", "false")
        .env("npm_config_fund", "false")
        .env("npm_config_audit", "false");
    command
}

/// Node in `folder`.
pub fn node(folder: &Path) -> Command {
    let mut command = Command::new("node");
    command.current_dir(folder);
    command
}

/// The first file on `PATH` with this name.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(&file)).find(|file| file.is_file())
}

/// `PATH` with `folders` before everything else.
pub fn path_with<'a>(folders: impl IntoIterator<Item = &'a Path>) -> anyhow::Result<std::ffi::OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(folders.into_iter().map(Path::to_owned).chain(env::split_paths(&path)))?)
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let mut words = words.map(|word| word.to_string_lossy().into_owned());
    let program = words.next().unwrap_or_default();
    let program = Path::new(&program).file_name().map_or(program.clone(), |name| name.to_string_lossy().into_owned());
    std::iter::once(program).chain(words).collect::<Vec<_>>().join(" ")
}

/// Runs to the end, its output going where ours goes; an error if it fails.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start {}", shown(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs to the end and returns what it wrote to standard output; an error, with what it wrote to standard error, if it fails.
pub fn text_of(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {}", shown(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})\n{}", shown(command), output.status, String::from_utf8_lossy(&output.stderr).trim_end());
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} did not write UTF-8", shown(command)))
}

/// Runs to the end, printing what it writes and keeping it; the exit status and all lines of both streams.
pub fn tee(command: &mut Command) -> anyhow::Result<(bool, Vec<String>)> {
    let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.with_context(|| format!("cannot start {}", shown(command)))?;
    let errors = child.stderr.take().map(|stream| std::thread::spawn(move || copy(stream, std::io::stderr())));
    let mut lines = child.stdout.take().map(|stream| copy(stream, std::io::stdout())).unwrap_or_default();
    lines.extend(errors.and_then(|thread| thread.join().ok()).unwrap_or_default());
    Ok((child.wait()?.success(), lines))
}

fn copy(from: impl Read, mut to: impl Write) -> Vec<String> {
    let mut lines = Vec::new();
    let mut reader = BufReader::new(from);
    let mut line = Vec::new();
    while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
        // A closed terminal is no reason to stop the tests.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        lines.push(String::from_utf8_lossy(&line).trim_end().to_owned());
        line.clear();
    }
    lines
}

/// Runs silently for at most `limit`; whether it ended by then and well. Whatever it started is ended with it.
pub fn within(limit: Duration, command: &mut Command) -> anyhow::Result<bool> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    let started = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = started.with_context(|| format!("cannot start {}", shown(command)))?;
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    end_tree(&mut child);
    Ok(false)
}

fn end_tree(child: &mut Child) {
    let id = child.id().to_string();
    let mut kill = if cfg!(windows) { Command::new("taskkill") } else { Command::new("kill") };
    if cfg!(windows) {
        kill.args(["/T", "/F", "/PID", &id]);
    } else {
        kill.args(["-KILL", "--", &format!("-{id}")]);
    }
    let ended = kill.stdout(Stdio::null()).stderr(Stdio::null()).status();
    if ended.is_err() {
        let _ = child.kill();
    }
    let _ = child.wait();
}

/// Runs to the end like [`text_of`]; also the most memory it held, in bytes, where the system tells (Linux).
pub fn text_and_peak(command: &mut Command) -> anyhow::Result<(String, Option<u64>)> {
    let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn();
    let mut child = started.with_context(|| format!("cannot start {}", shown(command)))?;
    let status_file = format!("/proc/{}/status", child.id());
    let reader = child.stdout.take().map(|mut stream| {
        std::thread::spawn(move || {
            let mut text = String::new();
            stream.read_to_string(&mut text).map(|_| text)
        })
    });
    let mut peak = None;
    let status = loop {
        peak = peak_of(&status_file).max(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    let text = reader.and_then(|thread| thread.join().ok()).context("its output was lost")??;
    Ok((text, peak))
}

fn peak_of(status_file: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status_file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

/// Whether standard error is a terminal, so that children may colour what they write into our pipe.
pub fn colour(command: &mut Command) {
    use std::io::IsTerminal;
    if std::io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none() {
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
}

/// Whether the environment variable is set to something.
pub fn is_set(name: impl AsRef<OsStr>) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}
