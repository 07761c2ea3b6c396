CREATE TABLE "delivery_addresses" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"buyer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"place" text NOT NULL,
	"country" text NOT NULL,
	"is_default" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "delivery_addresses_country" CHECK ("delivery_addresses"."country" ~ '^[A-Z]{2}$')
);
--> statement-breakpoint
ALTER TABLE "delivery_addresses" ADD CONSTRAINT "delivery_addresses_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_addresses_buyer" ON "delivery_addresses" USING btree ("buyer_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_addresses_default_key" ON "delivery_addresses" USING btree ("buyer_id") WHERE "delivery_addresses"."is_default";