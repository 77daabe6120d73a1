//! Pinyin without tones: for typing without characters (shiyejin, syj) and for words that sound like the right one (社宝卡).

/// The readings of characters, from the pack: `syllable count u8 · each syllable (u8 length + ASCII) · (character u16, syllable u16) ascending`.
#[derive(Debug, Clone, Default)]
pub struct PinyinTable {
    syllables: Vec<String>,
    /// The sound of each syllable.
    sounds: Vec<String>,
    /// Number of the syllable + 1 for each character from U+4E00 on, 0 where unknown.
    of: Vec<u16>,
}

const FIRST: u32 = 0x4e00;

impl PinyinTable {
    /// Parses the pack's section; `None` if it is damaged.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut table = Self { of: vec![0; 0x5200], ..Self::default() };
        let count = u16::from_le_bytes(bytes.get(..2)?.try_into().ok()?);
        let mut at = 2;
        for _ in 0..count {
            let length = usize::from(*bytes.get(at)?);
            table.syllables.push(std::str::from_utf8(bytes.get(at + 1..at + 1 + length)?).ok()?.to_owned());
            at += 1 + length;
        }
        table.sounds = table.syllables.iter().map(|syllable| sound(syllable)).collect();
        for entry in bytes.get(at..)?.chunks_exact(4) {
            let character = u32::from(u16::from_le_bytes([entry[0], entry[1]]));
            let syllable = u16::from_le_bytes([entry[2], entry[3]]);
            if usize::from(syllable) >= table.syllables.len() {
                return None;
            }
            *table.of.get_mut(character.checked_sub(FIRST)? as usize)? = syllable + 1;
        }
        Some(table)
    }

    /// Writes the section from characters and their readings.
    #[cfg(feature = "write")]
    pub fn write(readings: &std::collections::BTreeMap<char, String>) -> Vec<u8> {
        let mut syllables: Vec<&String> = readings.values().collect();
        syllables.sort_unstable();
        syllables.dedup();
        let mut out = (syllables.len() as u16).to_le_bytes().to_vec();
        for syllable in &syllables {
            out.push(syllable.len() as u8);
            out.extend_from_slice(syllable.as_bytes());
        }
        for (&character, reading) in readings {
            let (Ok(character), Ok(number)) = (u16::try_from(u32::from(character)), syllables.binary_search(&reading)) else {
                continue;
            };
            out.extend_from_slice(&character.to_le_bytes());
            out.extend_from_slice(&(number as u16).to_le_bytes());
        }
        out
    }

    /// The reading of a character.
    pub fn syllable(&self, c: char) -> Option<&str> {
        self.syllables.get(self.number(c)?).map(String::as_str)
    }

    /// The reading of a character with sounds that many people do not tell apart made equal: zh/z, ch/c, sh/s, n/l, -ng/-n.
    pub fn sound(&self, c: char) -> Option<&str> {
        self.sounds.get(self.number(c)?).map(String::as_str)
    }

    fn number(&self, c: char) -> Option<usize> {
        let number = *self.of.get(u32::from(c).checked_sub(FIRST)? as usize)?;
        usize::from(number).checked_sub(1)
    }

    /// The full pinyin of a word, e.g. 失业金 → shiyejin; `None` if a character has no known reading.
    pub fn full(&self, word: &str) -> Option<String> {
        word.chars().map(|c| self.syllable(c)).collect()
    }

    /// The initials of a word, e.g. 失业金 → syj.
    pub fn initials(&self, word: &str) -> Option<String> {
        word.chars().map(|c| self.syllable(c).and_then(|s| s.chars().next())).collect()
    }

    /// The sounds of a word's characters, one after another; `None` if a character has no known reading.
    pub fn sound_of_word(&self, word: &str) -> Option<String> {
        word.chars().map(|c| self.sound(c)).collect()
    }
}

fn sound(syllable: &str) -> String {
    let mut out = String::new();
    let rest = if let Some(rest) = ["zh", "ch", "sh"].iter().find_map(|initial| syllable.strip_prefix(initial)) {
        out.push_str(&syllable[..1]);
        rest
    } else if let Some(rest) = syllable.strip_prefix('n') {
        out.push('l');
        rest
    } else {
        syllable
    };
    out.push_str(rest.strip_suffix("ng").map_or(rest, |_| &rest[..rest.len() - 1]));
    out.push('\'');
    out
}

#[cfg(test)]
#[cfg(feature = "write")]
mod tests {
    use super::*;

    #[test]
    fn readings_round_trip_and_sounds_merge() {
        let readings = [
            ('社', "she"),
            ('保', "bao"),
            ('宝', "bao"),
            ('卡', "ka"),
            ('伤', "shang"),
            ('商', "shang"),
            ('三', "san"),
            ('工', "gong"),
        ];
        let readings = readings.into_iter().map(|(c, reading)| (c, reading.to_owned())).collect();
        let table = PinyinTable::parse(&PinyinTable::write(&readings)).expect("just written");
        assert_eq!(table.full("社保卡").as_deref(), Some("shebaoka"));
        assert_eq!(table.initials("社保卡").as_deref(), Some("sbk"));
        assert_eq!(table.sound_of_word("社保卡"), table.sound_of_word("社宝卡"));
        assert_eq!(table.sound_of_word("工伤"), table.sound_of_word("工商"));
        assert_eq!(table.sound('伤'), table.sound('三'), "后鼻音与平翘舌不分");
        assert_eq!(table.full("社x"), None);
        assert!(PinyinTable::parse(&[9]).is_none());
    }
}
