CREATE TABLE "country_closings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "country_closings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"country" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "callable" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "address_hash" "bytea";--> statement-breakpoint
CREATE INDEX "country_closings_country" ON "country_closings" USING btree ("country","at");--> statement-breakpoint
CREATE INDEX "call_backs_to_forget" ON "call_backs" USING btree ("status_at") WHERE "call_backs"."status" not in ('open', 'calling') and "call_backs"."phone" is not null;--> statement-breakpoint
CREATE INDEX "call_webhooks_received" ON "call_webhooks" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "calls_to_forget" ON "calls" USING btree ("ended_at") WHERE "calls"."state" = 'closed' and "calls"."phone" is not null;--> statement-breakpoint
CREATE INDEX "phone_consents_at" ON "phone_consents" USING btree ("at");