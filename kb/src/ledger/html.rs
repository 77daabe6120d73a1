//! The report of a ledger: one self-contained page with charts as SVG, for the screen and for paper.

use std::fmt::Write;

use super::tally::{LISTED, Tally};

/// The page.
pub fn page(title: &str, source: &str, today: &str, tally: &Tally) -> String {
    let mut out = String::with_capacity(32 * 1024);
    let days = tally.days.map_or_else(|| "—".to_owned(), |(first, last)| format!("{first} 至 {last}"));
    let percent = |share: Option<f64>| share.map_or_else(|| "—".to_owned(), |share| format!("{:.1}%", share * 100.0));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{}</title>\n<style>{STYLE}</style></head><body>\n<header><h1>{}</h1><p>台账：{}　统计期间：{days}　生成日期：{}</p></header>\n",
        escaped(title),
        escaped(title),
        escaped(source),
        escaped(today)
    );
    out.push_str("<section class=\"figures\">");
    for (name, value) in [
        ("咨询量", tally.rows.to_string()),
        ("按时答复率", percent(tally.on_time_rate())),
        ("超期", tally.overdue_rows.to_string()),
        ("满意率", percent(tally.satisfaction_rate())),
        ("无质检问题", percent((tally.rows > 0).then(|| tally.clean as f64 / tally.rows as f64))),
        ("读不出的行", tally.unreadable.to_string()),
    ] {
        let _ = write!(out, "<div><b>{value}</b><span>{name}</span></div>");
    }
    out.push_str("</section>\n");

    heading(&mut out, "一、各服务形式的咨询量和按时率");
    let rows: Vec<(String, f64, String)> = tally
        .channels
        .iter()
        .map(|(name, count)| {
            let rate = (count.timed > 0).then(|| count.on_time as f64 / count.timed as f64);
            (name.clone(), count.rows as f64, format!("{} 件，按时 {}", count.rows, percent(rate)))
        })
        .collect();
    bars(&mut out, &rows);
    if tally.months.len() > 1 {
        heading(&mut out, "二、按月咨询量");
        let months: Vec<_> =
            tally.months.iter().map(|(month, count)| (month.clone(), *count as f64, count.to_string())).collect();
        bars(&mut out, &months);
    }
    for (column, counts) in &tally.choices {
        heading(&mut out, &format!("按{column}"));
        let mut rows: Vec<_> = counts.iter().map(|(name, count)| (name.clone(), *count as f64, count.to_string())).collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1));
        bars(&mut out, &rows);
    }

    heading(&mut out, "质检问题（按规则）");
    let mut rules: Vec<_> = tally.rules.iter().collect();
    rules.sort_by(|a, b| b.1.findings.cmp(&a.1.findings).then_with(|| a.0.cmp(b.0)));
    if rules.is_empty() {
        out.push_str("<p>没有发现问题。</p>");
    } else {
        let top: Vec<_> = rules
            .iter()
            .take(12)
            .map(|(code, count)| ((*code).clone(), count.findings as f64, count.findings.to_string()))
            .collect();
        bars(&mut out, &top);
        out.push_str("<table><thead><tr><th>规则</th><th>类别</th><th>次数</th><th>例</th></tr></thead><tbody>");
        for (code, count) in &rules {
            let _ = write!(
                out,
                "<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
                escaped(code),
                escaped(&count.family),
                count.findings,
                escaped(&count.message)
            );
        }
        out.push_str("</tbody></table>");
    }

    heading(&mut out, "满意度");
    let satisfaction: Vec<_> =
        tally.satisfaction.iter().map(|(name, count)| (name.clone(), *count as f64, count.to_string())).collect();
    if satisfaction.is_empty() {
        out.push_str("<p>台账里没有满意度。</p>");
    } else {
        bars(&mut out, &satisfaction);
    }

    heading(&mut out, "超期清单");
    if tally.overdue.is_empty() {
        out.push_str("<p>没有超期。</p>");
    } else {
        out.push_str("<table><thead><tr><th>行</th><th>形式</th><th>咨询日期</th><th>应答复</th><th>实答复</th><th>咨询内容</th></tr></thead><tbody>");
        for row in &tally.overdue {
            let replied = if row.replied.is_empty() { "未答复" } else { &row.replied };
            let _ = write!(
                out,
                "<tr><td class=\"n\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                row.row,
                escaped(&row.channel),
                row.received,
                row.due,
                replied,
                escaped(&row.question)
            );
        }
        out.push_str("</tbody></table>");
        if tally.overdue_rows > LISTED as u64 {
            let _ = write!(out, "<p>共 {} 件，只列前 {LISTED} 件。</p>", tally.overdue_rows);
        }
    }

    heading(&mut out, "知识库没有答上的问题");
    if tally.unanswered.is_empty() {
        out.push_str("<p>没有记为“未能答复”的咨询。</p>");
    } else {
        out.push_str("<table><thead><tr><th>问题</th><th>次数</th></tr></thead><tbody>");
        let mut questions: Vec<_> = tally.unanswered.iter().collect();
        questions.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        for (question, count) in questions {
            let _ = write!(out, "<tr><td>{}</td><td class=\"n\">{count}</td></tr>", escaped(question));
        }
        out.push_str("</tbody></table>");
    }
    out.push_str("<footer>依据：编制说明五8“服务质量监督、评价、改进”。时限是本单位在 profile.toml 里的承诺，不是标准条款；台账栏目为本产品默认。</footer>\n</body></html>\n");
    out
}

