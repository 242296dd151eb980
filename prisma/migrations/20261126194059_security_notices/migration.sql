-- CreateTable
CREATE TABLE "security_notices" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "address" TEXT,
    "user_agent" TEXT,
    "network" TEXT,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "security_notices_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "security_notices_user_id_created_at_id_idx" ON "security_notices"("user_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "security_notices_last_seen_at_idx" ON "security_notices"("last_seen_at");

-- AddForeignKey
ALTER TABLE "security_notices" ADD CONSTRAINT "security_notices_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Nobody's but its owner's, whatever organisation they work in.
ALTER TABLE "security_notices" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "identity" ON "security_notices" TO "voxreach_identity" USING (true);
GRANT SELECT, INSERT, UPDATE ("seen_at", "last_seen_at"), DELETE ON "security_notices" TO "voxreach_identity";
