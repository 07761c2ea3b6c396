-- Of its own, because a migration locks one table.
ALTER TABLE "accounts" ADD COLUMN "currency" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "unwanted_mails" text[] DEFAULT '{}' NOT NULL;
