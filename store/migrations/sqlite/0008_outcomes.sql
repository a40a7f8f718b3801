-- What is remembered under an idempotency key may be the outcome of many records: a TEXT holds it as it is. The statement
-- keeps the numbers of both dialects together.

CREATE INDEX IF NOT EXISTS idempotency_keys_expires_at ON idempotency_keys (expires_at);
