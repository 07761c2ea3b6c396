CREATE TABLE "solution_additions" (
	"visitor_id" uuid NOT NULL,
	"idempotency_key" text NOT NULL,
	"body_hash" "bytea" NOT NULL,
	"answer" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "solution_additions_visitor_id_idempotency_key_pk" PRIMARY KEY("visitor_id","idempotency_key")
);
--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "solution_additions" ADD CONSTRAINT "solution_additions_visitor_id_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "solution_additions_at" ON "solution_additions" USING btree ("at");