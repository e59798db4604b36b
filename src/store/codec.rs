//! A record as bytes: eight bytes of the SHA-256 of the rest, then JSON.
//!
//! JSON keeps a store readable by later versions that add fields and by people; the checksum
//! turns a bad disk into an error that names the article instead of a wrong graph.

use crate::record::ArticleRecord;
use sha2::{Digest, Sha256};

const SUM: usize = 8;

/// Record → bytes.
pub fn encode(record: &ArticleRecord) -> Vec<u8> {
    let json = serde_json::to_vec(record).expect("a record has string keys only");
    [&checksum(&json), json.as_slice()].concat()
}

/// Bytes → record, or what is wrong with them.
pub fn decode(bytes: &[u8]) -> Result<ArticleRecord, String> {
    let (sum, json) = bytes.split_at_checked(SUM).ok_or("it is cut short")?;
    if sum != checksum(json) {
        return Err("its checksum does not match".to_owned());
    }
    serde_json::from_slice(json).map_err(|e| e.to_string())
}

fn checksum(json: &[u8]) -> [u8; SUM] {
    let digest = Sha256::digest(json);
    std::array::from_fn(|i| digest[i])
}
