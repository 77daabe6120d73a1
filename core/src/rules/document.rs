//! A text under check: normalised, with its sentences, clauses, quotations and word edges.

use crate::text::{ByteSpan, Normalized, Normalizer, is_han};

use super::pattern::{ends_clause, ends_sentence};

/// Cutting a text into words; implemented by the pack's dictionary.
pub trait Words {
    /// Calls `emit` with every word of a normalised text, in order.
    fn cut(&self, text: &str, emit: &mut dyn FnMut(ByteSpan));
    /// Calls `found` with the length in bytes of every listed word that `text` begins with.
    fn prefixes(&self, text: &str, found: &mut dyn FnMut(usize));
}

impl<D: AsRef<[u8]>> Words for crate::text::Dictionary<D> {
    fn cut(&self, text: &str, emit: &mut dyn FnMut(ByteSpan)) {
        Self::cut(self, text, emit);
    }

    fn prefixes(&self, text: &str, found: &mut dyn FnMut(usize)) {
        Self::prefixes(self, text, |length, _| found(length));
    }
}

/// No dictionary: every place is an edge between words.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoWords;

impl Words for NoWords {
    fn cut(&self, _: &str, _: &mut dyn FnMut(ByteSpan)) {}

    fn prefixes(&self, _: &str, _: &mut dyn FnMut(usize)) {}
}

/// How far the context of a match is looked at, in bytes on either side (about 80 characters).
const REACH: usize = 240;
/// How far words are cut on either side of an edge, in bytes (16 characters).
const CUT_REACH: usize = 48;
/// Longest dictionary word considered, in bytes (5 characters).
const LONGEST_WORD: usize = 15;

/// A text and what is known about its structure.
#[derive(Debug)]
pub struct Document<'t> {
    /// The text as received.
    pub original: &'t str,
    normal: Normalized,
    /// Quoted parts of the normalised text, without their quotation marks, in order.
    quotes: Vec<ByteSpan>,
}

impl<'t> Document<'t> {
    /// Reads a text.
    pub fn new(original: &'t str, normalizer: &Normalizer) -> Self {
        let normal = normalizer.normalize(original).closed_up();
        let quotes = quotes(&normal.text);
        Self { original, normal, quotes }
    }

    /// The normalised text, which all spans of the rules refer to.
    pub fn text(&self) -> &str {
        &self.normal.text
    }

    /// The span of the original text for one of the normalised.
    pub fn origin(&self, span: ByteSpan) -> ByteSpan {
        self.normal.origin(span, self.original)
    }

    /// The part of the sentence around `span` within reach.
    pub fn sentence(&self, span: ByteSpan) -> ByteSpan {
        self.bounded(span, ends_sentence)
    }

    /// The part of the clause around `span` within reach.
    pub fn clause(&self, span: ByteSpan) -> ByteSpan {
        self.bounded(span, ends_clause)
    }

    /// The sentence before the one around `span`; empty at the start of the text.
    pub fn sentence_before(&self, span: ByteSpan) -> ByteSpan {
        let start = self.sentence(span).start;
        let end = self.text()[..start].trim_end_matches(|c: char| ends_sentence(c) || c.is_whitespace() || c == '”').len();
        if end == 0 {
            return ByteSpan::new(0, 0);
        }
        ByteSpan::new(self.sentence(ByteSpan::new(end, end)).start, end)
    }

    fn bounded(&self, span: ByteSpan, ends: fn(char) -> bool) -> ByteSpan {
        let text = self.text();
        let floor = self.at_char(span.start.saturating_sub(REACH));
        let ceiling = self.at_char((span.end + REACH).min(text.len()));
        let start = text[floor..span.start].char_indices().rev().find(|&(_, c)| ends(c));
        let end = text[span.end..ceiling].find(ends);
        ByteSpan::new(start.map_or(floor, |(at, c)| floor + at + c.len_utf8()), end.map_or(ceiling, |at| span.end + at))
    }

    /// Whether `span` lies inside quotation marks.
    pub fn quoted(&self, span: ByteSpan) -> bool {
        let after = self.quotes.partition_point(|quote| quote.start <= span.start);
        after > 0 && self.quotes[after - 1].end >= span.end
    }

    /// Whether both ends of `span` lie between two words.
    pub fn between_words(&self, words: &dyn Words, span: ByteSpan) -> bool {
        self.edge(words, span.start) && self.edge(words, span.end)
    }

    /// Whether `at` lies between two words.
    fn edge(&self, words: &dyn Words, at: usize) -> bool {
        let text = self.text();
        let joined = |c: Option<char>| c.is_some_and(|c| is_han(c) || c.is_alphanumeric());
        let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
        if !joined(before) || !joined(after) {
            return true;
        }
        // A pronoun is a word of its own, though jieba lists 告诉您 and 给我.
        let pronoun = |c: Option<char>| matches!(c, Some('我' | '你' | '您' | '他' | '她' | '它'));
        if pronoun(before) || pronoun(after) {
            return true;
        }
        if !before.is_some_and(is_han) || !after.is_some_and(is_han) {
            // Between Han and Latin there is always an edge; inside a number or a Latin word there is none.
            return before.is_some_and(is_han) != after.is_some_and(is_han);
        }
        if !self.straddled(words, at) {
            return true;
        }
        let start = self.at_char(at.saturating_sub(CUT_REACH));
        let end = self.at_char((at + CUT_REACH).min(text.len()));
        let mut cut_here = false;
        let mut inside = false;
        words.cut(&text[start..end], &mut |word| {
            cut_here |= start + word.start == at;
            inside |= start + word.start < at && at < start + word.end;
        });
        cut_here && !inside
    }

    /// Whether some listed word begins before `at` and ends after it.
    fn straddled(&self, words: &dyn Words, at: usize) -> bool {
        let text = self.text();
        let mut start = at;
        while start > 0 && at - start < LONGEST_WORD {
            start = self.at_char(start - 1);
            if !text[start..].chars().next().is_some_and(is_han) {
                return false;
            }
            let mut across = false;
            words.prefixes(&text[start..], &mut |length| across |= start + length > at);
            if across {
                return true;
            }
        }
        false
    }

    /// The character boundary at or before a byte.
    fn at_char(&self, mut at: usize) -> usize {
        while !self.text().is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// Quoted parts: “…” ‘…’ 「…」 『…』 and pairs of "…". A quotation ends at its mark or, unclosed, is none.
fn quotes(text: &str) -> Vec<ByteSpan> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (Some((start, close)), c) if c == close => {
                out.push(ByteSpan::new(start, at));
                open = None;
            }
            (None, '“') => open = Some((at + 3, '”')),
            (None, '‘') => open = Some((at + 3, '’')),
            (None, '「') => open = Some((at + 3, '」')),
            (None, '『') => open = Some((at + 3, '』')),
            (None, '"') => open = Some((at + 1, '"')),
            // A quotation does not run over a line.
            (Some(_), '\n') => open = None,
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document<'_> {
        Document::new(text, &Normalizer::default())
    }

    #[test]
    fn sentences_clauses_and_quotes() {
        let text = "您好。请说“不知道”，不要说别的；再见";
        let document = document(text);
        let at = document.text().find("不知道").expect("there");
        let span = ByteSpan::new(at, at + 9);
        assert_eq!(document.sentence(span).of(document.text()), "请说“不知道”,不要说别的");
        assert_eq!(document.clause(span).of(document.text()), "请说“不知道”");
        assert_eq!(document.sentence_before(span).of(document.text()), "您好");
        assert!(document.quoted(span));
        assert!(!document.quoted(ByteSpan::new(0, 6)));
    }
}
