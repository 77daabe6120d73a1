//! Ledgers in and out: formats, bad headings, bad rows, and that one bad row stops nothing.

// What the tests share may panic as a test may.
#![allow(clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use sheda_core::ledger::{Record, Schema};
use sheda_kb::files::Disk;
use sheda_kb::ledger::{Row, Writer, read};

fn schema() -> Schema {
    sheda_kb::toml_file::read(&Disk, &PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("ledger/schema.toml"))
        .expect("the schema is sound")
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("a file for tests");
    path
}

fn rows(path: &Path) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    read(path, &schema(), &mut |row| {
        rows.push(row);
        Ok(())
    })
    .map_err(|error| format!("{error:#}"))?;
    Ok(rows)
}

const HEADINGS: &str = "序号,咨询日期,咨询人,联系电话,咨询形式,险种,咨询内容,答复内容,答复日期,经办人,办理结果,满意度";

#[test]
fn csv_with_a_title_a_bad_row_and_blank_rows() {
    let mut text = format!("\u{feff}咨询服务台账,,,\n{HEADINGS}\n").into_bytes();
    text.extend_from_slice("1,2026-11-20,王女士,,电话,失业,问,\"答，\n第二行\",2026-11-20,李明,已办结,满意\n".as_bytes());
    text.extend_from_slice(b"2,\xff\xfe,x\n,,,\n");
    text.extend_from_slice("3,2026-11-21,张先生,,窗口,养老,问,答,2026-11-21,李明,已办结,满意,多,余\n4,2026-11-22\n".as_bytes());
    let rows = rows(&file("台账.csv", &text)).expect("readable");
    let got: Vec<bool> = rows.iter().map(|row| row.record.is_ok()).collect();
    assert_eq!(got, [true, false, false, true], "{rows:?}");
    assert_eq!(rows[0].number, 3);
    assert!(rows[0].record.as_ref().is_ok_and(|record| record.0["答复内容"].0.contains("第二行")));
}

#[test]
fn missing_and_merged_headings_are_named() {
    for (name, text, part) in [
        ("缺栏.csv", "序号,咨询日期,咨询人,险种\n1,2,3,4\n".to_owned(), "缺少必需的栏目：咨询形式"),
        ("没有表头.csv", "a,b,c\n1,2,3\n".to_owned(), "没有表头"),
        ("空.csv", String::new(), "没有表头"),
        ("重复.csv", format!("{HEADINGS},日期\n"), "出现了两次"),
        ("空格.csv", HEADINGS.replace("咨询人", ""), "第 3 列的表头是空的"),
    ] {
        let error = rows(&file(name, text.as_bytes())).expect_err(name);
        assert!(error.contains(part), "{name}: {error}");
    }
    assert!(rows(&file("台账.doc", b"x")).expect_err("unknown type").contains("不认识的文件类型"));
    assert!(rows(&file("坏的.xlsx", b"not a workbook")).expect_err("not a workbook").contains("Excel"));
}

#[test]
fn a_merged_heading_in_a_workbook_names_its_cells() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, name) in HEADINGS.split(',').enumerate() {
        sheet.write_string(1, at as u16, name).expect("written");
    }
    sheet.merge_range(1, 2, 1, 3, "咨询人", &rust_xlsxwriter::Format::new()).expect("merged");
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("合并.xlsx");
    book.save(&path).expect("saved");
    let error = rows(&path).expect_err("merged");
    assert!(error.contains("C2:D2") && error.contains("合并"), "{error}");
}

#[test]
fn what_is_written_reads_back() {
    let schema = schema();
    let mut record = Record::default();
    for (column, value) in HEADINGS.split(',').zip([
        "1",
        "2026-11-20",
        "王,女士",
        "138****5678",
        "电话",
        "失业",
        "问\"题\"",
        "答\n复",
        "2026-11-20",
        "李明",
        "已办结",
        "满意",
    ]) {
        record.set(column, value);
    }
    for name in ["往返.csv", "往返.xlsx", "往返.jsonl"] {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let mut writer = Writer::create(&path, &schema).expect(name);
        writer.write(&record, "L101 经办人").expect(name);
        writer.finish().expect(name);
        let rows = rows(&path).expect(name);
        assert_eq!(rows.len(), 1, "{name}");
        let got = rows[0].record.as_ref().expect(name);
        for column in HEADINGS.split(',') {
            assert_eq!(got.0[column], record.0[column], "{name} {column}");
        }
        assert_eq!(got.0["质检结果"].0, "L101 经办人", "{name}");
    }
}
