-- The search looks for letters anywhere in a text, which needs an index of three letters at a time. An extension of PostgreSQL's own, trusted
-- since version 13: whoever may create things in the database may create it, too.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Every write goes into the index at once: a list of writes to come would be read through by every search, and by nobody put away in the
-- embedded database, which has no autovacuum.
CREATE INDEX "phone_numbers_search_idx" ON "phone_numbers" USING GIN ("number" gin_trgm_ops, "sip_uri" gin_trgm_ops, "name" gin_trgm_ops) WITH (fastupdate = off);
