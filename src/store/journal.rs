//! Which articles changed, in which order, and a sum over all of them.
//!
//! A reader that has read the store up to a number learns from the journal which articles to read again. The sum tells
//! states of the articles apart without reading them: it is that of the hashes of all records, in any order.

use crate::store::tables::{ARTICLES, CHANGES, META};
use redb::{ReadTransaction, ReadableTable, TableError, WriteTransaction};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// So many changes are remembered; a reader further behind reads all articles again.
const KEPT: u64 = 100_000;
/// The key of the sum in the metadata.
const SUM: &str = "sum";

/// What happened to a store since a reader looked.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct News {
    /// The number of the last change.
    pub last: u64,
    /// The articles that were written or removed; `None` if the journal does not reach back so far.
    pub ids: Option<BTreeSet<String>>,
}

/// Notes that an article was written or removed: `old` bytes gave way to `new` ones.
pub fn note(tx: &WriteTransaction, id: &str, old: Option<&[u8]>, new: Option<&[u8]>) -> Result<(), redb::Error> {
    let mut changes = tx.open_table(CHANGES)?;
    let number = changes.last()?.map_or(0, |(number, _)| number.value()) + 1;
    changes.insert(number, id)?;
    if let Some(forgotten) = number.checked_sub(KEPT) {
        changes.remove(forgotten)?;
    }
    let mut meta = tx.open_table(META)?;
    let known = meta.get(SUM)?.and_then(|sum| u128::from_str_radix(sum.value(), 16).ok());
    let sum = match known {
        Some(sum) => {
            let (gone, come) = (old.map_or(0, hash), new.map_or(0, hash));
            sum.wrapping_sub(gone).wrapping_add(come)
        }
        // A store from before there were sums; the change is in the table already.
        None => sum_of(&tx.open_table(ARTICLES)?)?,
    };
    meta.insert(SUM, format!("{sum:032x}").as_str())?;
    Ok(())
}

/// What changed after the change number `since`.
pub fn news(tx: &ReadTransaction, since: u64) -> Result<News, redb::Error> {
    let changes = match tx.open_table(CHANGES) {
        Ok(changes) => changes,
        Err(TableError::TableDoesNotExist(_)) => return Ok(News::default()),
        Err(error) => return Err(error.into()),
    };
    let first = changes.first()?.map_or(1, |(number, _)| number.value());
    let last = changes.last()?.map_or(0, |(number, _)| number.value());
    if since + 1 < first || since > last {
        return Ok(News { last, ids: None });
    }
    let rows = changes.range(since + 1..)?.map(|row| row.map(|(_, id)| id.value().to_owned()));
    Ok(News { last, ids: Some(rows.collect::<Result<_, _>>()?) })
}

/// The sum over all records.
#[cfg(feature = "rocksdb")]
pub fn sum(tx: &ReadTransaction) -> Result<u128, redb::Error> {
    let known = tx.open_table(META)?.get(SUM)?.and_then(|sum| u128::from_str_radix(sum.value(), 16).ok());
    match known {
        Some(sum) => Ok(sum),
        None => sum_of(&tx.open_table(ARTICLES)?),
    }
}

fn sum_of(articles: &impl ReadableTable<&'static str, &'static [u8]>) -> Result<u128, redb::Error> {
    let mut sum = 0_u128;
    for row in articles.iter()? {
        sum = sum.wrapping_add(hash(row?.1.value()));
    }
    Ok(sum)
}

fn hash(bytes: &[u8]) -> u128 {
    let digest = Sha256::digest(bytes);
    u128::from_le_bytes(std::array::from_fn(|i| digest[i]))
}
