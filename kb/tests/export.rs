//! What is exported for a server ranks there as here: BM25 as Lucene computes it, over nothing but the exported files.

// What the tests share may panic as a test may.
#![allow(clippy::expect_used)]

use std::collections::HashMap;
use std::path::PathBuf;

use serde_json::Value;
use sheda_core::Engine;
use sheda_core::search::{SearchOptions, Weights};
use sheda_kb::builder::build_folders;
use sheda_kb::export::Target;
use sheda_kb::files::Disk;
use sheda_kb::progress::unheard;
use sheda_kb::recipe::Recipe;

fn engine() -> Engine {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let built = build_folders(&Disk, &[folder], &Recipe::whole(), &unheard).expect("the knowledge is sound");
    let mut engine = Engine::open(built.pack).expect("just built");
    // What the query carries: words and their weights, not the second reading of the leading candidates.
    engine.set_weights(Weights { ask: 0.0, sentence: 0.0, meaning: 0.0, ..Weights::default() });
    engine
}

/// Scores the exported documents with the exported query and mapping as Lucene would, best first.
fn ranked(documents: &[Value], mapping: &Value, query: &Value) -> Vec<(f64, String)> {
    let similarity = &mapping["settings"]["index"]["similarity"]["sheda"];
    let (k1, b) = (similarity["k1"].as_f64().expect("k1"), similarity["b"].as_f64().expect("b"));
    let counted: Vec<(HashMap<&str, f64>, f64)> = documents
        .iter()
        .map(|document| {
            let mut counts = HashMap::new();
            let mut length = 0.0;
            for token in document["grams"].as_str().expect("tokens").split(' ') {
                *counts.entry(token).or_insert(0.0) += 1.0;
                length += 1.0;
            }
            (counts, length)
        })
        .collect();
    let n = counted.len() as f64;
    let average = counted.iter().map(|(_, length)| length).sum::<f64>() / n;
    let mut scores = vec![0.0; documents.len()];
    for clause in query["query"]["bool"]["should"].as_array().expect("clauses") {
        let term = &clause["term"]["grams"];
        let (value, boost) = (term["value"].as_str().expect("a token"), term["boost"].as_f64().expect("a weight"));
        let df = counted.iter().filter(|(counts, _)| counts.contains_key(value)).count() as f64;
        let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
        for (score, (counts, length)) in scores.iter_mut().zip(&counted) {
            let tf = counts.get(value).copied().unwrap_or_default();
            *score += boost * idf * tf / (tf + k1 * (1.0 - b + b * length / average));
        }
    }
    let mut ranked: Vec<(f64, String)> =
        scores.into_iter().zip(documents).map(|(score, document)| (score, document["id"].as_str().expect("id").into())).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked
}

#[test]
fn a_server_ranks_as_the_client_does() {
    let engine = engine();
    let searcher = engine.searcher();
    let target = Target::Elasticsearch;
    let lines: Vec<Value> = (0..searcher.answers().len())
        .flat_map(|number| {
            let answer = searcher.answers().get(number).expect("a record");
            let text = target.document(&answer, searcher).expect("text");
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<Value>>()
        })
        .collect();
    let (actions, documents): (Vec<Value>, Vec<Value>) = lines.into_iter().partition(|line| line.get("index").is_some());
    assert_eq!(actions.len(), documents.len());
    assert!(documents.len() > 400);
    let mapping = target.mapping("sheda");
    for question in ["失业金能领几个月", "退休金怎么算", "养老保险满15年就可以不交了吗", "shiyejin"] {
        let expected = ranked(&documents, &mapping, &target.query(question, searcher));
        // Every region is admitted here: the server is given a filter for that.
        let options = SearchOptions { limit: 5, ..SearchOptions::default() };
        let found = searcher.search(question, &options).expect("a search").hits;
        let best = |score: f64| expected.iter().filter(move |(other, _)| (other - score).abs() < 1e-3 * score).map(|(_, id)| id);
        let national: Vec<&(f64, String)> = expected
            .iter()
            .filter(|(_, id)| documents.iter().any(|d| d["id"] == id.as_str() && d["region"] == 100_000))
            .collect();
        for (hit, (score, _)) in found.iter().zip(national) {
            assert!(best(*score).any(|id| *id == hit.id), "{question}: {} 不在服务器的同一名次", hit.id);
        }
    }
}

#[test]
fn quickwit_gets_one_line_a_document_and_a_query_string() {
    let engine = engine();
    let searcher = engine.searcher();
    let answer = searcher.answers().get(0).expect("a record");
    let text = Target::Quickwit.document(&answer, searcher).expect("text");
    assert_eq!(text.lines().count(), 1);
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let mapping = Target::Quickwit.mapping("sheda");
    let fields = mapping["doc_mapping"]["field_mappings"].as_array().expect("fields");
    for name in document.as_object().expect("an object").keys() {
        assert!(fields.iter().any(|field| field["name"] == name.as_str()), "{name} 不在配置里");
    }
    let query = Target::Quickwit.query("失业金", searcher);
    assert!(query["query"].as_str().expect("text").contains("grams:\"失业\"^"), "{query}");
}
