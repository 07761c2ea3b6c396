CREATE TABLE "call_charges" (
	"call_id" uuid PRIMARY KEY NOT NULL,
	"hold_id" uuid NOT NULL,
	"rate" bigint NOT NULL,
	"seconds" integer,
	"charge" bigint,
	"balance" bigint,
	"settled_at" timestamp (3) with time zone,
	"refunded" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "call_charges_rate" CHECK ("call_charges"."rate" > 0),
	CONSTRAINT "call_charges_settled" CHECK (("call_charges"."settled_at" is null) = ("call_charges"."charge" is null)
        and ("call_charges"."settled_at" is null) = ("call_charges"."seconds" is null)
        and ("call_charges"."settled_at" is null) = ("call_charges"."balance" is null)),
	CONSTRAINT "call_charges_amounts" CHECK ("call_charges"."seconds" >= 0 and "call_charges"."charge" >= 0),
	CONSTRAINT "call_charges_refunded" CHECK ("call_charges"."refunded" between 0 and coalesce("call_charges"."charge", 0))
);
--> statement-breakpoint
CREATE TABLE "support_rates" (
	"vendor_id" bigint PRIMARY KEY NOT NULL,
	"rate" bigint NOT NULL,
	CONSTRAINT "support_rates_positive" CHECK ("support_rates"."rate" > 0)
);
--> statement-breakpoint
ALTER TABLE "call_charges" ADD CONSTRAINT "call_charges_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_charges" ADD CONSTRAINT "call_charges_hold_id_ledger_holds_id_fk" FOREIGN KEY ("hold_id") REFERENCES "public"."ledger_holds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "support_rates" ADD CONSTRAINT "support_rates_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "call_charges_hold_key" ON "call_charges" USING btree ("hold_id");