//! Results as one run of 16-bit numbers, which `wasm/js/src/flat.ts` reads back into plain objects.
//!
//! A search result has some 200 values. Handed over one by one, each text is a call into JavaScript and a decoder of its
//! own, which took a third of a whole search (docs/benchmarks.md); handed over together, all texts are decoded at once.
//! It also spares hosts without `TextDecoder` a slow path for every text.
//!
//! ```text
//! length of the codes u32 · codes · all texts, one after another, in UTF-16
//! 0 null · 1 false · 2 true · 3 whole number u16 · 4 whole number u32 · 5 number f64 · 6 text, length u16 ·
//! 7 text, length u32 · 8 list, count u32, items · 9 object, count u16, entries
//! entry   number of the key u16 (a new one is followed by its length u16, and its text lies among the texts) · value
//! ```
//!
//! Numbers of more than 16 bits have their low half first.

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

const NULL: u16 = 0;
const FALSE: u16 = 1;
const TRUE: u16 = 2;
const SHORT: u16 = 3;
const WHOLE: u16 = 4;
const NUMBER: u16 = 5;
const TEXT: u16 = 6;
const LONG_TEXT: u16 = 7;
const LIST: u16 = 8;
const OBJECT: u16 = 9;

/// Up to here JavaScript's numbers are exact.
const MOST_EXACT: u64 = 1 << 53;

/// Why a value could not be handed over; only types that no result has lead here.
pub type Failure = serde::de::value::Error;

type Done = Result<(), Failure>;

/// Writes a value. Absent values are `null`, maps are objects, unit variants their names.
///
/// # Errors
/// If a map has keys that are no texts, or a number does not fit JavaScript's.
pub fn flatten(value: &impl Serialize) -> Result<Vec<u16>, Failure> {
    let mut flat = Flat { codes: vec![0, 0], ..Flat::default() };
    value.serialize(&mut flat)?;
    let length = flat.codes.len() as u32 - 2;
    (flat.codes[0], flat.codes[1]) = (length as u16, (length >> 16) as u16);
    flat.codes.extend_from_slice(&flat.texts);
    Ok(flat.codes)
}

#[derive(Default)]
struct Flat {
    codes: Vec<u16>,
    texts: Vec<u16>,
    keys: Vec<String>,
}

impl Flat {
    fn u32(&mut self, number: u32) {
        self.codes.extend_from_slice(&[number as u16, (number >> 16) as u16]);
    }

    /// Appends to the texts; gives the length.
    fn append(&mut self, text: &str) -> u32 {
        let before = self.texts.len();
        self.texts.extend(text.encode_utf16());
        (self.texts.len() - before) as u32
    }

    fn text(&mut self, text: &str) {
        let length = self.append(text);
        match u16::try_from(length) {
            Ok(short) => self.codes.extend_from_slice(&[TEXT, short]),
            Err(_) => {
                self.codes.push(LONG_TEXT);
                self.u32(length);
            }
        }
    }

    fn key(&mut self, key: &str) -> Done {
        match self.keys.iter().position(|known| known == key) {
            Some(number) => self.codes.push(number as u16),
            None => {
                let length = u16::try_from(self.append(key)).map_err(Failure::custom)?;
                self.codes.extend_from_slice(&[u16::try_from(self.keys.len()).map_err(Failure::custom)?, length]);
                self.keys.push(key.to_owned());
            }
        }
        Ok(())
    }

    fn whole(&mut self, number: u64) -> Done {
        match (u16::try_from(number), u32::try_from(number)) {
            (Ok(short), _) => self.codes.extend_from_slice(&[SHORT, short]),
            (_, Ok(whole)) => {
                self.codes.push(WHOLE);
                self.u32(whole);
            }
            _ if number <= MOST_EXACT => self.number(number as f64),
            _ => return Err(Failure::custom("number beyond 53 bits")),
        }
        Ok(())
    }

    fn number(&mut self, number: f64) {
        self.codes.push(NUMBER);
        let bits = number.to_bits();
        self.u32(bits as u32);
        self.u32((bits >> 32) as u32);
    }

    fn list(&mut self) -> Group<'_> {
        self.codes.push(LIST);
        let at = self.codes.len();
        self.u32(0);
        Group { flat: self, at, wide: true, count: 0 }
    }

    fn object(&mut self) -> Group<'_> {
        self.codes.push(OBJECT);
        let at = self.codes.len();
        self.codes.push(0);
        Group { flat: self, at, wide: false, count: 0 }
    }

    /// A variant with contents: an object with the variant's name as its only key.
    fn variant(&mut self, name: &str) -> Done {
        self.codes.extend_from_slice(&[OBJECT, 1]);
        self.key(name)
    }
}

/// A list or an object being written.
struct Group<'f> {
    flat: &'f mut Flat,
    /// Where its count stands.
    at: usize,
    wide: bool,
    count: u32,
}

