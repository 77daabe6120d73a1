//! From a question to weighted terms: what was written, what else it may mean, and what was probably meant.

use std::borrow::Cow;

use super::ranking::Weights;
use super::terms::TermTable;
use super::thesaurus::{By, Thesaurus};
use crate::text::{ByteSpan, MEASURES, NUMERALS, UnitKind, chinese_numeral, grams, is_han, parse_numeral, units};

/// A query longer than this many units is cut: nobody asks in more, and cost grows with length.
const LONGEST: usize = 600;

/// The longest run of letters that is tried as pinyin; a syllable has at most six.
const LONGEST_PINYIN: usize = 48;

/// The first [`LONGEST`] units of a normalised text.
pub(super) fn shorten(text: &str) -> &str {
    match units(text).nth(LONGEST) {
        Some(unit) => &text[..unit.span.start],
        None => text,
    }
}

/// How a part of the question was understood.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Interpretation {
    /// What was written.
    pub from: String,
    /// What it was searched as.
    pub to: String,
}

/// The plan of one question.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan<'t> {
    pub table: TermTable<'t>,
    pub interpreted: Vec<Interpretation>,
}

impl<'t> Plan<'t> {
    /// Plans a normalised, shortened question.
    ///
    /// `known` tells whether a gram occurs in the index; `cut` gives the words of the question.
    pub fn new(text: &'t str, thesaurus: &Thesaurus, weights: &Weights, known: impl Fn(&str) -> bool) -> Self {
        let mut plan = Self::default();

        let questions = if weights.question_word < 1.0 { thesaurus.question_spans(text) } else { Vec::new() };
        let base = text.as_ptr() as usize;
        grams(text, |token| {
            // Tokens of the text itself are slices of it; numerals put into digits are not.
            let start = (token.as_ptr() as usize).wrapping_sub(base);
            match text.get(start..start.saturating_add(token.len())) {
                Some(slice) if start < text.len() => {
                    // A gram inside a question word counts less; one that reaches out of it counts fully.
                    let inside = questions.iter().any(|q| q.start <= start && start + slice.len() <= q.end);
                    let weight = if inside { weights.question_word } else { 1.0 };
                    plan.table.add(Cow::Borrowed(slice), weight, weights.repeat, inside, true);
                }
                _ => plan.table.add(Cow::Owned(token.to_owned()), 1.0, weights.repeat, false, true),
            }
        });
        if let Some(other) = other_script(text) {
            grams(&other, |token| plan.table.add(Cow::Owned(token.to_owned()), 1.0, 0.0, false, true));
        }
        if weights.synonym > 0.0 {
            for (span, synonym) in thesaurus.synonyms(text) {
                let mut added = false;
                for to in synonym.to.iter().filter(|to| !text.contains(to.as_str())) {
                    plan.expand(to, weights.synonym, false);
                    added = true;
                }
                if added && let Some(to) = synonym.to.first() {
                    plan.interpreted.push(Interpretation { from: span.of(text).to_owned(), to: to.clone() });
                }
            }
        }
        if weights.sound > 0.0 {
            plan.by_sound(text, thesaurus, weights, &known);
            plan.by_letters(text, thesaurus, weights, &known);
        }
        plan
    }

    /// Adds the grams of a word that was not written; one that was keeps its weight. `literal` if it was spelt out.
    fn expand(&mut self, word: &str, weight: f32, literal: bool) {
        grams(word, |token| self.table.add(Cow::Owned(token.to_owned()), weight, 0.0, false, literal));
    }

    /// 社宝卡, 工商认定: stretches that are no domain word but sound like one, where the pairs written are strange to the index.
    fn by_sound(&mut self, text: &str, thesaurus: &Thesaurus, weights: &Weights, known: &impl Fn(&str) -> bool) {
        let han: Vec<ByteSpan> = units(text).filter(|unit| unit.kind == UnitKind::Han).map(|unit| unit.span).collect();
        let mut at = 0;
        while at < han.len() {
            let mut next = at + 1;
            // Only neighbours: nothing but these characters between the first and the last.
            let together = han[at..].windows(2).take(5).take_while(|pair| pair[0].end == pair[1].start).count() + 1;
            let end = han[at + together - 1].end;
            let sounding = thesaurus.sounding_like(&text[han[at].start..end]);
            for length in (2..=together).rev() {
                let word = &text[han[at].start..han[at + length - 1].end];
                if thesaurus.is_word(word) {
                    next = at + length;
                    break;
                }
                let Some(group) = sounding.get(length - 2).copied().flatten() else { continue };
                // A pair of characters that the index knows is no slip.
                if length == 2 && known(word) {
                    continue;
                }
                let meant: Vec<&str> = thesaurus.group(group).filter(|meant| near(word, meant)).collect();
                if meant.is_empty() {
                    continue;
                }
                for meant in meant {
                    self.expand(meant, weights.sound, false);
                    self.interpreted.push(Interpretation { from: word.to_owned(), to: meant.to_owned() });
                }
                next = at + length;
                break;
            }
            at = next;
        }
    }

