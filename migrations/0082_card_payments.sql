CREATE TABLE "card_disputes" (
	"id" text PRIMARY KEY NOT NULL,
	"top_up_id" uuid NOT NULL,
	"state" text NOT NULL,
	"amount" numeric(20, 4) NOT NULL,
	"reason" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "card_disputes_ended" CHECK (("card_disputes"."ended_at" is null) = ("card_disputes"."state" = 'open')),
	CONSTRAINT "card_disputes_amount" CHECK ("card_disputes"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "card_payments" (
	"top_up_id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"session_id" text,
	"url" text,
	"payment_id" text,
	"amount" numeric(20, 4) NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "card_payments_ended" CHECK (("card_payments"."ended_at" is null) = ("card_payments"."state" in ('created', 'open', 'processing'))),
	CONSTRAINT "card_payments_paid" CHECK ("card_payments"."state" <> 'paid' or "card_payments"."payment_id" is not null),
	CONSTRAINT "card_payments_amount" CHECK ("card_payments"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "card_refunds" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"top_up_id" uuid NOT NULL,
	"state" text NOT NULL,
	"refund_id" text,
	"credits" bigint NOT NULL,
	"amount" numeric(20, 4) NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"failure" text,
	CONSTRAINT "card_refunds_ended" CHECK (("card_refunds"."ended_at" is null) = ("card_refunds"."state" in ('requested', 'pending'))),
	CONSTRAINT "card_refunds_amounts" CHECK ("card_refunds"."credits" > 0 and "card_refunds"."amount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "payment_events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"applied_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "card_disputes" ADD CONSTRAINT "card_disputes_top_up_id_top_ups_id_fk" FOREIGN KEY ("top_up_id") REFERENCES "public"."top_ups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_payments" ADD CONSTRAINT "card_payments_top_up_id_top_ups_id_fk" FOREIGN KEY ("top_up_id") REFERENCES "public"."top_ups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_refunds" ADD CONSTRAINT "card_refunds_top_up_id_top_ups_id_fk" FOREIGN KEY ("top_up_id") REFERENCES "public"."top_ups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "card_disputes_top_up" ON "card_disputes" USING btree ("top_up_id");--> statement-breakpoint
CREATE UNIQUE INDEX "card_payments_session_key" ON "card_payments" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "card_payments_payment_key" ON "card_payments" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "card_payments_live" ON "card_payments" USING btree ("created_at") WHERE "card_payments"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "card_refunds_refund_key" ON "card_refunds" USING btree ("refund_id");--> statement-breakpoint
CREATE INDEX "card_refunds_top_up" ON "card_refunds" USING btree ("top_up_id");--> statement-breakpoint
CREATE INDEX "card_refunds_live" ON "card_refunds" USING btree ("requested_at") WHERE "card_refunds"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "payment_events_received" ON "payment_events" USING btree ("received_at");
