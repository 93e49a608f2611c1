# Files that are uploaded

attach = Attach a file
file-too-large = { $name } is too large. Together the files may have 25 MB.
remove = Remove { $name }
upload-failed = The file did not arrive. Try again.
cancel-upload = Cancel the upload of { $name }
retry-upload = Upload { $name } again
choose = Files
too-large = Together the files have more than 25 MB.
empty = The file is empty.
file-empty = { $name } is empty and will not be attached.
