//! A static file server for one folder, for this machine only: GET and HEAD, nothing else.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;

/// No request head that a browser sends is longer.
const HEAD_LIMIT: u64 = 32 * 1024;
const PORTS_TRIED: u16 = 50;

/// Listens on the port, or on the next free one.
pub fn listen(port: u16) -> anyhow::Result<TcpListener> {
    let last = port.saturating_add(PORTS_TRIED);
    let found = (port..=last).find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    found.with_context(|| format!("no free port from {port} to {last}"))
}

/// Serves the folder, a thread for each connection, until the process ends.
pub fn serve(listener: &TcpListener, folder: &Path) -> anyhow::Result<()> {
    let folder: Arc<Path> = fs::canonicalize(folder)?.into();
    for stream in listener.incoming() {
        let (Ok(stream), folder) = (stream, Arc::clone(&folder)) else { continue };
        // A browser that goes away in the middle is no failure of ours.
        std::thread::spawn(move || drop(answer(&stream, &folder)));
    }
    Ok(())
}

fn answer(mut stream: &TcpStream, folder: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream.take(HEAD_LIMIT)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    let head: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let accepts_brotli = head.iter().any(|line| {
        let (name, value) = line.split_once(':').unwrap_or_default();
        name.eq_ignore_ascii_case("accept-encoding") && value.split(',').any(|encoding| encoding.trim().starts_with("br"))
    });
    let mut words = request.split(' ');
    let method = words.next().unwrap_or_default();
    let (status, path) = match (method, words.next()) {
        ("GET" | "HEAD", Some(target)) => match file_for(folder, target) {
            Some(path) => ("200 OK", Some(path)),
            None => ("404 Not Found", None),
        },
        _ => ("405 Method Not Allowed", None),
    };
    let mut encoding = "";
    let body = match &path {
        None => status.as_bytes().to_vec(),
        Some(path) => match precompressed(path).filter(|_| accepts_brotli) {
            Some(bytes) => {
                encoding = "content-encoding: br\r\n";
                bytes
            }
            None => fs::read(path)?,
        },
    };
    let kind = path.as_deref().map_or("text/plain; charset=utf-8", media_type);
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n{encoding}vary: accept-encoding\r\n\
         cache-control: no-cache\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// `file.br` beside a file, as a host with static compression would send it.
fn precompressed(path: &Path) -> Option<Vec<u8>> {
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    let newer = fs::metadata(&name).ok()?.modified().ok()? >= fs::metadata(path).ok()?.modified().ok()?;
    newer.then(|| fs::read(&name).ok()).flatten()
}

/// The file that a request's target names, if it is in the folder: `/` and folders mean their `index.html`.
fn file_for(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = PathBuf::from(decode(path)?);
    if !path.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    // Links that lead out of the folder are refused too.
    let mut file = fs::canonicalize(folder.join(path)).ok()?;
    if file.is_dir() {
        file = fs::canonicalize(file.join("index.html")).ok()?;
    }
    (file.starts_with(folder) && file.is_file()).then_some(file)
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?].map(char::from);
            bytes.push((digits[0].to_digit(16)? * 16 + digits[1].to_digit(16)?) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends one request to a server over a folder with a page, a module with a compressed twin, and a secret beside it.
    fn ask(name: &str, request: &str) -> String {
        let base = std::env::temp_dir().join(format!("sheda-serve-{}-{name}", std::process::id()));
        let folder = base.join("site");
        fs::create_dir_all(folder.join("sub")).unwrap();
        fs::write(base.join("secret.txt"), "secret").unwrap();
        fs::write(folder.join("index.html"), "<h1>page</h1>").unwrap();
        fs::write(folder.join("sub/答 案.json"), "{}").unwrap();
        fs::write(folder.join("a.wasm"), "module").unwrap();
        fs::write(folder.join("a.wasm.br"), "compressed").unwrap();
        let listener = listen(18_000).unwrap();
        let mut stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        write!(stream, "{request}\r\n\r\n").unwrap();
        answer(&listener.accept().unwrap().0, &fs::canonicalize(&folder).unwrap()).unwrap();
        drop(listener);
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        fs::remove_dir_all(base).unwrap();
        text
    }

    #[test]
    fn requests_and_answers() {
        let table = [
            ("root", "GET / HTTP/1.1", "200 OK", "text/html", "<h1>page</h1>"),
            ("query", "GET /index.html?a=/../ HTTP/1.1", "200 OK", "text/html", "<h1>page</h1>"),
            ("escaped", "GET /sub/%E7%AD%94%20%E6%A1%88.json HTTP/1.1", "200 OK", "application/json", "{}"),
            ("wasm", "GET /a.wasm HTTP/1.1", "200 OK", "application/wasm", "module"),
            ("brotli", "GET /a.wasm HTTP/1.1\r\nAccept-Encoding: gzip, br", "200 OK", "content-encoding: br", "compressed"),
            ("head", "HEAD / HTTP/1.1", "200 OK", "content-length: 13", "\r\n\r\n"),
            ("missing", "GET /nothing HTTP/1.1", "404", "text/plain", "404 Not Found"),
            ("folder", "GET /sub HTTP/1.1", "404", "text/plain", "404 Not Found"),
            ("up", "GET /../secret.txt HTTP/1.1", "404", "text/plain", "404 Not Found"),
            ("escaped-up", "GET /%2e%2e/secret.txt HTTP/1.1", "404", "text/plain", "404 Not Found"),
            ("escaped-slash", "GET /sub%2f..%2f..%2fsecret.txt HTTP/1.1", "404", "text/plain", "404 Not Found"),
            ("absolute", "GET //etc/passwd HTTP/1.1", "404", "text/plain", "404 Not Found"),
            ("bad-escape", "GET /%zz HTTP/1.1", "404", "text/plain", "404 Not Found"),
            ("method", "POST / HTTP/1.1", "405", "text/plain", "405 Method Not Allowed"),
            ("nonsense", "hello", "405", "text/plain", "405 Method Not Allowed"),
        ];
        for (name, request, status, header, end) in table {
            let text = ask(name, request);
            assert!(text.starts_with(&format!("HTTP/1.1 {status}")), "{name}: {text}");
            assert!(text.contains(header) && text.ends_with(end), "{name}: {text}");
        }
    }

    #[test]
    fn a_taken_port_is_passed_over() {
        let first = listen(18_100).unwrap();
        let port = first.local_addr().unwrap().port();
        assert!(listen(port).unwrap().local_addr().unwrap().port() > port);
    }
}
