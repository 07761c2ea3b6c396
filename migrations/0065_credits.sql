CREATE SEQUENCE "public"."top_up_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "credit_prices" (
	"currency" text NOT NULL,
	"valid_from" date NOT NULL,
	"from_credits" bigint NOT NULL,
	"price" numeric(20, 4) NOT NULL,
	CONSTRAINT "credit_prices_currency_valid_from_from_credits_pk" PRIMARY KEY("currency","valid_from","from_credits"),
	CONSTRAINT "credit_prices_positive" CHECK ("credit_prices"."price" > 0 and "credit_prices"."from_credits" > 0)
);
--> statement-breakpoint
CREATE TABLE "top_up_payments" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"top_up_id" uuid NOT NULL,
	"bank_reference" text NOT NULL,
	"amount" numeric(20, 4) NOT NULL,
	"received_on" date NOT NULL,
	"confirmed_by" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"reversed_at" timestamp (3) with time zone,
	"reversed_by" uuid,
	"reversal_reason" text,
	CONSTRAINT "top_up_payments_amount" CHECK ("top_up_payments"."amount" > 0),
	CONSTRAINT "top_up_payments_reversal_whole" CHECK (("top_up_payments"."reversed_at" is null) = ("top_up_payments"."reversed_by" is null)
        and ("top_up_payments"."reversed_at" is null) = ("top_up_payments"."reversal_reason" is null))
);
--> statement-breakpoint
CREATE TABLE "top_ups" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"reference" text NOT NULL,
	"buyer_id" uuid NOT NULL,
	"method" text NOT NULL,
	"credits" bigint NOT NULL,
	"currency" text NOT NULL,
	"price" numeric(20, 4) NOT NULL,
	"net" numeric(20, 4) NOT NULL,
	"vat" numeric(20, 4) NOT NULL,
	"vat_rule" text NOT NULL,
	"vat_rate" numeric(5, 2) NOT NULL,
	"country" text NOT NULL,
	"vat_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"paid_at" timestamp (3) with time zone,
	"refunded" bigint DEFAULT 0 NOT NULL,
	"owed_credits" bigint DEFAULT 0 NOT NULL,
	"owed_money" numeric(20, 4) DEFAULT '0' NOT NULL,
	CONSTRAINT "top_ups_credits" CHECK ("top_ups"."credits" > 0 and "top_ups"."refunded" between 0 and "top_ups"."credits"),
	CONSTRAINT "top_ups_amounts" CHECK ("top_ups"."net" > 0 and "top_ups"."vat" >= 0)
);
--> statement-breakpoint
ALTER TABLE "top_up_payments" ADD CONSTRAINT "top_up_payments_top_up_id_top_ups_id_fk" FOREIGN KEY ("top_up_id") REFERENCES "public"."top_ups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "top_ups" ADD CONSTRAINT "top_ups_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "top_up_payments_reference_key" ON "top_up_payments" USING btree ("bank_reference");--> statement-breakpoint
CREATE INDEX "top_up_payments_top_up" ON "top_up_payments" USING btree ("top_up_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "top_ups_reference_key" ON "top_ups" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "top_ups_buyer" ON "top_ups" USING btree ("buyer_id","created_at");--> statement-breakpoint
CREATE INDEX "top_ups_waiting" ON "top_ups" USING btree ("created_at") WHERE "top_ups"."paid_at" is null;