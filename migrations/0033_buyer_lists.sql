CREATE TABLE "buyer_lists" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"buyer_id" uuid NOT NULL,
	"document" jsonb NOT NULL,
	"roles" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "buyer_lists" ADD CONSTRAINT "buyer_lists_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "buyer_lists_buyer" ON "buyer_lists" USING btree ("buyer_id","created_at");--> statement-breakpoint
CREATE INDEX "buyer_lists_created" ON "buyer_lists" USING btree ("created_at");