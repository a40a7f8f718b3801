-- What an entry of the log says stands in its hash by a salted hash of its own, so that it can be erased while the chain holds.
-- Entries from before have neither.

ALTER TABLE changes ADD COLUMN salt BLOB;

ALTER TABLE changes ADD COLUMN content_hash BLOB;
