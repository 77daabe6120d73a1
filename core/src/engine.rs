//! The front door: everything a page, a mini-program or the command line asks of one pack.

use crate::answer::{AnswerView, Related};
use crate::error::{Error, Result};
use crate::pack::{section, Manifest, Pack};
use crate::search::{routes, AnswerRef, Directory, SearchOptions, SearchResult, Searcher, Suggestion, Weights};

/// An opened pack, ready to answer.
pub struct Engine {
    manifest: Manifest,
    directory: Directory,
    searcher: Searcher,
}

impl Engine {
    /// Opens a pack from its bytes.
    ///
    /// # Errors
    /// Any of the `pack-…` codes; the message names the section.
    pub fn open(bytes: Vec<u8>) -> Result<Self> {
        let pack = Pack::open(bytes)?;
        let directory = match pack.section(section::DIRECTORY) {
            Some(bytes) => postcard::from_bytes(&bytes).map_err(|error| Error::damaged(section::DIRECTORY, error))?,
            None => Directory::default(),
        };
        Ok(Self { manifest: pack.manifest()?, directory, searcher: Searcher::open(&pack)? })
    }

    /// What the pack says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Agencies and regions.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Search over the pack, for measurements.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Ranks with other weights, for measurements.
    pub fn set_weights(&mut self, weights: Weights) {
        self.searcher.set_weights(weights);
    }

    /// Finds answers to a question.
    ///
    /// # Errors
    /// If the index is not what was written.
    pub fn search(&self, text: &str, options: &SearchOptions) -> Result<SearchResult> {
        let question = self.searcher.normalized(text);
        // A region named in the question is the asker's, unless one was chosen.
        let named = if options.region == 0 { self.directory.named_in(&question) } else { None };
        let mut result = match named {
            Some(region) => self.searcher.search(text, &SearchOptions { region: region.code, ..options.clone() })?,
            None => self.searcher.search(text, options)?,
        };
        result.region = named.map_or(options.region, |region| region.code);
        result.routes = routes(&self.directory, &question, &result);
        Ok(result)
    }

    /// Questions that what was typed so far may become, best first: by beginning, inside, by pinyin.
    ///
    /// # Errors
    /// If the index is not what was written.
    pub fn suggest(&self, typed: &str, limit: usize, region: u32) -> Result<Vec<Suggestion>> {
        self.searcher.suggest(typed, limit, region)
    }

    /// One answer in full; `None` if the pack has no such id.
    ///
    /// # Errors
    /// If the record is not what was written.
    pub fn answer(&self, id: &str) -> Result<Option<AnswerView>> {
        let Some(number) = self.searcher.find(id) else { return Ok(None) };
        let answer = self.searcher.answers().get(number)?;
        Ok(Some(self.view(&answer)))
    }

    fn related(&self, id: &str) -> Option<Related> {
        let answer = self.searcher.answers().get(self.searcher.find(id)?).ok()?;
        Some(Related { id: id.to_owned(), title: answer.title.to_owned() })
    }

    fn view(&self, answer: &AnswerRef<'_>) -> AnswerView {
        let related = answer.related.iter().filter_map(|id| self.related(id)).collect();
        let overrides = answer.overrides.and_then(|id| self.related(id));
        AnswerView::new(answer, &self.directory, related, overrides)
    }
}
