-- The filter by status: few numbers are not active, and without these all of an organisation's were read for them. An index of the whole column
-- would go unused below a policy, which lets no comparison of an enum decide what is read; that the rows of these fit is known beforehand.
-- One for each order of the list: below a policy nothing is known of how few they are, so an index in the right order would be preferred.
CREATE INDEX "phone_numbers_not_active_created_at_idx" ON "phone_numbers"("organization_id", "created_at" DESC, "id" DESC) WHERE "status" <> 'active';
CREATE INDEX "phone_numbers_not_active_name_idx" ON "phone_numbers"("organization_id", "name", "id") WHERE "status" <> 'active';
CREATE INDEX "phone_numbers_not_active_address_idx" ON "phone_numbers"("organization_id", (CASE WHEN "number" IS NOT NULL THEN "number" WHEN "sip_uri" IS NOT NULL THEN "sip_uri" ELSE '' END), "id") WHERE "status" <> 'active';