impl Group<'_> {
    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Done {
        self.count += 1;
        value.serialize(&mut *self.flat)
    }

    fn entry(&mut self, key: &str, value: &(impl Serialize + ?Sized)) -> Done {
        self.flat.key(key)?;
        self.item(value)
    }

    fn close(self) -> Done {
        self.flat.codes[self.at] = self.count as u16;
        if self.wide {
            self.flat.codes[self.at + 1] = (self.count >> 16) as u16;
        } else if self.count > u32::from(u16::MAX) {
            return Err(Failure::custom("object of more than 65,535 entries"));
        }
        Ok(())
    }
}

impl<'f> Serializer for &'f mut Flat {
    type Ok = ();
    type Error = Failure;
    type SerializeSeq = Group<'f>;
    type SerializeTuple = Group<'f>;
    type SerializeTupleStruct = Group<'f>;
    type SerializeTupleVariant = Group<'f>;
    type SerializeMap = Group<'f>;
    type SerializeStruct = Group<'f>;
    type SerializeStructVariant = Group<'f>;

    fn serialize_bool(self, value: bool) -> Done {
        self.codes.push(if value { TRUE } else { FALSE });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Done {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Done {
        match u64::try_from(value) {
            Ok(whole) => self.whole(whole),
            Err(_) => self.serialize_f64(f64::from(i32::try_from(value).map_err(Failure::custom)?)),
        }
    }

    fn serialize_u8(self, value: u8) -> Done {
        self.whole(value.into())
    }

    fn serialize_u16(self, value: u16) -> Done {
        self.whole(value.into())
    }

    fn serialize_u32(self, value: u32) -> Done {
        self.whole(value.into())
    }

    fn serialize_u64(self, value: u64) -> Done {
        self.whole(value)
    }

    fn serialize_f32(self, value: f32) -> Done {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Done {
        self.number(value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Done {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Done {
        self.text(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.codes.push(NULL);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, variant: &'static str, value: &T) -> Done {
        self.variant(variant)?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Group<'f>, Failure> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _: usize) -> Result<Group<'f>, Failure> {
        Ok(self.list())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Group<'f>, Failure> {
        Ok(self.list())
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Group<'f>, Failure> {
        self.variant(variant)?;
        Ok(self.list())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Group<'f>, Failure> {
        Ok(self.object())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Group<'f>, Failure> {
        Ok(self.object())
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Group<'f>, Failure> {
        self.variant(variant)?;
        Ok(self.object())
    }
}

/// Implements the traits of serde whose items have no names.
macro_rules! items {
    ($($of:ident $item:ident),*) => {$(
        impl $of for Group<'_> {
            type Ok = ();
            type Error = Failure;

            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
                self.item(value)
            }

            fn end(self) -> Done {
                self.close()
            }
        }
    )*};
}

items!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);

/// Implements the traits of serde whose items have names.
macro_rules! entries {
    ($($of:ident),*) => {$(
        impl $of for Group<'_> {
            type Ok = ();
            type Error = Failure;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
                self.entry(key, value)
            }

            fn end(self) -> Done {
                self.close()
            }
        }
    )*};
}

entries!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Group<'_> {
    type Ok = ();
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        // Written as a value first, which also shows whether it is a text at all.
        let (codes, texts) = (self.flat.codes.len(), self.flat.texts.len());
        key.serialize(&mut *self.flat)?;
        if self.flat.codes[codes] != TEXT {
            return Err(Failure::custom("key that is no text"));
        }
        let key = String::from_utf16_lossy(&self.flat.texts[texts..]);
        self.flat.codes.truncate(codes);
        self.flat.texts.truncate(texts);
        self.flat.key(&key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.item(value)
    }

    fn end(self) -> Done {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The layout that the reader in JavaScript counts on; what comes out of it is tested there.
    #[test]
    fn codes_come_first_then_all_texts_at_once() {
        let value = json!([{ "a": "甲😀", "b": null }, { "a": true, "c": 70_000 }]);
        let mut expected = vec![LIST, 2, 0];
        expected.extend([OBJECT, 2, 0, 1, TEXT, 3, 1, 1, NULL]);
        expected.extend([OBJECT, 2, 0, TRUE, 2, 1, WHOLE, 4464, 1]);
        let mut flat = vec![expected.len() as u16, 0];
        flat.extend(expected);
        flat.extend("a甲😀bc".encode_utf16());
        assert_eq!(flatten(&value).expect("plain"), flat);
    }

    #[test]
    fn a_long_text_and_exact_numbers_fit_and_others_are_refused() {
        let long = "社".repeat(70_000);
        let flat = flatten(&long).expect("text");
        assert_eq!((&flat[..5], flat.len()), (&[3, 0, LONG_TEXT, 4464, 1][..], 5 + 70_000));
        assert_eq!(flatten(&1u64).expect("short"), [2, 0, SHORT, 1]);
        assert_eq!(flatten(&-2i64).expect("negative"), flatten(&-2f64).expect("number"));
        assert_eq!(flatten(&(1u64 << 53)).expect("exact"), flatten(&9_007_199_254_740_992f64).expect("number"));
        assert!(flatten(&u64::MAX).is_err());
        assert!(flatten(&std::collections::BTreeMap::from([(1, 2)])).is_err());
    }
}
