//! Ed25519 signatures over whole packs: who published this file, unaltered.
//!
//! Checksums tell accidents; only a signature tells that nobody exchanged the file on the way. A page that is given packs
//! from elsewhere names the keys that it trusts.

use std::fmt;

use ed25519_compact::{PublicKey as Key, Signature};

use super::Pack;
use crate::error::{Error, ErrorCode, Result};

/// Begins the trailer: `SIGN · public key (32) · signature of all bytes before the trailer (64)`.
pub(super) const MAGIC: &[u8; 4] = b"SIGN";
/// Bytes of the trailer.
pub(super) const TRAILER: usize = 4 + 32 + 64;

/// Whoever has the private half may publish packs. Its text form is 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey(pub(super) [u8; 32]);

impl PublicKey {
    /// Reads the text form.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] if these are not 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Result<Self> {
        let digits: Option<Vec<u8>> = text.trim().chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
        let bytes = digits
            .filter(|digits| digits.len() == 64)
            .map(|digits| std::array::from_fn(|i| digits[i * 2] << 4 | digits[i * 2 + 1]));
        bytes.map(Self).ok_or_else(|| Error::new(ErrorCode::BadRequest, format!("公钥应当是 64 位十六进制数字，给的是“{text}”")))
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Pack {
    /// Checks the signature; whose it is, or `None` for an unsigned pack.
    ///
    /// # Errors
    /// [`ErrorCode::PackSignature`] if it does not fit the bytes.
    pub fn signer(&self) -> Result<Option<PublicKey>> {
        let Some((signed, trailer)) = self.signed_bytes() else { return Ok(None) };
        let wrong = |_| Error::new(ErrorCode::PackSignature, "知识包的签名与内容不符：文件被改动过。请从发布单位重新取得");
        let key = Key::from_slice(&trailer[4..36]).map_err(wrong)?;
        let signature = Signature::from_slice(&trailer[36..]).map_err(wrong)?;
        key.verify(signed, &signature).map_err(wrong)?;
        Ok(Some(PublicKey(*key)))
    }

    /// Makes sure that one of these keys signed the pack.
    ///
    /// # Errors
    /// [`ErrorCode::PackSignature`] if it is unsigned, signed by somebody else, or altered since.
    pub fn require_signer(&self, trusted: &[PublicKey]) -> Result<()> {
        match self.signer()? {
            Some(signer) if trusted.contains(&signer) => Ok(()),
            Some(signer) => Err(Error::new(ErrorCode::PackSignature, format!("知识包由不在信任名单里的公钥签名：{signer}"))),
            None => Err(Error::new(ErrorCode::PackSignature, "知识包没有签名，而这里只使用信任单位签名的知识包")),
        }
    }
}

/// Adds the signature of a key pair to an unsigned pack.
#[cfg(feature = "write")]
pub fn sign(mut pack: Vec<u8>, pair: &ed25519_compact::KeyPair) -> Vec<u8> {
    // Without noise: the same pack and key give the same bytes.
    let signature = pair.sk.sign(&pack, None);
    pack.extend_from_slice(MAGIC);
    pack.extend_from_slice(pair.pk.as_ref());
    pack.extend_from_slice(signature.as_ref());
    pack
}

#[cfg(test)]
#[cfg(feature = "write")]
mod tests {
    use ed25519_compact::{KeyPair, Seed};

    use super::*;
    use crate::pack::PackWriter;

    fn signed(seed: u8) -> (Vec<u8>, PublicKey) {
        let pair = KeyPair::from_seed(Seed::new([seed; 32]));
        let mut writer = PackWriter::default();
        writer.add("manifest", b"{}".to_vec());
        (sign(writer.finish().expect("small"), &pair), PublicKey(*pair.pk))
    }

    #[test]
    fn only_trusted_keys_open() {
        let (bytes, key) = signed(1);
        let (_, other) = signed(2);
        let pack = Pack::open(bytes.clone()).expect("signed");
        assert_eq!(pack.signer().expect("unaltered"), Some(key));
        assert!(pack.require_signer(&[other, key]).is_ok());
        assert_eq!(pack.require_signer(&[other]).expect_err("somebody else").code, ErrorCode::PackSignature);
        let unsigned = Pack::open(bytes[..bytes.len() - TRAILER].to_vec()).expect("unsigned");
        assert_eq!(unsigned.signer().expect("no signature"), None);
        assert_eq!(unsigned.require_signer(&[key]).expect_err("unsigned").code, ErrorCode::PackSignature);
    }

    #[test]
    fn an_altered_signature_is_an_error() {
        let (bytes, key) = signed(1);
        for at in bytes.len() - TRAILER + 4..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1;
            let pack = Pack::open(bytes).expect("the sections are sound");
            assert!(pack.require_signer(&[key]).is_err(), "byte {at}");
        }
    }

    #[test]
    fn keys_are_written_in_hexadecimal() {
        let (_, key) = signed(3);
        assert_eq!(PublicKey::from_hex(&key.to_string()).expect("just written"), key);
        for wrong in ["", "zz", &"a".repeat(63), "公钥"] {
            assert!(PublicKey::from_hex(wrong).is_err(), "{wrong}");
        }
    }
}
