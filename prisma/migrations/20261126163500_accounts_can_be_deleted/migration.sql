-- People delete their own accounts. Memberships, sessions and recovery codes go with the row by their foreign keys; the audit trail refers to
-- nobody, and stays.
GRANT DELETE ON "users" TO "voxreach_identity";
