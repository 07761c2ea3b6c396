ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_enquiry";--> statement-breakpoint
ALTER TABLE "deliveries" ALTER COLUMN "request_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "call_back_id" uuid;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_call_back_id_call_backs_id_fk" FOREIGN KEY ("call_back_id") REFERENCES "public"."call_backs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agents_phone" ON "agents" USING btree (ltrim(regexp_replace("phone", '[^0-9]', '', 'g'), '0'));--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_about" CHECK (num_nonnulls("deliveries"."request_id", "deliveries"."call_back_id") = 1);--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_enquiry" CHECK (case when "deliveries"."call_back_id" is null then "deliveries"."role" = 'buyer' or "deliveries"."enquiry_id" is not null
        else "deliveries"."role" = 'agent' and "deliveries"."enquiry_id" is null end);