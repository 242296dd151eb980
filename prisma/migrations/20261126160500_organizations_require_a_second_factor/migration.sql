-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "requires_second_factor" BOOLEAN NOT NULL DEFAULT false;

GRANT UPDATE ("requires_second_factor") ON "organizations" TO "voxreach_tenant";
