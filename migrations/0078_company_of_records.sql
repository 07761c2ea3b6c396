-- Each statement commits by itself
ALTER TABLE "requests" ADD COLUMN IF NOT EXISTS "company_id" uuid;
--> statement-breakpoint
ALTER TABLE "top_ups" ADD COLUMN IF NOT EXISTS "company_id" uuid;
--> statement-breakpoint
ALTER TABLE "accepted_lines" ADD COLUMN IF NOT EXISTS "accepted_by" uuid;
