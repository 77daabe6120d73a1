//! The report of a ledger: one self-contained page with charts as SVG, for the screen and for paper.

use std::fmt::Write;

use sheda_core::calendar::Date;
use sheda_core::ledger::{Count, Figures, LISTED};

/// The page.
pub fn page(title: &str, source: &str, today: &str, figures: &Figures) -> String {
    let mut out = String::with_capacity(32 * 1024);
    let days = figures.first_day.zip(figures.last_day);
    let days = days.map_or_else(|| "—".to_owned(), |(first, last)| format!("{first} 至 {last}"));
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
        ("咨询量", figures.rows.to_string()),
        ("按时答复率", percent(figures.on_time_rate)),
        ("超期", figures.overdue_rows.to_string()),
        ("满意率", percent(figures.satisfaction_rate)),
        ("无质检问题", percent(figures.clean_rate)),
        ("读不出的行", figures.unreadable.to_string()),
    ] {
        let _ = write!(out, "<div><b>{value}</b><span>{name}</span></div>");
    }
    out.push_str("</section>\n");

    heading(&mut out, "一、各服务形式的咨询量和按时率");
    let rows: Vec<Bar> = figures
        .channels
        .iter()
        .map(|channel| {
            Bar::new(&channel.name, channel.rows, format!("{} 件，按时 {}", channel.rows, percent(channel.on_time_rate)))
        })
        .collect();
    bars(&mut out, &rows);
    if figures.months.len() > 1 {
        heading(&mut out, "二、按月咨询量");
        let months: Vec<_> =
            figures.months.iter().map(|month| Bar::new(&month.month, month.rows, month.rows.to_string())).collect();
        bars(&mut out, &months);
    }
    for choices in &figures.choices {
        heading(&mut out, &format!("按{}", choices.column));
        bars(&mut out, &counted(&choices.counts));
    }

    heading(&mut out, "质检问题（按规则）");
    if figures.rules.is_empty() {
        out.push_str("<p>没有发现问题。</p>");
    } else {
        let top: Vec<_> =
            figures.rules.iter().take(12).map(|rule| Bar::new(&rule.code, rule.findings, rule.findings.to_string())).collect();
        bars(&mut out, &top);
        out.push_str("<table><thead><tr><th>规则</th><th>类别</th><th>次数</th><th>例</th></tr></thead><tbody>");
        for rule in &figures.rules {
            let _ = write!(
                out,
                "<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
                escaped(&rule.code),
                escaped(&rule.family),
                rule.findings,
                escaped(&rule.message)
            );
        }
        out.push_str("</tbody></table>");
    }

    heading(&mut out, "满意度");
    if figures.satisfaction.is_empty() {
        out.push_str("<p>台账里没有满意度。</p>");
    } else {
        bars(&mut out, &counted(&figures.satisfaction));
    }

    heading(&mut out, "超期清单");
    if figures.overdue.is_empty() {
        out.push_str("<p>没有超期。</p>");
    } else {
        out.push_str("<table><thead><tr><th>行</th><th>形式</th><th>咨询日期</th><th>应答复</th><th>实答复</th><th>咨询内容</th></tr></thead><tbody>");
        for row in &figures.overdue {
            let day = |day: Option<Date>, none: &str| day.map_or_else(|| none.to_owned(), |day| day.to_string());
            let _ = write!(
                out,
                "<tr><td class=\"n\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                row.row,
                escaped(&row.channel),
                day(row.received, ""),
                row.due,
                day(row.replied, "未答复"),
                escaped(&row.question)
            );
        }
        out.push_str("</tbody></table>");
        if figures.overdue_rows > LISTED as u32 {
            let _ = write!(out, "<p>共 {} 件，只列前 {LISTED} 件。</p>", figures.overdue_rows);
        }
    }

    heading(&mut out, "知识库没有答上的问题");
    if figures.unanswered.is_empty() {
        out.push_str("<p>没有记为“未能答复”的咨询。</p>");
    } else {
        out.push_str("<table><thead><tr><th>问题</th><th>次数</th></tr></thead><tbody>");
        for Count { name, rows } in &figures.unanswered {
            let _ = write!(out, "<tr><td>{}</td><td class=\"n\">{rows}</td></tr>", escaped(name));
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

/// One bar of a chart.
struct Bar {
    name: String,
    value: f64,
    label: String,
}

impl Bar {
    fn new(name: &str, value: u32, label: String) -> Self {
        Self { name: name.to_owned(), value: f64::from(value), label }
    }
}

fn counted(counts: &[Count]) -> Vec<Bar> {
    counts.iter().map(|count| Bar::new(&count.name, count.rows, count.rows.to_string())).collect()
}

/// A bar chart.
fn bars(out: &mut String, rows: &[Bar]) {
    const HEIGHT: usize = 26;
    const WIDTH: f64 = 800.0;
    const LEFT: f64 = 130.0;
    const LABEL: f64 = 170.0;
    let most = rows.iter().map(|row| row.value).fold(1.0, f64::max);
    let total = rows.len() * HEIGHT;
    let _ =
        write!(out, "<svg viewBox=\"0 0 {WIDTH} {total}\" role=\"img\" font-size=\"13\" xmlns=\"http://www.w3.org/2000/svg\">");
    for (at, Bar { name, value, label }) in rows.iter().enumerate() {
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
        let unanswered = vec![Count { name: "<script>alert(1)</script>".into(), rows: 1 }];
        let figures = Figures { rows: 1, unanswered, ..Figures::default() };
        let page = page("报告", "台账.csv", "2026-11-23", &figures);
        assert!(!page.contains("<script") && page.contains("&lt;script"));
        assert!(
            !page.contains("http://") || page.matches("http").count() == page.matches("http://www.w3.org/2000/svg").count(),
            "不引用外部资源"
        );
    }
}
