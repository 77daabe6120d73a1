//! Our segmentation over the pruned dictionary cuts the knowledge base as jieba does over its full one.

use sheda_core::text::{Normalizer, is_han};
use sheda_kb::lexicon::{BaseDictionary, Pruner};
use sheda_tests::national;

#[test]
fn the_pruned_dictionary_cuts_like_jieba() {
    let engine = national().expect("kb is sound");
    let normalizer = Normalizer::default();
    let texts: Vec<String> = (0..engine.searcher().answers().len())
        .map(|number| normalizer.normalize(engine.searcher().answers().get(number).expect("listed").text().expect("text")).text)
        .collect();
    let base = BaseDictionary::open().expect("baked in");
    let mut pruner = Pruner::new(base);
    pruner.keep_words_of(&texts);
    let pruned = pruner.finish(1).expect("builds");
    assert!((pruned.words as usize) < base.len() / 10, "{} of {} words kept", pruned.words, base.len());
    let ours = pruned.open().expect("just built");
    let jieba = jieba_rs::Jieba::new();
    let (mut sentences, mut different) = (0u32, Vec::new());
    for sentence in texts.iter().flat_map(|text| text.split(|c| !is_han(c))).filter(|run| run.chars().count() > 1) {
        sentences += 1;
        let expected: Vec<&str> = jieba.cut(sentence, false).into_iter().map(|token| token.word).collect();
        let got = ours.words(sentence);
        if got != expected {
            different.push((got.join("/"), expected.join("/")));
        }
    }
    assert!(sentences > 5_000, "{sentences}");
    // Costs are rounded to 1/4096, so a path may differ where two are equally probable to four digits.
    assert!(
        different.len() * 1000 < sentences as usize,
        "{} of {sentences} differ, e.g. {:?}",
        different.len(),
        different.first()
    );
}
