//! Writing a map of byte strings to numbers in the format of the `fst` crate, which reads it.
//!
//! That crate's own builder gives other bytes on a 32-bit machine than on a 64-bit one: which states it shares hangs on a
//! hash cut to the machine's word. A pack that a browser builds must equal the one that a server builds, so here every
//! state that can be shared is, and the map is as small as it can be.

use std::collections::HashMap;

/// The version of the format.
const VERSION: u64 = 3;
/// The state without transitions that ends a key; it is not written.
const EMPTY: u64 = 0;
/// States with more transitions than this carry an index by input.
const INDEXED_ABOVE: usize = 32;
/// Inputs that the format packs into a state's first byte, by their number from 1.
const COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";

/// A transition: input, output, address of the state it leads to.
type Transition = (u8, u64, u64);

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct State {
    /// What a key that ends here adds.
    last: Option<u64>,
    transitions: Vec<Transition>,
}

/// A state whose last transition is not known in full.
#[derive(Debug, Default)]
struct Open {
    state: State,
    next: Option<(u8, u64)>,
}

/// Writes a map; keys must come in order, each once.
#[derive(Debug)]
pub struct MapWriter {
    out: Vec<u8>,
    open: Vec<Open>,
    written: HashMap<State, u64>,
    /// Address of the state written last.
    latest: u64,
    keys: u64,
    last: Vec<u8>,
}

/// A key came out of order, or twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("词表没有排好序，或有重复")]
pub struct OutOfOrder;

impl Default for MapWriter {
    fn default() -> Self {
        let mut out = VERSION.to_le_bytes().to_vec();
        out.extend_from_slice(&0u64.to_le_bytes());
        Self { out, open: vec![Open::default()], written: HashMap::new(), latest: 1, keys: 0, last: Vec::new() }
    }
}

impl MapWriter {
    /// Adds a key.
    ///
    /// # Errors
    /// If it does not come after the one before.
    pub fn insert(&mut self, key: impl AsRef<[u8]>, value: u64) -> Result<(), OutOfOrder> {
        let key = key.as_ref();
        if self.keys > 0 && key <= self.last.as_slice() {
            return Err(OutOfOrder);
        }
        let shared = key.iter().zip(&self.last).take_while(|(a, b)| a == b).count();
        self.close(shared);
        let mut rest = value;
        // Outputs stand as near to the start as all keys through a state allow.
        for at in 0..shared {
            let Some((_, output)) = &mut self.open[at].next else { continue };
            let common = rest.min(*output);
            let beyond = *output - common;
            *output = common;
            rest -= common;
            self.open[at + 1].push_down(beyond);
        }
        for &byte in &key[shared..] {
            if let Some(open) = self.open.last_mut() {
                open.next = Some((byte, rest));
            }
            rest = 0;
            self.open.push(Open::default());
        }
        if let Some(end) = self.open.last_mut() {
            end.state.last = Some(rest);
        }
        self.keys += 1;
        self.last.clear();
        self.last.extend_from_slice(key);
        Ok(())
    }

    /// Ends the map and gives its bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.close(0);
        let root = self.open.pop().map_or_else(State::default, |open| open.state);
        let root = self.address(root);
        self.out.extend_from_slice(&self.keys.to_le_bytes());
        self.out.extend_from_slice(&root.to_le_bytes());
        let sum = checksum(&self.out);
        self.out.extend_from_slice(&sum.to_le_bytes());
        self.out
    }

    /// Writes the open states below `depth`: no further key passes through them.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth + 1 {
            let state = self.open.pop().map_or_else(State::default, |open| open.state);
            let address = self.address(state);
            if let Some(above) = self.open.last_mut()
                && let Some((input, output)) = above.next.take()
            {
                above.state.transitions.push((input, output, address));
            }
        }
    }

    /// Where a state stands, written if no equal one is.
    fn address(&mut self, state: State) -> u64 {
        if state.last == Some(0) && state.transitions.is_empty() {
            return EMPTY;
        }
        if let Some(&address) = self.written.get(&state) {
            return address;
        }
        self.write(&state);
        self.latest = self.out.len() as u64 - 1;
        self.written.insert(state, self.latest);
        self.latest
    }

    /// A state is written backwards: what is read first stands last.
    fn write(&mut self, state: &State) {
        let start = self.out.len() as u64;
        let out = &mut self.out;
        if let (None, &[(input, output, address)]) = (state.last, state.transitions.as_slice()) {
            let follows = address == self.latest && output == 0;
            if !follows {
                let outputs = if output == 0 { 0 } else { width(output) };
                push(out, output, outputs);
                let delta = delta(start, address);
                push(out, delta, width(delta));
                out.push(width(delta) << 4 | outputs);
            }
            let number = COMMON.iter().position(|&common| common == input).map_or(0, |at| at as u8 + 1);
            if number == 0 {
                out.push(input);
            }
            out.push(if follows { 0b1100_0000 } else { 0b1000_0000 } | number);
            return;
        }
        let transitions = &state.transitions;
        let outputs = || state.last.into_iter().chain(transitions.iter().map(|&(_, output, _)| output));
        let any = outputs().any(|output| output != 0);
        let wide = if any { outputs().map(width).max().unwrap_or(0) } else { 0 };
        let far = transitions.iter().map(|&(_, _, address)| width(delta(start, address))).max().unwrap_or(0);
        if any {
            state.last.into_iter().for_each(|output| push(out, output, wide));
            transitions.iter().rev().for_each(|&(_, output, _)| push(out, output, wide));
        }
        transitions.iter().rev().for_each(|&(_, _, address)| push(out, delta(start, address), far));
        out.extend(transitions.iter().rev().map(|&(input, _, _)| input));
        if transitions.len() > INDEXED_ABOVE {
            let mut index = [255; 256];
            for (at, &(input, _, _)) in transitions.iter().enumerate() {
                index[usize::from(input)] = at as u8;
            }
            out.extend_from_slice(&index);
        }
        out.push(far << 4 | wide);
        let few = transitions.len() as u8 & 0x3f;
        let fits = (1..0x40).contains(&transitions.len());
        if !fits {
            // 256 does not fit a byte; a single transition is never written here, so 1 stands for it.
            out.push(if transitions.len() == 256 { 1 } else { transitions.len() as u8 });
        }
        out.push(u8::from(state.last.is_some()) << 6 | if fits { few } else { 0 });
    }
}

