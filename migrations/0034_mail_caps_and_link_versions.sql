CREATE TABLE "mail_allowances" (
	"key" text PRIMARY KEY NOT NULL,
	"most" integer NOT NULL,
	"mailed_at" timestamp (3) with time zone[] NOT NULL,
	"granted" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waiting_mails" (
	"delivery_id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"goes_out_at" timestamp (3) with time zone NOT NULL,
	"digest_id" uuid
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "link_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "link_revoked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "follow_revoked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "waiting_mails" ADD CONSTRAINT "waiting_mails_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_mails" ADD CONSTRAINT "waiting_mails_digest_id_deliveries_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "waiting_mails_due" ON "waiting_mails" USING btree ("goes_out_at") WHERE "waiting_mails"."digest_id" is null;--> statement-breakpoint
CREATE INDEX "waiting_mails_key" ON "waiting_mails" USING btree ("key","digest_id");--> statement-breakpoint
CREATE INDEX "waiting_mails_digest" ON "waiting_mails" USING btree ("digest_id");