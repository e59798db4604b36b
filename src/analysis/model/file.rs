//! The file of a model: tensors in the safetensors format, and a description of them.

use safetensors::SafeTensors;
use serde::{Deserialize, Serialize};

/// What the tensors mean; the value of the key [`DESCRIPTION`] in the file's metadata, as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Description {
    /// ISO 639-1 code.
    pub language: String,
    /// Length of an embedding.
    pub embedding: usize,
    /// Length of a direction's state.
    pub hidden: usize,
    /// Number of recurrent layers.
    pub layers: usize,
    /// Length of the vectors that arcs are scored by.
    pub arc: usize,
    /// Length of the vectors that relations are chosen by.
    pub label: usize,
    /// Tasks solved for each word, in the order of the rows of `tags.weight`: name and labels.
    pub tags: Vec<(String, Vec<String>)>,
    /// Relations, in the order of the rows of `relation.weight`.
    pub relations: Vec<String>,
    /// Edits that make lemmas, in the order of the rows of `lemma.weight`.
    pub scripts: Vec<String>,
}

/// The key of the description in the file's metadata.
pub const DESCRIPTION: &str = "newsgraph";

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("model: {0}; train it anew or take the one that belongs to this version")]
pub struct ModelError(pub String);

fn fault(reason: impl std::fmt::Display) -> ModelError {
    ModelError(reason.to_string())
}

/// An opened file.
pub struct File<'b> {
    /// What the tensors mean.
    pub description: Description,
    tensors: SafeTensors<'b>,
}

impl<'b> File<'b> {
    /// Opens the bytes of a file.
    pub fn open(bytes: &'b [u8]) -> Result<Self, ModelError> {
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(fault)?;
        let text = metadata.metadata().as_ref().and_then(|m| m.get(DESCRIPTION));
        let text = text.ok_or_else(|| fault("it has no description"))?;
        let description = serde_json::from_str(text).map_err(fault)?;
        Ok(Self { description, tensors: SafeTensors::deserialize(bytes).map_err(fault)? })
    }

    /// The bytes of a tensor, as they are in the file.
    pub fn bytes(&self, name: &str) -> Result<&'b [u8], ModelError> {
        let tensor = self.tensors.tensor(name).map_err(|e| fault(format!("{name}: {e}")))?;
        Ok(tensor.data())
    }

    /// A tensor of numbers.
    pub fn floats(&self, name: &str) -> Result<Vec<f32>, ModelError> {
        Ok(self.bytes(name)?.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// A tensor of hashes.
    pub fn hashes(&self, name: &str) -> Result<Vec<u32>, ModelError> {
        Ok(self.bytes(name)?.as_chunks().0.iter().map(|b| u32::from_le_bytes(*b)).collect())
    }

    /// A tensor of small numbers.
    pub fn shorts(&self, name: &str) -> Result<Vec<u16>, ModelError> {
        Ok(self.bytes(name)?.as_chunks().0.iter().map(|b| u16::from_le_bytes(*b)).collect())
    }
}
