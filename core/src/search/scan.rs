//! Reads texts for the grams of a question: the leading candidates of every search pass through here, character by character.

use super::terms::{Key, RunKey, Term, TermTable};
use crate::text::{Normalizer, is_han};

const FIRST_HAN: u32 = 0x4e00;
const LAST_HAN: u32 = 0x9fff;

/// Marks a character that some term has but that got no number: the table of terms is asked.
const ASK: u8 = u8::MAX;

/// The terms of a question laid out for reading: each character of the common block that some term has gets a small
/// number, and a unit or a pair is one look into a table.
pub(super) struct Lookup<'p, 't> {
    table: &'p TermTable<'t>,
    /// The number of each character of the block, 0 for the many that no term has.
    numbers: Vec<u8>,
    /// Term + 1 of each number, 0 for none.
    singles: Vec<u16>,
    /// Term + 1 of each pair of numbers.
    pairs: Vec<u16>,
}

impl<'p, 't> Lookup<'p, 't> {
    pub fn new(table: &'p TermTable<'t>) -> Self {
        let mut numbers = vec![0u8; (LAST_HAN - FIRST_HAN + 1) as usize];
        let mut count = 0u8;
        for c in table.entries().filter_map(|(key, _)| key.han()).flat_map(|(first, second)| [first, second]) {
            let Some(number @ 0) = c.checked_sub(FIRST_HAN).and_then(|at| numbers.get_mut(at as usize)) else { continue };
            count = count.saturating_add(1);
            *number = count;
        }
        let width = usize::from(count) + 1;
        let (mut singles, mut pairs) = (vec![0u16; width], vec![0u16; width * width]);
        let number = |c: u32| c.checked_sub(FIRST_HAN).and_then(|at| numbers.get(at as usize)).map_or(0, |&n| usize::from(n));
        for (term, (key, _)) in (1..).zip(table.entries()) {
            // Row and column 0 stay empty: they are of the characters that no term has.
            match key.han().map(|(first, second)| (number(first), second, number(second))) {
                Some((0, ..)) | None => {}
                Some((first, 0, _)) => singles[first] = term,
                Some((_, _, 0)) => {}
                Some((first, _, second)) => pairs[first * width + second] = term,
            }
        }
        Self { table, numbers, singles, pairs }
    }

    /// The terms that scans report by number.
    pub fn terms(&self) -> &[Term<'t>] {
        &self.table.terms
    }

    /// The number of a character given its code.
    #[inline]
    fn number(&self, code: u32) -> u8 {
        // A character outside the block is rare: the table knows.
        code.checked_sub(FIRST_HAN).and_then(|at| self.numbers.get(at as usize)).map_or(ASK, |&number| number)
    }

    fn single(&self, unit: &Unit) -> Option<usize> {
        match unit.number {
            ASK => self.table.find(unit.key),
            number => usize::from(*self.singles.get(usize::from(number))?).checked_sub(1),
        }
    }

    fn pair(&self, first: &Unit, second: &Unit) -> Option<usize> {
        if first.number == ASK || second.number == ASK {
            return self.table.find(first.key.pair(second.key));
        }
        let at = usize::from(first.number) * self.singles.len() + usize::from(second.number);
        usize::from(*self.pairs.get(at)?).checked_sub(1)
    }
}

/// A unit that some term may have.
#[derive(Debug, Clone, Copy)]
struct Unit {
    key: Key,
    number: u8,
    start: usize,
    end: usize,
}

/// What a scan of a text reports.
pub(super) enum Found {
    /// A unit or pair that is the term of this number, with its bytes in the original text.
    Term { number: usize, start: usize, end: usize },
    /// So many units, whether or not they are terms: counts towards the length.
    Units(u32),
    /// A sentence ends at this byte.
    End(usize),
}

/// Reads an original (not normalised) text once and reports the grams of the question that occur in it and the ends of sentences.
pub(super) fn scan(text: &[u8], normalizer: &Normalizer, lookup: &Lookup<'_, '_>, mut report: impl FnMut(Found)) {
    let mut reader = Reader { lookup, previous: None, run: None };
    let mut after = 0;
    loop {
        let at = after;
        // Three bytes from E4 to E9 are almost always a character of the common block.
        if let Some(code) = common_han(text, at) {
            after += 3;
            let plain = normalizer.plain_han(code);
            let number = lookup.number(plain);
            reader.end_run(&mut report);
            if number != 0 {
                reader.unit(Unit { key: Key::han_unit(plain), number, start: at, end: after }, &mut report);
                continue;
            }
            // On to the next character that some term has.
            reader.previous = None;
            let mut skipped = 1;
            while let Some(code) = common_han(text, after)
                && lookup.number(normalizer.plain_han(code)) == 0
            {
                skipped += 1;
                after += 3;
            }
            report(Found::Units(skipped));
            continue;
        }
        let Some((original, length)) = character(text, at) else { break };
        after += length;
        let Some(c) = normalizer.character(original) else {
            // An invisible character joins what it stands between.
            let last = reader.run.as_mut().map(|(_, unit, _)| unit).or(reader.previous.as_mut());
            if let Some(unit) = last.filter(|unit| unit.end == at) {
                unit.end = after;
            }
            continue;
        };
        let han = is_han(c);
        // As `units` cuts runs: a decimal point and a percent sign belong to the number.
        let in_number = || match c {
            '.' => reader.after_digit() && begins_with_digit(text, after, normalizer),
            '%' => reader.after_digit(),
            _ => false,
        };
        if !han && !is_mark(c) && (c.is_alphanumeric() || in_number()) {
            reader.letter(c, at, after);
            continue;
        }
        reader.end_run(&mut report);
        if han {
            let number = lookup.number(c.into());
            reader.unit(Unit { key: Key::han_unit(c.into()), number, start: at, end: after }, &mut report);
        } else if matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n') {
            report(Found::End(after));
        }
    }
    reader.end_run(&mut report);
    report(Found::End(text.len()));
}

