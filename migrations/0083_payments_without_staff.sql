ALTER TABLE "top_up_payments" DROP CONSTRAINT "top_up_payments_reversal_whole";--> statement-breakpoint
ALTER TABLE "top_up_payments" ALTER COLUMN "confirmed_by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "top_up_payments" ADD CONSTRAINT "top_up_payments_reversed_whole" CHECK (("top_up_payments"."reversed_at" is null) = ("top_up_payments"."reversal_reason" is null)
        and ("top_up_payments"."reversed_by" is null or "top_up_payments"."reversed_at" is not null)) NOT VALID;
