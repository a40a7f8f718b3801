-- What is remembered under an idempotency key may be the outcome of many records.

ALTER TABLE idempotency_keys MODIFY COLUMN outcome MEDIUMTEXT NOT NULL;
