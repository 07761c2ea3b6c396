CREATE TABLE "held_exchange_rates" (
	"source" text NOT NULL,
	"date" date NOT NULL,
	"currency" text NOT NULL,
	"rate" numeric(18, 8) NOT NULL,
	"former" numeric(18, 8),
	"held_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "held_exchange_rates_source_date_currency_pk" PRIMARY KEY("source","date","currency"),
	CONSTRAINT "held_exchange_rates_rate" CHECK ("held_exchange_rates"."rate" > 0)
);
--> statement-breakpoint
ALTER TABLE "exchange_rates" ADD COLUMN "base" text DEFAULT 'EUR' NOT NULL;--> statement-breakpoint
ALTER TABLE "exchange_rates" ADD COLUMN "source" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "exchange_rates" ADD COLUMN "stored_at" timestamp (3) with time zone DEFAULT now() NOT NULL;