-- Below a policy PostgreSQL looks for rows only by what it knows to be harmless: CASE, but not COALESCE. With the latter a page far down was
-- found by reading all rows before it.
DROP INDEX "phone_numbers_organization_id_address_id_idx";
CREATE INDEX "phone_numbers_organization_id_address_id_idx" ON "phone_numbers"("organization_id", (CASE WHEN "number" IS NOT NULL THEN "number" WHEN "sip_uri" IS NOT NULL THEN "sip_uri" ELSE '' END), "id");
