ALTER TABLE "top_ups" ADD COLUMN "cancelled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "top_ups" ADD COLUMN "ordered_credits" bigint;--> statement-breakpoint
ALTER TABLE "top_ups" ADD CONSTRAINT "top_ups_cancelled_unpaid" CHECK ("top_ups"."cancelled_at" is null or "top_ups"."paid_at" is null) NOT VALID;--> statement-breakpoint
ALTER TABLE "top_ups" ADD CONSTRAINT "top_ups_settled_for_less" CHECK ("top_ups"."credits" <= "top_ups"."ordered_credits") NOT VALID;