-- AlterTable
ALTER TABLE "agents" ADD COLUMN     "attention" TEXT;

-- AlterTable
ALTER TABLE "credentials" ADD COLUMN     "attention" TEXT;
