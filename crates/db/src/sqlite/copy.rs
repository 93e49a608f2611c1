//! A copy of the whole database in a file of its own.

use std::fs::{self, File};
use std::path::Path;

use super::connect::connect_copier;
use crate::{Failure, Result};

/// Copies the database as it is at this moment. The target appears complete and synced, or not
/// at all; one that is there is replaced.
pub(super) fn copy(database: &Path, target: &Path) -> Result<()> {
    let unfinished = target.with_extension("unfinished");
    remove_if_there(&unfinished)?;
    let name = unfinished.to_str().ok_or_else(|| Failure::other("a path is not in UTF-8"))?;
    connect_copier(database)?.execute("vacuum into ?1", [name])?;
    File::open(&unfinished).and_then(|file| file.sync_all()).map_err(Failure::other)?;
    fs::rename(&unfinished, target).map_err(Failure::other)?;
    match target.parent() {
        Some(folder) => {
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(Failure::other)
        }
        None => Ok(()),
    }
}

fn remove_if_there(file: &Path) -> Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::other(error)),
        _ => Ok(()),
    }
}
