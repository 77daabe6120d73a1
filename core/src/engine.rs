//! The front door: everything a page, a mini-program or the command line asks of one pack.

use std::sync::OnceLock;

use bytes::Bytes;

use crate::answer::{AnswerView, Related};
use crate::calendar::{Date, Due};
use crate::error::{Error, ErrorCode, Result};
use crate::ledger::{Figures, Tally};
use crate::pack::{Manifest, Pack, PublicKey, open_dictionary, open_normalizer, section};
use crate::rules::{CheckReport, CheckRequest, Checker, DueRequest, HandbookView, Record, RulePage, Words, handbook, pages};
use crate::search::{AnswerRef, Directory, SearchOptions, SearchResult, Searcher, Suggestion, Weights, routes};
use crate::text::Dictionary;

/// An opened pack, ready to answer and to check.
pub struct Engine {
    pack: Pack,
    manifest: Manifest,
    directory: Directory,
    searcher: Searcher,
    /// Made ready at the first check, so that opening a pack costs nothing for those who only search.
    desk: OnceLock<Desk>,
}

/// What a check needs.
struct Desk {
    checker: Checker,
    words: Dictionary<Bytes>,
}

impl Engine {
    /// Opens a pack from its bytes.
    ///
    /// # Errors
    /// Any of the `pack-…` codes; the message names the section.
    pub fn open(bytes: Vec<u8>) -> Result<Self> {
        Self::of(Pack::open(bytes)?)
    }

    /// Opens a pack that one of these keys must have signed.
    ///
    /// # Errors
    /// As [`Engine::open`], and [`ErrorCode::PackSignature`](crate::ErrorCode::PackSignature).
    pub fn open_signed(bytes: Vec<u8>, trusted: &[PublicKey]) -> Result<Self> {
        let pack = Pack::open(bytes)?;
        pack.require_signer(trusted)?;
        Self::of(pack)
    }

    fn of(pack: Pack) -> Result<Self> {
        let directory = match pack.section(section::DIRECTORY) {
            Some(bytes) => postcard::from_bytes(&bytes).map_err(|error| Error::damaged(section::DIRECTORY, error))?,
            None => Directory::default(),
        };
        let (manifest, searcher) = (pack.manifest()?, Searcher::open(&pack)?);
        Ok(Self { pack, manifest, directory, searcher, desk: OnceLock::new() })
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
        self.view(&answer).map(Some)
    }

    /// Checks a reply before it is sent, and the ledger record that goes with it.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`](crate::ErrorCode::BadRequest) naming the field at fault, or a `pack-…` code if the pack has no rules.
    pub fn check(&self, request: &CheckRequest) -> Result<CheckReport> {
        let desk = self.desk()?;
        Ok(desk.checker.check(&desk.words, request)?)
    }

    /// Checks one ledger record; `now` is today as `YYYY-MM-DD`.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn check_record(&self, record: &Record, now: Option<&str>) -> Result<CheckReport> {
        let desk = self.desk()?;
        Ok(desk.checker.check_record(&desk.words, record, now)?)
    }

    /// The figures of a ledger for supervision and evaluation; `now` is today as `YYYY-MM-DD`.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn report(&self, records: &[Record], now: Option<&str>) -> Result<Figures> {
        let desk = self.desk()?;
        let today = now.and_then(Date::from_iso);
        let mut tally = Tally::default();
        for (at, record) in records.iter().enumerate() {
            let report = desk.checker.check_record(&desk.words, record, now)?;
            tally.add(&desk.checker, at as u32 + 1, record, &report, today);
        }
        Ok(tally.figures())
    }

    /// When an answer is due.
    ///
    /// # Errors
    /// As [`Engine::check`].
    pub fn due(&self, request: &DueRequest) -> Result<Due> {
        Ok(self.desk()?.checker.due(request)?)
    }

    /// The checker, for those who check many texts.
    ///
    /// # Errors
    /// If the pack has no rules or they are not what was written.
    pub fn checker(&self) -> Result<(&Checker, &dyn Words)> {
        let desk = self.desk()?;
        Ok((&desk.checker, &desk.words))
    }

    /// The pages of all rules: what each checks, why, and examples.
    ///
    /// # Errors
    /// If the pack has no rules or their pages are not what was written.
    pub fn rules(&self) -> Result<Vec<RulePage>> {
        Ok(pages(&self.pack)?)
    }

    /// Terms, flows and self-inspection lists, the institution's channels and its ledger's columns.
    ///
    /// # Errors
    /// If they are not what was written.
    pub fn handbook(&self) -> Result<HandbookView> {
        Ok(handbook(&self.pack)?)
    }

    fn desk(&self) -> Result<&Desk> {
        if let Some(desk) = self.desk.get() {
            return Ok(desk);
        }
        let checker = Checker::open(&self.pack, open_normalizer(&self.pack)?)?.ok_or_else(|| {
            Error::new(ErrorCode::PackIncomplete, "这个知识包里没有质检规则，请用含 rules/ 的知识文件夹重新生成")
        })?;
        let words = open_dictionary(&self.pack)?;
        Ok(self.desk.get_or_init(|| Desk { checker, words }))
    }

    fn related(&self, id: &str) -> Option<Related> {
        let answer = self.searcher.answers().get(self.searcher.find(id)?).ok()?;
        Some(Related { id: id.to_owned(), title: answer.title.to_owned() })
    }

    fn view(&self, answer: &AnswerRef<'_>) -> Result<AnswerView> {
        let related = answer.related.iter().filter_map(|id| self.related(id)).collect();
        let overrides = answer.overrides.and_then(|id| self.related(id));
        AnswerView::new(answer, &self.directory, related, overrides)
    }
}
