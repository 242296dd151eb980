-- Password hashes are kept sealed, as bytes. Those of before stay as they are until `voxreach reseal`, or until their owners change their password.
ALTER TABLE "users" ALTER COLUMN "password_hash" TYPE BYTEA USING convert_to("password_hash", 'UTF8');
