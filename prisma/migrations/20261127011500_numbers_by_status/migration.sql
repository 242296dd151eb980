-- The filter by status: of an organisation with many numbers that need attention, all of them were read to find that none is blocked. So each status
-- but the usual one has its own indexes, one for each order of the list, for the reasons of those that these take the place of.
CREATE INDEX "phone_numbers_activating_created_at_idx" ON "phone_numbers"("organization_id", "created_at" DESC, "id" DESC) WHERE "status" = 'activating';
CREATE INDEX "phone_numbers_activating_name_idx" ON "phone_numbers"("organization_id", "name", "id") WHERE "status" = 'activating';
CREATE INDEX "phone_numbers_activating_address_idx" ON "phone_numbers"("organization_id", (CASE WHEN "number" IS NOT NULL THEN "number" WHEN "sip_uri" IS NOT NULL THEN "sip_uri" ELSE '' END), "id") WHERE "status" = 'activating';
CREATE INDEX "phone_numbers_blocked_created_at_idx" ON "phone_numbers"("organization_id", "created_at" DESC, "id" DESC) WHERE "status" = 'blocked';
CREATE INDEX "phone_numbers_blocked_name_idx" ON "phone_numbers"("organization_id", "name", "id") WHERE "status" = 'blocked';
CREATE INDEX "phone_numbers_blocked_address_idx" ON "phone_numbers"("organization_id", (CASE WHEN "number" IS NOT NULL THEN "number" WHEN "sip_uri" IS NOT NULL THEN "sip_uri" ELSE '' END), "id") WHERE "status" = 'blocked';
CREATE INDEX "phone_numbers_needs_attention_created_at_idx" ON "phone_numbers"("organization_id", "created_at" DESC, "id" DESC) WHERE "status" = 'needs_attention';
CREATE INDEX "phone_numbers_needs_attention_name_idx" ON "phone_numbers"("organization_id", "name", "id") WHERE "status" = 'needs_attention';
CREATE INDEX "phone_numbers_needs_attention_address_idx" ON "phone_numbers"("organization_id", (CASE WHEN "number" IS NOT NULL THEN "number" WHEN "sip_uri" IS NOT NULL THEN "sip_uri" ELSE '' END), "id") WHERE "status" = 'needs_attention';
DROP INDEX "phone_numbers_not_active_created_at_idx";
DROP INDEX "phone_numbers_not_active_name_idx";
DROP INDEX "phone_numbers_not_active_address_idx";