/// The code of the character of the common block at a byte, if one stands there.
#[inline]
fn common_han(bytes: &[u8], at: usize) -> Option<u32> {
    let &[high @ 0xe4..=0xe9, middle, low] = bytes.get(at..at + 3)?.first_chunk()? else { return None };
    let code = u32::from(high & 15) << 12 | u32::from(middle & 63) << 6 | u32::from(low & 63);
    (FIRST_HAN..=LAST_HAN).contains(&code).then_some(code)
}

/// The character at a byte and how many bytes it has; `None` at the end. What is not UTF-8 is replaced byte by byte.
fn character(text: &[u8], at: usize) -> Option<(char, usize)> {
    let length = match *text.get(at)? {
        0..=0x7f => return Some((char::from(text[at]), 1)),
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        _ => 4,
    };
    let found = text.get(at..at + length).and_then(|bytes| std::str::from_utf8(bytes).ok()?.chars().next());
    Some(found.map_or((char::REPLACEMENT_CHARACTER, 1), |c| (c, length)))
}

fn begins_with_digit(text: &[u8], mut at: usize, normalizer: &Normalizer) -> bool {
    while let Some((c, length)) = character(text, at) {
        at += length;
        if let Some(plain) = normalizer.character(c) {
            return plain.is_ascii_digit();
        }
    }
    false
}

/// Where a scan stands.
struct Reader<'l, 'p, 't> {
    lookup: &'l Lookup<'p, 't>,
    /// The unit before, if the next may be its neighbour.
    previous: Option<Unit>,
    /// Letters and digits read so far, and the last of them.
    run: Option<(RunKey, Unit, char)>,
}

impl Reader<'_, '_, '_> {
    /// Reports a unit and the pair that it ends.
    #[inline]
    fn unit(&mut self, unit: Unit, report: &mut impl FnMut(Found)) {
        report(Found::Units(1));
        if let Some(number) = self.lookup.single(&unit) {
            report(Found::Term { number, start: unit.start, end: unit.end });
        }
        if let Some(before) = self.previous.filter(|before| before.end == unit.start)
            && let Some(number) = self.lookup.pair(&before, &unit)
        {
            report(Found::Term { number, start: before.start, end: unit.end });
        }
        self.previous = Some(unit);
    }

    fn letter(&mut self, c: char, start: usize, end: usize) {
        let new = || (RunKey::default(), Unit { key: RunKey::default().key(), number: ASK, start, end }, c);
        let (key, unit, last) = self.run.get_or_insert_with(new);
        key.push(c);
        unit.end = end;
        *last = c;
    }

    fn after_digit(&self) -> bool {
        self.run.is_some_and(|(_, _, last)| last.is_ascii_digit())
    }

    #[inline]
    fn end_run(&mut self, report: &mut impl FnMut(Found)) {
        if let Some((key, unit, _)) = self.run.take() {
            self.unit(Unit { key: key.key(), ..unit }, report);
        }
    }
}

/// Whether a character is of the blocks of Chinese punctuation, which are no letters: asking Unicode's tables is slow.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{205f}' | '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}')
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    use super::*;
    use crate::text::{grams, units};

    fn table(question: &str) -> TermTable<'_> {
        let mut table = TermTable::default();
        grams(question, |gram| table.add(Cow::Owned(gram.to_owned()), 1.0, 0.0, false, true));
        table
    }

    /// What a scan finds, and what cutting the text into grams and comparing them one by one finds.
    fn compare(question: &str, text: &str) {
        let normalizer = Normalizer::default();
        let table = table(question);
        let (mut found, mut length) = (BTreeMap::<&str, u32>::new(), 0);
        scan(text.as_bytes(), &normalizer, &Lookup::new(&table), |reported| match reported {
            Found::Term { number, .. } => *found.entry(&table.terms[number].text).or_default() += 1,
            Found::Units(count) => length += count,
            Found::End(_) => {}
        });
        let mut plain = String::new();
        normalizer.normalize_into(text, &mut plain);
        let mut expected = BTreeMap::<&str, u32>::new();
        grams(&plain, |gram| {
            // Numerals are indexed a second time in digits; texts are read as they are written.
            let written = plain.as_bytes().as_ptr_range().contains(&gram.as_ptr());
            if let Some(term) = table.terms.iter().find(|term| written && term.text == gram) {
                *expected.entry(&term.text).or_default() += 1;
            }
        });
        assert_eq!(found, expected, "{question} in {text}");
        assert_eq!(length as usize, units(&plain).count(), "{text}");
    }

    #[test]
    fn every_gram_of_the_question_is_found_as_often_as_it_occurs() {
        let pieces: Vec<char> = "社保失业金养老的一二三年〇㐀𠤪0129aB%.，。 ＡＢ１㎡\u{200b}\n😀".chars().collect();
        let mut seed = 11u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % below
        };
        for _ in 0..400 {
            let mut made_up = |most| (0..random(most)).map(|_| pieces[random(pieces.len())]).collect::<String>();
            let (question, text) = (made_up(12), made_up(60));
            compare(&Normalizer::default().normalize(&question).text, &text);
        }
    }

    #[test]
    fn a_question_of_more_characters_than_there_are_numbers_still_finds_all() {
        let many: String = (0x4e00..0x4e00 + 600).filter_map(char::from_u32).collect();
        let backwards: String = many.chars().rev().collect();
        compare(&many, &many);
        compare(&many, &backwards);
    }
}
