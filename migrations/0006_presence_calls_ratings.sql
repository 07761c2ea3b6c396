CREATE TABLE "call_backs" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"visitor_id" uuid NOT NULL,
	"account_id" uuid,
	"idempotency_key" text,
	"kind" text NOT NULL,
	"vendor_id" bigint NOT NULL,
	"offer_id" bigint NOT NULL,
	"phone" text,
	"name" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"locale" text NOT NULL,
	"wanted_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"status_at" timestamp (3) with time zone NOT NULL,
	"agent_id" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "call_events" (
	"call_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"actor" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "call_events_call_id_version_pk" PRIMARY KEY("call_id","version")
);
--> statement-breakpoint
CREATE TABLE "call_legs" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"call_id" uuid NOT NULL,
	"role" text NOT NULL,
	"agent_id" bigint,
	"sid" text,
	"status" text NOT NULL,
	"result" text,
	"poisoned" boolean DEFAULT false NOT NULL,
	"error_code" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ringing_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"duration_seconds" integer,
	"pinned_until" timestamp (3) with time zone,
	"wrap_up_extended" boolean DEFAULT false NOT NULL,
	"released_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone,
	CONSTRAINT "call_legs_agent_by_role" CHECK (("call_legs"."role" = 'agent') = ("call_legs"."agent_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "call_webhooks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "call_webhooks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"leg_id" uuid NOT NULL,
	"key" text NOT NULL,
	"params" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"worked_at" timestamp (3) with time zone,
	CONSTRAINT "call_webhooks_key" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "calling_switches" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "calling_switches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"stopped" boolean NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"visitor_id" uuid NOT NULL,
	"account_id" uuid,
	"idempotency_key" text,
	"kind" text NOT NULL,
	"vendor_id" bigint NOT NULL,
	"offer_id" bigint NOT NULL,
	"call_back_id" uuid,
	"wanted_agent_id" bigint,
	"agent_id" bigint,
	"phone" text,
	"phone_confirmed" boolean NOT NULL,
	"locale" text NOT NULL,
	"max_seconds" integer NOT NULL,
	"shared_solution_id" uuid,
	"state" text NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"state_at" timestamp (3) with time zone NOT NULL,
	"deadline_at" timestamp (3) with time zone,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"ended_by" text,
	"talk_seconds" integer,
	"agent_note" text,
	CONSTRAINT "calls_closed" CHECK ("calls"."state" <> 'closed' or ("calls"."outcome" is not null and "calls"."ended_at" is not null)),
	CONSTRAINT "calls_talk" CHECK ("calls"."talk_seconds" is null or "calls"."talk_seconds" >= 0),
	CONSTRAINT "calls_completed" CHECK ("calls"."outcome" is distinct from 'completed' or "calls"."answered_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "phone_consents" (
	"visitor_id" uuid NOT NULL,
	"phone_hash" "bytea" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "phone_consents_visitor_id_phone_hash_pk" PRIMARY KEY("visitor_id","phone_hash")
);
--> statement-breakpoint
CREATE TABLE "phone_opt_outs" (
	"phone_hash" "bytea" PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agent_leases" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"agent_id" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "agent_leases_order" CHECK ("agent_leases"."expires_at" >= "agent_leases"."opened_at")
);
--> statement-breakpoint
CREATE TABLE "agent_presence" (
	"agent_id" bigint PRIMARY KEY NOT NULL,
	"declared" text DEFAULT 'offline' NOT NULL,
	"declared_at" timestamp (3) with time zone NOT NULL,
	"phone_until" timestamp (3) with time zone,
	"misses" integer DEFAULT 0 NOT NULL,
	"unreachable_since" timestamp (3) with time zone,
	"status" text DEFAULT 'offline' NOT NULL,
	"status_since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "call_ratings" (
	"call_id" uuid PRIMARY KEY NOT NULL,
	"vendor_id" bigint NOT NULL,
	"agent_id" bigint NOT NULL,
	"line" smallint NOT NULL,
	"agent" smallint NOT NULL,
	"comment" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "call_ratings_marks" CHECK ("call_ratings"."line" between 1 and 5 and "call_ratings"."agent" between 1 and 5)
);
--> statement-breakpoint
CREATE TABLE "agent_hours" (
	"agent_id" bigint NOT NULL,
	"weekday" smallint NOT NULL,
	"opens" time NOT NULL,
	"closes" time NOT NULL,
	CONSTRAINT "agent_hours_agent_id_weekday_pk" PRIMARY KEY("agent_id","weekday"),
	CONSTRAINT "agent_hours_weekday" CHECK ("agent_hours"."weekday" between 1 and 7),
	CONSTRAINT "agent_hours_order" CHECK ("agent_hours"."opens" < "agent_hours"."closes")
);
--> statement-breakpoint
ALTER TABLE "vendors" ADD COLUMN "rating_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "vendors" ADD COLUMN "rating_total" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "call_backs" ADD CONSTRAINT "call_backs_visitor_id_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_backs" ADD CONSTRAINT "call_backs_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_backs" ADD CONSTRAINT "call_backs_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_backs" ADD CONSTRAINT "call_backs_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_backs" ADD CONSTRAINT "call_backs_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_events" ADD CONSTRAINT "call_events_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_legs" ADD CONSTRAINT "call_legs_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_legs" ADD CONSTRAINT "call_legs_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_visitor_id_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_offer_id_offers_id_fk" FOREIGN KEY ("offer_id") REFERENCES "public"."offers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_call_back_id_call_backs_id_fk" FOREIGN KEY ("call_back_id") REFERENCES "public"."call_backs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_wanted_agent_id_agents_id_fk" FOREIGN KEY ("wanted_agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_shared_solution_id_solutions_id_fk" FOREIGN KEY ("shared_solution_id") REFERENCES "public"."solutions"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_consents" ADD CONSTRAINT "phone_consents_visitor_id_visitors_id_fk" FOREIGN KEY ("visitor_id") REFERENCES "public"."visitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_leases" ADD CONSTRAINT "agent_leases_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_presence" ADD CONSTRAINT "agent_presence_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_ratings" ADD CONSTRAINT "call_ratings_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_ratings" ADD CONSTRAINT "call_ratings_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_ratings" ADD CONSTRAINT "call_ratings_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_hours" ADD CONSTRAINT "agent_hours_agent_id_agents_id_fk" FOREIGN KEY ("agent_id") REFERENCES "public"."agents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "call_backs_one_open" ON "call_backs" USING btree ("phone","vendor_id") WHERE "call_backs"."status" in ('open', 'calling');--> statement-breakpoint
CREATE UNIQUE INDEX "call_backs_idempotency_key" ON "call_backs" USING btree ("visitor_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "call_backs_open" ON "call_backs" USING btree ("vendor_id","wanted_at") WHERE "call_backs"."status" in ('open', 'calling');--> statement-breakpoint
CREATE INDEX "call_backs_visitor" ON "call_backs" USING btree ("visitor_id");--> statement-breakpoint
CREATE UNIQUE INDEX "call_legs_one_call_per_agent" ON "call_legs" USING btree ("agent_id") WHERE "call_legs"."role" = 'agent' and "call_legs"."released_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "call_legs_one_visitor" ON "call_legs" USING btree ("call_id") WHERE "call_legs"."role" = 'visitor';--> statement-breakpoint
CREATE UNIQUE INDEX "call_legs_sid" ON "call_legs" USING btree ("sid");--> statement-breakpoint
CREATE INDEX "call_legs_call" ON "call_legs" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "call_legs_agent" ON "call_legs" USING btree ("agent_id","created_at");--> statement-breakpoint
CREATE INDEX "call_legs_created" ON "call_legs" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "call_legs_pinned" ON "call_legs" USING btree ("pinned_until") WHERE "call_legs"."released_at" is null and "call_legs"."pinned_until" is not null;--> statement-breakpoint
CREATE INDEX "call_webhooks_leg" ON "call_webhooks" USING btree ("leg_id");--> statement-breakpoint
CREATE INDEX "call_webhooks_waiting" ON "call_webhooks" USING btree ("id") WHERE "call_webhooks"."worked_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "calls_one_per_phone" ON "calls" USING btree ("phone") WHERE "calls"."state" <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "calls_one_per_visitor" ON "calls" USING btree ("visitor_id") WHERE "calls"."state" <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "calls_idempotency_key" ON "calls" USING btree ("visitor_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "calls_visitor" ON "calls" USING btree ("visitor_id","requested_at");--> statement-breakpoint
CREATE INDEX "calls_agent" ON "calls" USING btree ("agent_id","requested_at");--> statement-breakpoint
CREATE INDEX "calls_vendor" ON "calls" USING btree ("vendor_id","requested_at");--> statement-breakpoint
CREATE INDEX "calls_deadline" ON "calls" USING btree ("deadline_at") WHERE "calls"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX "agent_leases_agent" ON "agent_leases" USING btree ("agent_id","expires_at");--> statement-breakpoint
CREATE INDEX "agent_leases_expiry" ON "agent_leases" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "agent_presence_shown" ON "agent_presence" USING btree ("agent_id") WHERE "agent_presence"."status" <> 'offline';--> statement-breakpoint
CREATE INDEX "call_ratings_agent" ON "call_ratings" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "call_ratings_vendor" ON "call_ratings" USING btree ("vendor_id");--> statement-breakpoint
ALTER TABLE "vendors" ADD CONSTRAINT "vendors_rating_marks" CHECK ("vendors"."rating_total" between "vendors"."rating_count" and 5 * "vendors"."rating_count");