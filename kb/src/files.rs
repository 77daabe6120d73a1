//! Where sources are read from: the disk, or memory, since a browser that rebuilds the knowledge has no disk.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::Problem;

/// Files in folders, to read only. Reading takes place on several threads.
pub trait Files: Sync {
    /// Whether there is a folder of this name.
    fn is_folder(&self, path: &Path) -> bool;
    /// Whether there is a file of this name.
    fn is_file(&self, path: &Path) -> bool;
    /// The files and folders that lie in a folder, in no order.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// The content of a file.
    ///
    /// # Errors
    /// If the file cannot be read.
    fn bytes(&self, path: &Path) -> io::Result<Cow<'_, [u8]>>;
}

/// The file system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Files for Disk {
    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
    }

    fn bytes(&self, path: &Path) -> io::Result<Cow<'_, [u8]>> {
        std::fs::read(path).map(Cow::Owned)
    }
}

/// Files held in memory. Paths are relative, with `/`; folders are there because files lie in them.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    files: BTreeMap<PathBuf, Vec<u8>>,
    folders: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

impl Tree {
    /// Adds a file; a later one of the same path replaces the earlier.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) {
        let path: PathBuf = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        let mut below = path.as_path();
        while let Some(folder) = below.parent() {
            self.folders.entry(folder.to_owned()).or_default().insert(below.to_owned());
            below = folder;
        }
        self.files.insert(path, bytes);
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The folder that the knowledge really begins in: an archive often wraps it in folders that hold nothing but one other.
    pub fn unwrapped(&self, folder: &Path) -> PathBuf {
        let mut folder = folder.to_owned();
        while let Some(entries) = self.folders.get(&folder)
            && let Some(only) = entries.first().filter(|only| entries.len() == 1 && self.folders.contains_key(*only))
            && only.file_name().is_some_and(|name| name != "content")
        {
            folder.clone_from(only);
        }
        folder
    }
}

impl Files for Tree {
    fn is_folder(&self, path: &Path) -> bool {
        self.folders.contains_key(path)
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let entries = self.folders.get(folder).ok_or(io::ErrorKind::NotFound)?;
        Ok(entries.iter().cloned().collect())
    }

    fn bytes(&self, path: &Path) -> io::Result<Cow<'_, [u8]>> {
        self.files.get(path).map(|bytes| Cow::Borrowed(bytes.as_slice())).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// The text of a file.
///
/// # Errors
/// A problem with the file: unreadable, or not UTF-8, then with the line of the first byte that is not.
pub fn text(files: &dyn Files, path: &Path) -> Result<String, Problem> {
    let shown = path.display().to_string();
    let bytes = files.bytes(path).map_err(|error| Problem::new(&shown, 0, format!("读不了：{error}")))?;
    String::from_utf8(bytes.into_owned()).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
        Problem::new(&shown, line, "不是 UTF-8 编码：请另存为 UTF-8")
    })
}

/// All Markdown files under a folder but READMEs, in the order of their paths.
///
/// # Errors
/// If a folder cannot be listed.
pub fn markdown_files(files: &dyn Files, folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut found = files_under(files, folder, &["md"])?;
    found.retain(|path| path.file_name().is_some_and(|name| name != "README.md"));
    Ok(found)
}

/// All files with one of these extensions under a folder, in the order of their paths; hidden ones are left out.
///
/// # Errors
/// If a folder cannot be listed.
pub fn files_under(files: &dyn Files, folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let unreadable = |error: io::Error| Problem::new(folder.display().to_string(), 0, format!("文件夹读不了：{error}"));
        for path in files.entries(&folder).map_err(unreadable)? {
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if hidden {
                continue;
            }
            if files.is_folder(&path) {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted)) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&str]) -> Tree {
        let mut tree = Tree::default();
        paths.iter().for_each(|path| tree.add(path, path.as_bytes().to_vec()));
        tree
    }

    #[test]
    fn a_tree_lists_like_a_disk() {
        let tree = tree(&["kb/content/b.md", "kb/content/a/c.md", "kb/content/README.md", "kb/.git/x.md", "./kb//laws.toml"]);
        let kb = Path::new("kb");
        assert!(tree.is_folder(kb) && !tree.is_file(kb) && tree.is_file(&kb.join("laws.toml")));
        let found = markdown_files(&tree, kb).expect("listed");
        assert_eq!(found, ["kb/content/a/c.md", "kb/content/b.md"].map(PathBuf::from));
        assert!(files_under(&tree, Path::new("none"), &["md"]).is_err());
    }

    #[test]
    fn wrapping_folders_are_passed() {
        for (paths, from, expected) in [
            (&["a.zip/kb/content/b.md", "a.zip/kb/laws.toml"][..], "a.zip", "a.zip/kb"),
            (&["a/content/b.md"][..], "a", "a"),
            (&["a/b/c/d.md"][..], "a", "a/b/c"),
            (&["a/one.md", "a/b/two.md"][..], "a", "a"),
        ] {
            assert_eq!(tree(paths).unwrapped(Path::new(from)), Path::new(expected), "{paths:?}");
        }
    }

    #[test]
    fn another_encoding_is_named_with_its_line() {
        let mut tree = Tree::default();
        tree.add("a.md", b"---\nid: a\n\xd6\xd0\xce\xc4\n".to_vec());
        let problem = text(&tree, Path::new("a.md")).expect_err("GBK");
        assert_eq!((problem.line, problem.message.contains("UTF-8")), (3, true));
    }
}
