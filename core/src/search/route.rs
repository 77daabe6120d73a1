//! Where to turn when the pack has no good answer: agencies by what the question is about.

use serde::Serialize;

use super::directory::Directory;
use super::searcher::SearchResult;

/// An agency that knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Route {
    /// Short name, e.g. 人社.
    pub agency: String,
    /// Full name.
    pub title: String,
    /// Hotline.
    pub hotline: String,
    /// Where else to turn.
    pub channels: String,
}

/// The agencies for a normalised question, best first: those whose topics it names, else the first hit's, else the last
/// of the directory, which is the general one.
pub fn routes(directory: &Directory, question: &str, result: &SearchResult) -> Vec<Route> {
    let mut named: Vec<(usize, usize)> = directory
        .agencies
        .iter()
        .enumerate()
        .map(|(at, agency)| {
            let length = agency.topics.iter().filter(|topic| question.contains(topic.as_str())).map(String::len).sum();
            (length, at)
        })
        .filter(|&(length, _)| length > 0)
        .collect();
    if let Some(turn_to) = &result.turn_to
        && let Some(at) = directory.agencies.iter().position(|agency| &agency.name == turn_to)
    {
        named.retain(|&(_, known)| known != at);
        named.push((usize::MAX, at));
    }
    // The agency with the most of the question named comes first; the directory's order decides between equals.
    named.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut chosen: Vec<usize> = named.into_iter().map(|(_, at)| at).take(2).collect();
    if chosen.is_empty()
        && result.confident
        && let Some(hit) = result.hits.first()
    {
        chosen.extend(directory.agencies.iter().position(|agency| agency.name == hit.agency));
    }
    if chosen.is_empty() {
        chosen.extend(directory.agencies.len().checked_sub(1));
    }
    let agencies = chosen.into_iter().filter_map(|at| directory.agencies.get(at));
    agencies
        .map(|agency| Route {
            agency: agency.name.clone(),
            title: agency.title.clone(),
            hotline: agency.hotline.clone(),
            channels: agency.channels.clone(),
        })
        .collect()
}
