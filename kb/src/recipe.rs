//! How much of the knowledge goes into a pack: all of it, or what a phone has room for.
//!
//! The compact recipe was chosen by measurement: docs/mini-programs.md says what each line of it saves and costs.

use sheda_core::pack::LeftOut;
use sheda_core::search::write::Keep;
use sheda_core::search::{Answer, NATIONAL};

/// How a pack is made.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// Whether it is the compact one, which rule pages and the dictionary are cut for too.
    pub compact: bool,
    /// Besides the national answers only those of these regions, of what contains them and of what they contain; `None` for all.
    pub regions: Option<Vec<u32>>,
    /// How many of its questions an answer keeps. All of them are searched by.
    pub questions: usize,
    /// Pairs that fewer answers have are left out.
    pub pairs_from: u32,
    /// Pairs that more answers have keep only their number.
    pub pair_postings_up_to: u32,
    /// The same for characters, as a share of the answers.
    pub unit_postings_up_to: f32,
    /// Rounding of the directions of meaning, of 127.
    pub meaning_step: u8,
    /// Rounding of the words' costs, in the dictionary's steps.
    pub cost_step: u32,
    /// How often jieba's corpus must have seen a word for it to be kept only because it lies across the edge of a rule phrase.
    pub crossing_from: u32,
    /// How often it must have seen a character for its reading to be kept.
    pub reading_from: u32,
}

impl Recipe {
    /// Everything.
    pub fn whole() -> Self {
        Self {
            compact: false,
            regions: None,
            questions: usize::MAX,
            pairs_from: 1,
            pair_postings_up_to: u32::MAX,
            unit_postings_up_to: 1.0,
            meaning_step: 1,
            cost_step: 1,
            // Rarer words hardly occur in replies, and keeping them all would make the dictionary ten times as large.
            crossing_from: 500,
            reading_from: 21,
        }
    }

    /// What fits beside the module in a mini-program: at most 600 KB after brotli.
    pub fn compact() -> Self {
        Self {
            compact: true,
            // Whoever publishes for a region names it.
            regions: Some(Vec::new()),
            questions: 3,
            pairs_from: 4,
            pair_postings_up_to: 4,
            // Characters that are more common say little: no search sums those of more than seven answers in ten.
            unit_postings_up_to: 0.5,
            meaning_step: 12,
            cost_step: 1024,
            crossing_from: 10_000,
            reading_from: 500,
        }
    }

    /// What of the index is kept of so many answers.
    pub fn keep(&self, answers: usize) -> Keep {
        let most = answers as f32 * self.unit_postings_up_to;
        Keep {
            pairs_from: self.pairs_from,
            pair_postings_up_to: self.pair_postings_up_to,
            unit_postings_up_to: if self.unit_postings_up_to < 1.0 { most as u32 } else { u32::MAX },
        }
    }

    /// Whether an answer for this region goes in.
    pub fn admits(&self, region: u32) -> bool {
        let asked = |regions: &Vec<u32>| regions.iter().any(|&of| within(region, of) || within(of, region));
        region <= NATIONAL || self.regions.as_ref().is_none_or(asked)
    }

    /// The answer as it is stored.
    pub fn stored(&self, answer: &Answer) -> Answer {
        let mut stored = answer.clone();
        stored.questions.truncate(self.questions);
        stored
    }

    /// What a pack made so does without.
    pub fn left_out(&self) -> Vec<LeftOut> {
        let compact = [LeftOut::Questions, LeftOut::Pairs, LeftOut::RulePages, LeftOut::Words];
        let regions = self.regions.is_some().then_some(LeftOut::Regions);
        regions.into_iter().chain(compact.into_iter().filter(|_| self.compact)).collect()
    }
}

/// Whether a region lies in another: 440100 in 440000.
fn within(region: u32, of: u32) -> bool {
    region == of || region / 100 * 100 == of || region / 10_000 * 10_000 == of
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_that_go_into_a_pack() {
        let recipe = |regions: &[u32]| Recipe { regions: Some(regions.to_vec()), ..Recipe::whole() };
        for (asked, region, expected, why) in [
            (&[][..], 440_000, false, "没有点名的地区"),
            (&[], 100_000, true, "全国的总在"),
            (&[410_100], 100_000, true, "点了名，全国的也在"),
            (&[410_100], 410_100, true, "本市"),
            (&[410_100], 410_000, true, "本市所在的省"),
            (&[410_000], 410_100, true, "本省的市"),
            (&[410_100], 410_200, false, "同省另一个市"),
            (&[410_000], 440_000, false, "别的省"),
            (&[410_000, 440_000], 440_000, true, "两个地区之一"),
        ] {
            assert_eq!(recipe(asked).admits(region), expected, "{why}");
        }
    }

    #[test]
    fn a_whole_pack_leaves_nothing_out() {
        assert!(Recipe::whole().left_out().is_empty());
        assert!(Recipe::whole().admits(440_000));
        assert_eq!(Recipe { regions: Some(vec![440_000]), ..Recipe::whole() }.left_out(), [LeftOut::Regions]);
        assert!(Recipe::compact().left_out().contains(&LeftOut::RulePages));
    }
}