    /// shiyejin, syj: runs of letters that the index does not know.
    fn by_letters(&mut self, text: &str, thesaurus: &Thesaurus, weights: &Weights, known: &impl Fn(&str) -> bool) {
        let letters = |span: ByteSpan| span.of(text).chars().all(|c| c.is_ascii_lowercase());
        let runs: Vec<ByteSpan> =
            units(text).filter(|unit| unit.kind == UnitKind::Run && letters(unit.span)).map(|unit| unit.span).collect();
        // gong shang ren ding: syllables with spaces between are one word.
        let joined: String = runs.iter().map(|span| span.of(text)).collect();
        let whole = (runs.len() > 1 && !text.chars().any(is_han)).then_some(joined.as_str());
        let mut spelt = false;
        for run in whole.into_iter().chain(runs.iter().map(|span| span.of(text))) {
            if spelt || !(2..=LONGEST_PINYIN).contains(&run.len()) || known(run) {
                continue;
            }
            let mut meant: Vec<&str> = thesaurus.words_by(By::Full, run).collect();
            if meant.is_empty() && run.len() <= 8 {
                meant.extend(thesaurus.words_by(By::Initials, run).take(3));
            }
            if meant.is_empty() && run.len() >= 3 {
                meant = thesaurus.words_beginning(run, 3);
            }
            if meant.is_empty() {
                let (words, covered) = split(run, thesaurus);
                // Typed syllable by syllable, most of it must be words; else each run speaks for itself.
                if whole != Some(run) || covered * 10 >= run.len() * 7 {
                    meant = words;
                }
            }
            spelt = whole == Some(run) && !meant.is_empty();
            if !meant.is_empty() {
                // What was spelt out stands for what was written.
                let spelt = |word: &str| {
                    if whole == Some(run) { runs.iter().any(|r| word.contains(r.of(text))) } else { word.contains(run) }
                };
                self.table.disown(spelt);
            }
            for meant in meant {
                self.expand(meant, weights.letters, true);
                self.interpreted.push(Interpretation { from: run.to_owned(), to: meant.to_owned() });
            }
        }
    }
}

/// The text with the numbers before measures in the other script: 满十五年 ↔ 满15年. `None` if there are none.
fn other_script(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut changed = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let digits = |c: char| c.is_ascii_digit();
        let numeral = |c: char| NUMERALS.contains(c);
        let length = if digits(c) { rest.find(|c| !digits(c)) } else { rest.find(|c| !numeral(c)) }.unwrap_or(rest.len());
        let length = if length == 0 { c.len_utf8() } else { length };
        let (run, after) = rest.split_at(length);
        let counts = after.chars().next().is_some_and(|next| MEASURES.contains(next));
        let other = match parse_numeral(run).filter(|_| counts && (digits(c) || numeral(c))) {
            Some(value) if digits(c) => u16::try_from(value).ok().filter(|_| run.len() < 4).map(chinese_numeral),
            Some(value) => Some(value.to_string()),
            None => None,
        };
        changed |= other.is_some();
        out.push_str(other.as_deref().unwrap_or(run));
        rest = after;
    }
    changed.then_some(out)
}

/// A long run of pinyin as words one after another, longest first: gongshangrending → 工伤认定; and how many letters they cover.
fn split<'a>(run: &str, thesaurus: &'a Thesaurus) -> (Vec<&'a str>, usize) {
    let mut out = Vec::new();
    let (mut at, mut covered) = (0, 0);
    while at < run.len() {
        let found = (at + 3..=run.len().min(at + 30)).rev().find_map(|end| {
            let words: Vec<&str> = thesaurus.words_by(By::Full, &run[at..end]).take(2).collect();
            (!words.is_empty()).then_some((end, words))
        });
        match found {
            Some((end, words)) => {
                out.extend(words);
                covered += end - at;
                at = end;
            }
            None => at += 1,
        }
    }
    (out, covered)
}

/// Whether two words of the same sound share enough characters to be a slip of the same word.
fn near(written: &str, meant: &str) -> bool {
    let shared = written.chars().zip(meant.chars()).filter(|(a, b)| a == b).count();
    written != meant && (shared > 0 || written.chars().count() > 2)
}
