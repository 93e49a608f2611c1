-- Large blobs may lie in a bucket.
--
-- blob.object: its key there; null: its bytes lie in the row or in the folder.

alter table blob add column object {text};
create index blob_object on blob (object) where object is not null;