const STYLE: &str = "body{font:15px/1.6 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem;color:#1d2733}\
h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:1.8rem 0 .6rem;border-bottom:1px solid #cfd8e3;padding-bottom:.2rem}\
header p,footer{color:#5b6b7d;font-size:.85rem}.figures{display:flex;flex-wrap:wrap;gap:.8rem;margin:1rem 0}\
.figures div{flex:1 1 8rem;border:1px solid #cfd8e3;border-radius:.5rem;padding:.6rem .8rem}.figures b{display:block;font-size:1.4rem}.figures span{color:#5b6b7d}\
table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{border-bottom:1px solid #e3e9f0;padding:.3rem .5rem;text-align:left;vertical-align:top}td.n{text-align:right}\
svg{width:100%;height:auto}@media print{body{padding:0;font-size:11pt}tr,svg{break-inside:avoid}thead{display:table-header-group}}";

fn heading(out: &mut String, text: &str) {
    let _ = writeln!(out, "<h2>{}</h2>", escaped(text));
}

/// A bar chart: name, value, label.
fn bars(out: &mut String, rows: &[(String, f64, String)]) {
    const HEIGHT: usize = 26;
    const WIDTH: f64 = 800.0;
    const LEFT: f64 = 130.0;
    const LABEL: f64 = 170.0;
    let most = rows.iter().map(|row| row.1).fold(1.0, f64::max);
    let total = rows.len() * HEIGHT;
    let _ =
        write!(out, "<svg viewBox=\"0 0 {WIDTH} {total}\" role=\"img\" font-size=\"13\" xmlns=\"http://www.w3.org/2000/svg\">");
    for (at, (name, value, label)) in rows.iter().enumerate() {
        let top = at * HEIGHT;
        let length = value / most * (WIDTH - LEFT - LABEL);
        let _ = write!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text><rect x=\"{LEFT}\" y=\"{}\" width=\"{length:.1}\" height=\"16\" rx=\"2\" fill=\"#2f6fb3\"/><text x=\"{:.1}\" y=\"{}\" fill=\"#5b6b7d\">{}</text>",
            LEFT - 8.0,
            top + 18,
            escaped(name),
            top + 5,
            LEFT + length + 6.0,
            top + 18,
            escaped(label)
        );
    }
    out.push_str("</svg>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_holds_no_markup_of_the_ledger() {
        let mut tally = Tally { rows: 1, ..Tally::default() };
        tally.unanswered.insert("<script>alert(1)</script>".into(), 1);
        let page = page("报告", "台账.csv", "2026-11-23", &tally);
        assert!(!page.contains("<script") && page.contains("&lt;script"));
        assert!(
            !page.contains("http://") || page.matches("http").count() == page.matches("http://www.w3.org/2000/svg").count(),
            "不引用外部资源"
        );
    }
}
