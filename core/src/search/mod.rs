//! Search: the index, the query plan, ranking, snippets.

mod bm25;
mod confidence;
mod directory;
mod index;
mod meaning;
mod query;
mod ranking;
mod record;
mod route;
mod scan;
mod searcher;
mod snippet;
mod suggest;
mod terms;
mod thesaurus;
#[cfg(feature = "write")]
pub mod write;

pub use confidence::{CONFIDENT, Evidence};
pub use directory::{Agency, Directory, Region};
pub use query::Interpretation;
pub use ranking::Weights;
pub use record::{Answer, AnswerRef, AnswerStore, Basis, BasisRef, FacetNames, Facets, NATIONAL};
pub use route::{Route, routes};
pub use searcher::{Hit, SearchOptions, SearchResult, Searcher, State};
pub use snippet::Snippet;
pub use suggest::Suggestion;
pub use thesaurus::{Elsewhere, Lexicon, Synonym};
