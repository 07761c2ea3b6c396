ALTER TABLE "solutions" ADD COLUMN "shared_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "solutions" ADD COLUMN "share_version" integer DEFAULT 0 NOT NULL;