ALTER TABLE "top_ups" VALIDATE CONSTRAINT "top_ups_cancelled_unpaid";--> statement-breakpoint
ALTER TABLE "top_ups" VALIDATE CONSTRAINT "top_ups_settled_for_less";