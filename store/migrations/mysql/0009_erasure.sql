-- What an entry of the log says stands in its hash by a salted hash of its own, so that it can be erased while the chain holds.
-- Entries from before have neither.

-- unless: SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'changes' AND column_name = 'salt'
ALTER TABLE changes ADD COLUMN salt VARBINARY(16);
-- unless: SELECT 1 FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'changes' AND column_name = 'content_hash'
ALTER TABLE changes ADD COLUMN content_hash VARBINARY(32);
