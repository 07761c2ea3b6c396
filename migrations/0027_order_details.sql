ALTER TABLE "requests" ADD COLUMN "billing" jsonb;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "order_details" jsonb;