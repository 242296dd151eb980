-- The last wall between organisations. The application connects as the owner of the tables and gives that up inside every transaction
-- for one of three roles, each of which sees what its work needs:
--   voxreach_tenant    one organisation, named by the setting voxreach.organization_id; nothing without it
--   voxreach_identity  accounts, sessions, memberships: who somebody is, before it is known for which organisation
--   voxreach_jobs      which rows of any organisation wait for work, and no word of what they hold

-- Roles belong to the whole server, so another database's migration may make them at the same moment.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['voxreach_tenant', 'voxreach_identity', 'voxreach_jobs'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', name);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
    -- A superuser may take any role; anybody else must be a member, and from PostgreSQL 16 on the maker of a role is only half of one.
    BEGIN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    EXCEPTION WHEN insufficient_privilege THEN
      -- Somebody else has made the role: then they must have granted it, too.
      IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
        RAISE;
      END IF;
    END;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), name);
  END LOOP;
END
$$;

-- Null outside of an organisation's transactions, which is equal to no id.
CREATE FUNCTION "current_organization_id"() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('voxreach.organization_id', true), '')::uuid;

ALTER TABLE "organizations" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "refresh_tokens" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "recovery_codes" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "invitations" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "agents" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "credentials" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "phone_numbers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "webhook_credentials" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_entries" ENABLE ROW LEVEL SECURITY;

-- One organisation.
CREATE POLICY "tenant" ON "organizations" TO "voxreach_tenant" USING ("id" = "current_organization_id"());
CREATE POLICY "tenant" ON "memberships" TO "voxreach_tenant" USING ("organization_id" = "current_organization_id"());
CREATE POLICY "tenant" ON "users" FOR SELECT TO "voxreach_tenant" USING (EXISTS (
  SELECT FROM "memberships" WHERE "user_id" = "users"."id" AND "organization_id" = "current_organization_id"()
));
CREATE POLICY "tenant" ON "invitations" TO "voxreach_tenant" USING ("organization_id" = "current_organization_id"());
CREATE POLICY "tenant" ON "api_keys" TO "voxreach_tenant" USING ("organization_id" = "current_organization_id"());
CREATE POLICY "tenant" ON "agents" TO "voxreach_tenant" USING ("organization_id" = "current_organization_id"());
CREATE POLICY "tenant" ON "credentials" TO "voxreach_tenant" USING ("organization_id" = "current_organization_id"());
CREATE POLICY "tenant" ON "phone_numbers" TO "voxreach_tenant" USING ("organization_id" = "current_organization_id"());
CREATE POLICY "tenant" ON "idempotency_keys" TO "voxreach_tenant" USING ("organization_id" = "current_organization_id"());
CREATE POLICY "tenant" ON "audit_entries" TO "voxreach_tenant" USING ("organization_id" = "current_organization_id"());

GRANT SELECT, UPDATE ("name", "updated_at") ON "organizations" TO "voxreach_tenant";
GRANT SELECT, UPDATE ("role"), DELETE ON "memberships" TO "voxreach_tenant";
GRANT SELECT ("id", "email", "name", "totp_since") ON "users" TO "voxreach_tenant";
GRANT INSERT, DELETE, SELECT ("id", "organization_id", "email", "role", "invited_by_id", "expires_at", "created_at") ON "invitations" TO "voxreach_tenant";
GRANT INSERT, DELETE, SELECT ("id", "organization_id", "name", "prefix", "scopes", "created_by_id", "expires_at", "last_used_at", "created_at") ON "api_keys" TO "voxreach_tenant";
GRANT SELECT, INSERT, UPDATE, DELETE ON "agents", "credentials", "phone_numbers", "idempotency_keys" TO "voxreach_tenant";
-- Nobody changes what was written down.
GRANT SELECT, INSERT ON "audit_entries" TO "voxreach_tenant";

-- Accounts and sessions.
CREATE POLICY "identity" ON "organizations" TO "voxreach_identity" USING (true);
CREATE POLICY "identity" ON "users" TO "voxreach_identity" USING (true);
CREATE POLICY "identity" ON "memberships" TO "voxreach_identity" USING (true);
CREATE POLICY "identity" ON "sessions" TO "voxreach_identity" USING (true);
CREATE POLICY "identity" ON "refresh_tokens" TO "voxreach_identity" USING (true);
CREATE POLICY "identity" ON "recovery_codes" TO "voxreach_identity" USING (true);
CREATE POLICY "identity" ON "invitations" TO "voxreach_identity" USING (true);
CREATE POLICY "identity" ON "api_keys" TO "voxreach_identity" USING (true);
CREATE POLICY "identity" ON "audit_entries" FOR INSERT TO "voxreach_identity" WITH CHECK (true);

GRANT SELECT, INSERT ON "organizations", "memberships" TO "voxreach_identity";
GRANT SELECT, INSERT, UPDATE ON "users" TO "voxreach_identity";
GRANT SELECT, INSERT, UPDATE, DELETE ON "sessions", "refresh_tokens", "recovery_codes" TO "voxreach_identity";
-- An invitation is locked while it is accepted, which needs the right to change something of it.
GRANT SELECT, UPDATE ("expires_at"), DELETE ON "invitations" TO "voxreach_identity";
GRANT SELECT, UPDATE ("last_used_at") ON "api_keys" TO "voxreach_identity";
GRANT INSERT ON "audit_entries" TO "voxreach_identity";

-- Work that is found across organisations, and done inside one.
CREATE POLICY "jobs" ON "agents" TO "voxreach_jobs" USING (true);
CREATE POLICY "jobs" ON "credentials" TO "voxreach_jobs" USING (true);
CREATE POLICY "jobs" ON "phone_numbers" TO "voxreach_jobs" USING (true);
CREATE POLICY "jobs" ON "idempotency_keys" TO "voxreach_jobs" USING (true);
CREATE POLICY "jobs" ON "api_keys" FOR SELECT TO "voxreach_jobs" USING (true);
CREATE POLICY "jobs" ON "invitations" FOR SELECT TO "voxreach_jobs" USING (true);
CREATE POLICY "jobs" ON "webhook_credentials" TO "voxreach_jobs" USING (true);
CREATE POLICY "jobs" ON "audit_entries" FOR INSERT TO "voxreach_jobs" WITH CHECK (true);

GRANT SELECT ("id", "organization_id", "lifecycle", "lease_until", "attempts", "started_by"), UPDATE ("lease_until", "attempts") ON "agents", "credentials" TO "voxreach_jobs";
GRANT SELECT ("id", "organization_id", "lifecycle", "lease_until", "attempts", "started_by", "status", "updated_at", "number", "sip_uri", "vapi_phone_number_id"), UPDATE ("lease_until", "attempts") ON "phone_numbers" TO "voxreach_jobs";
GRANT SELECT ("status", "lease_until", "created_at"), DELETE ON "idempotency_keys" TO "voxreach_jobs";
-- Whose they are, to notice who reaches for another organisation's.
GRANT SELECT ("id", "organization_id") ON "api_keys", "invitations" TO "voxreach_jobs";
GRANT SELECT, INSERT, UPDATE, DELETE ON "webhook_credentials" TO "voxreach_jobs";
GRANT INSERT ON "audit_entries" TO "voxreach_jobs";
