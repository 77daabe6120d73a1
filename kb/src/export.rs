//! A pack's documents for a distributed engine: tokens ready-made, the mapping, and the query that ranks as SheDa does.
//!
//! What a client holds ends at some hundred thousand documents (docs/benchmarks.md). A province's whole corpus belongs on
//! a server, and there the engines that exist are good; what they lack is Chinese segmentation that agrees between index
//! and query. So the tokens are made here and the engine only splits at spaces.

use serde_json::{Value, json};
use sheda_core::search::{AnswerRef, Searcher, Weights};
use sheda_core::text::grams;

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Target {
    /// Quickwit: documents as JSON Lines, index configuration, query strings.
    Quickwit,
    /// Elasticsearch or OpenSearch: bulk requests, mapping, query bodies.
    Elasticsearch,
}

/// The field that holds the tokens.
const TOKENS: &str = "grams";

impl Target {
    /// Name of the file with the index's configuration.
    pub fn mapping_file(self) -> &'static str {
        match self {
            Self::Quickwit => "index.json",
            Self::Elasticsearch => "mapping.json",
        }
    }

    /// Name of the file with the documents.
    pub fn documents_file(self) -> &'static str {
        match self {
            Self::Quickwit => "documents.ndjson",
            Self::Elasticsearch => "bulk.ndjson",
        }
    }

    /// The index's configuration: one field of tokens split at spaces, everything else as it is.
    pub fn mapping(self, index: &str) -> Value {
        let Weights { k1, b, .. } = Weights::default();
        match self {
            Self::Quickwit => {
                let kept = |name: &str, kind: &str| json!({"name": name, "type": kind, "tokenizer": "raw", "stored": true});
                let number = |name: &str| json!({"name": name, "type": "u64", "stored": true, "fast": true});
                json!({
                    "version": "0.8",
                    "index_id": index,
                    "doc_mapping": { "mode": "strict", "field_mappings": [
                        {"name": TOKENS, "type": "text", "tokenizer": "whitespace", "record": "freq", "fieldnorms": true, "stored": false},
                        kept("id", "text"), kept("title", "text"), kept("text", "text"), kept("insurance", "text"),
                        kept("kind", "text"), kept("agency", "text"), kept("effective", "text"), kept("until", "text"),
                        number("region"),
                    ]},
                    "search_settings": { "default_search_fields": [TOKENS] },
                })
            }
            Self::Elasticsearch => json!({
                "settings": { "index": {
                    "similarity": { "sheda": { "type": "BM25", "k1": round(k1), "b": round(b) } },
                    "analysis": { "analyzer": { "tokens": { "type": "custom", "tokenizer": "whitespace" } } },
                }},
                "mappings": { "dynamic": "strict", "properties": {
                    TOKENS: { "type": "text", "analyzer": "tokens", "similarity": "sheda", "index_options": "freqs" },
                    "id": { "type": "keyword" },
                    "title": { "type": "text", "index": false },
                    "text": { "type": "text", "index": false },
                    "insurance": { "type": "keyword" },
                    "kind": { "type": "keyword" },
                    "agency": { "type": "keyword" },
                    "region": { "type": "integer" },
                    "effective": { "type": "keyword" },
                    "until": { "type": "keyword" },
                }},
            }),
        }
    }

    /// One document as lines of the file.
    ///
    /// # Errors
    /// If the record is not what was written.
    pub fn document(self, answer: &AnswerRef<'_>, searcher: &Searcher) -> sheda_core::Result<String> {
        let text = answer.text()?;
        let document = json!({
            "id": answer.id, "title": answer.title, "text": text, "insurance": answer.insurance, "kind": answer.kind,
            "agency": answer.agency, "region": answer.region, "effective": answer.effective.unwrap_or_default(),
            "until": answer.until.unwrap_or_default(), TOKENS: tokens(answer, text, searcher),
        });
        Ok(match self {
            Self::Quickwit => format!("{document}\n"),
            Self::Elasticsearch => format!("{}\n{document}\n", json!({"index": {"_id": answer.id}})),
        })
    }

    /// A question as the engine's query.
    pub fn query(self, question: &str, searcher: &Searcher) -> Value {
        let terms = searcher.weighted_terms(question);
        match self {
            Self::Quickwit => {
                let parts: Vec<String> =
                    terms.iter().map(|(term, weight)| format!("{TOKENS}:\"{term}\"^{}", round(*weight))).collect();
                json!({ "query": parts.join(" OR "), "max_hits": 10 })
            }
            Self::Elasticsearch => {
                let should: Vec<Value> = terms
                    .iter()
                    .map(|(term, weight)| json!({"term": {TOKENS: {"value": term, "boost": round(*weight)}}}))
                    .collect();
                json!({ "size": 10, "query": { "bool": { "should": should } } })
            }
        }
    }
}

/// A weight without the tail that its binary form drags along.
fn round(weight: f32) -> f64 {
    (f64::from(weight) * 1e4).round() / 1e4
}

/// The grams of what is searched, in order, separated by spaces.
fn tokens(answer: &AnswerRef<'_>, text: &str, searcher: &Searcher) -> String {
    let mut out = String::new();
    for part in [answer.title, text].into_iter().chain(answer.questions.iter().copied()) {
        grams(&searcher.normalized(part), |gram| {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(gram);
        });
    }
    out
}