impl Open {
    /// Adds to every output that leaves this state, and to its own.
    fn push_down(&mut self, output: u64) {
        if let Some(last) = &mut self.state.last {
            *last += output;
        }
        self.state.transitions.iter_mut().for_each(|transition| transition.1 += output);
        if let Some((_, next)) = &mut self.next {
            *next += output;
        }
    }
}

fn delta(from: u64, to: u64) -> u64 {
    if to == EMPTY { EMPTY } else { from - to }
}

/// Bytes that hold a number, at least one.
fn width(number: u64) -> u8 {
    (64 - number.leading_zeros()).div_ceil(8).max(1) as u8
}

/// CRC-32C, turned and shifted as the format wants it.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0x82f6_3b78 } else { sum >> 1 };
    let sum = !bytes.iter().fold(!0, |sum, &byte| (0..8).fold(sum ^ u32::from(byte), step));
    sum.rotate_right(15).wrapping_add(0xa282_ead8)
}

fn push(out: &mut Vec<u8>, number: u64, width: u8) {
    out.extend_from_slice(&number.to_le_bytes()[..usize::from(width)]);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn written(pairs: &BTreeMap<Vec<u8>, u64>) -> Vec<u8> {
        let mut writer = MapWriter::default();
        pairs.iter().for_each(|(key, &value)| writer.insert(key, value).expect("in order"));
        writer.finish()
    }

    fn read(bytes: Vec<u8>) -> BTreeMap<Vec<u8>, u64> {
        use fst::Streamer;
        let map = fst::Map::new(bytes).expect("the format of the crate");
        map.as_fst().verify().expect("its checksum");
        let (mut pairs, mut stream) = (BTreeMap::new(), map.stream());
        while let Some((key, value)) = stream.next() {
            assert_eq!(map.get(key), Some(value));
            pairs.insert(key.to_vec(), value);
        }
        assert_eq!(map.len(), pairs.len());
        pairs
    }

    #[test]
    fn what_is_written_is_read() {
        let words = |texts: &[(&str, u64)]| texts.iter().map(|(text, value)| (text.as_bytes().to_vec(), *value)).collect();
        let wide: BTreeMap<Vec<u8>, u64> = (0..=255u8).map(|byte| (vec![byte], u64::from(byte) * 1000)).collect();
        let many: BTreeMap<Vec<u8>, u64> = (0..40u8).map(|byte| (vec![byte, 7], u64::from(byte % 3))).collect();
        for pairs in [
            BTreeMap::new(),
            words(&[("", 7)]),
            words(&[("", 0), ("a", 0)]),
            words(&[("失业", 5), ("失业保险", 3), ("失业金", 9), ("工伤", 3)]),
            words(&[("mon", 2), ("thurs", 5), ("tues", 3), ("tye", 99)]),
            wide,
            many,
        ] {
            assert_eq!(read(written(&pairs)), pairs);
        }
    }

    #[test]
    fn many_keys_are_read_and_no_larger_than_the_crate_writes_them() {
        let mut state = 1u64;
        let mut random = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut pairs = BTreeMap::new();
        for _ in 0..20_000 {
            let key: Vec<u8> = (0..=random(6)).map(|_| b'a' + random(9) as u8).collect();
            pairs.insert(key, random(1 << 20));
        }
        let bytes = written(&pairs);
        let mut crates = fst::MapBuilder::memory();
        pairs.iter().for_each(|(key, &value)| crates.insert(key, value).expect("in order"));
        assert!(bytes.len() <= crates.into_inner().expect("written").len());
        assert!(read(bytes) == pairs);
    }

    #[test]
    fn keys_out_of_order_are_refused() {
        let mut writer = MapWriter::default();
        writer.insert("b", 1).expect("the first");
        assert_eq!(writer.insert("b", 1), Err(OutOfOrder));
        assert_eq!(writer.insert("a", 1), Err(OutOfOrder));
    }
}
