//! The data folder: database, mails and key lie there, so it is nobody else's.

use std::fs;
use std::io;
use std::path::Path;

use super::{Config, ConfigProblem};

impl Config {
    /// Makes the data folder for the own user alone, unless it is there. The rights of a folder that
    /// somebody else made stay as they are.
    pub fn make_data_dir(&self) -> Result<(), ConfigProblem> {
        make(&self.data_dir).map_err(|error| {
            ConfigProblem(format!(
                "cannot make the data folder {} ({error}); make it yourself for the user that runs Laufzettel, or set data_dir to another one",
                self.data_dir.display()
            ))
        })
    }
}

fn make(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent)?;
    }
    match own(folder) {
        // Another process was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made,
    }
}

fn own(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(folder: &Path) -> u32 {
        fs::metadata(folder).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_new_data_folder_is_for_the_own_user_alone() {
        let above = tempfile::tempdir().unwrap();
        let new = above.path().join("var/laufzettel");
        Config::for_folder(&new).unwrap().make_data_dir().unwrap();
        assert_eq!(mode(&new), 0o700);
        Config::for_folder(&new).unwrap().make_data_dir().unwrap();
    }

    #[test]
    fn the_rights_of_a_folder_that_is_there_stay() {
        let above = tempfile::tempdir().unwrap();
        let own = above.path().join("own");
        fs::create_dir(&own).unwrap();
        fs::set_permissions(&own, fs::Permissions::from_mode(0o750)).unwrap();
        Config::for_folder(&own).unwrap().make_data_dir().unwrap();
        assert_eq!(mode(&own), 0o750);
    }

    #[test]
    fn a_folder_that_cannot_be_made_says_what_to_do() {
        let above = tempfile::tempdir().unwrap();
        fs::write(above.path().join("file"), "").unwrap();
        let config = Config::for_folder(&above.path().join("file/data")).unwrap();
        let sentence = config.make_data_dir().unwrap_err().0;
        assert!(sentence.contains("make it yourself"), "{sentence}");
    }
}
