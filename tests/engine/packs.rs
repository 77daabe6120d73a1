//! Packs that are damaged, and the same sources giving the same bytes.

use sheda_core::pack::{Pack, PackWriter};
use sheda_core::{Engine, ErrorCode};
use sheda_kb::builder::build_folders;
use sheda_kb::files::Disk;
use sheda_kb::progress::unheard;
use sheda_kb::recipe::Recipe;
use sheda_tests::{national_pack, root};

#[test]
fn the_same_sources_give_the_same_bytes() {
    let again = build_folders(&Disk, &[root().join("kb")], &Recipe::whole(), &unheard).expect("kb is sound");
    assert!(again.pack == national_pack().expect("kb builds"), "two builds of one source differ");
}

#[test]
fn a_pack_cut_anywhere_is_a_typed_error() {
    let whole = national_pack().expect("kb builds");
    let pack = Pack::open(whole.to_vec()).expect("just built");
    let mut cuts: Vec<usize> = (0..64).collect();
    let mut at = whole.len() - pack.sections().map(|(_, size)| size).sum::<usize>();
    for (_, size) in pack.sections() {
        cuts.extend([at, at + size / 2, (at + size).saturating_sub(1)]);
        at += size;
    }
    for cut in cuts.into_iter().filter(|&cut| cut < whole.len()) {
        let Err(error) = Engine::open(whole[..cut].to_vec()) else { panic!("a pack cut at {cut} opened") };
        assert!(matches!(error.code, ErrorCode::PackEmpty | ErrorCode::PackTruncated), "{cut}: {error}");
    }
}

#[test]
fn a_pack_without_a_section_names_it_or_does_without() {
    let pack = Pack::open(national_pack().expect("kb builds").to_vec()).expect("just built");
    let names: Vec<String> = pack.sections().map(|(name, _)| name.to_owned()).collect();
    for missing in &names {
        let mut writer = PackWriter::default();
        for name in names.iter().filter(|name| *name != missing) {
            writer.add(name.clone(), pack.section(name).expect("listed").to_vec());
        }
        match Engine::open(writer.finish().expect("small")) {
            Ok(engine) => {
                engine.search("失业金", &sheda_core::search::SearchOptions::default()).expect("opened, so it searches");
            }
            Err(error) => {
                assert!(matches!(error.code, ErrorCode::PackIncomplete | ErrorCode::PackDamaged), "{missing}: {error}");
                let named = error.message.contains(missing) || missing.starts_with("index/") && error.message.contains("index");
                assert!(named, "{missing}: {error}");
            }
        }
    }
}

#[test]
fn sections_of_garbage_are_typed_errors() {
    let pack = Pack::open(national_pack().expect("kb builds").to_vec()).expect("just built");
    let names: Vec<String> = pack.sections().map(|(name, _)| name.to_owned()).collect();
    for garbled in &names {
        for garbage in [Vec::new(), vec![0xff; 64]] {
            let mut writer = PackWriter::default();
            for name in &names {
                let bytes = if name == garbled { garbage.clone() } else { pack.section(name).expect("listed").to_vec() };
                writer.add(name.clone(), bytes);
            }
            // Whatever opens must still answer or fail with a typed error.
            if let Ok(engine) = Engine::open(writer.finish().expect("small")) {
                let _ = engine.search("失业金能领几个月", &sheda_core::search::SearchOptions::default());
                let _ = engine.answer("unemployment-benefit-duration");
            }
        }
    }
}
