-- Each statement commits by itself: a lock on a table, taken after updating its rows, would deadlock with their writers.
-- Every browser keeps what it has, as a buyer of the same id.
INSERT INTO "buyers" ("id", "created_at") SELECT "id", "created_at" FROM "visitors" WHERE "buyer_id" IS NULL ON CONFLICT DO NOTHING;--> statement-breakpoint
UPDATE "visitors" SET "buyer_id" = "id", "cookie_at" = "created_at" WHERE "buyer_id" IS NULL;--> statement-breakpoint
UPDATE "accounts" SET "buyer_id" = "id" WHERE "role" = 'buyer' AND "buyer_id" IS NULL;--> statement-breakpoint
INSERT INTO "buyers" ("id", "created_at") SELECT "buyer_id", "created_at" FROM "accounts" WHERE "buyer_id" IS NOT NULL ON CONFLICT DO NOTHING;--> statement-breakpoint
UPDATE "accounts" SET "email_proven_at" = "created_at" WHERE "email_proven_at" IS NULL;--> statement-breakpoint
-- A login that moved nothing is not enough: the next one moves what the browser has.
DELETE FROM "account_sessions" USING "accounts" WHERE "accounts"."id" = "account_sessions"."account_id" AND "accounts"."role" = 'buyer';--> statement-breakpoint
UPDATE "solutions" SET "buyer_id" = "visitor_id" WHERE "buyer_id" IS NULL;--> statement-breakpoint
UPDATE "requests" SET "buyer_id" = "visitor_id" WHERE "buyer_id" IS NULL;--> statement-breakpoint
UPDATE "calls" SET "buyer_id" = "visitor_id" WHERE "buyer_id" IS NULL;--> statement-breakpoint
UPDATE "call_backs" SET "buyer_id" = "visitor_id" WHERE "buyer_id" IS NULL;--> statement-breakpoint
UPDATE "phone_consents" SET "buyer_id" = "visitor_id" WHERE "buyer_id" IS NULL;--> statement-breakpoint

ALTER TABLE "visitors" DROP CONSTRAINT IF EXISTS "visitors_buyer_id_not_null", ADD CONSTRAINT "visitors_buyer_id_not_null" NOT NULL "buyer_id" NOT VALID;--> statement-breakpoint
ALTER TABLE "visitors" DROP CONSTRAINT IF EXISTS "visitors_buyer_id_buyers_id_fk", ADD CONSTRAINT "visitors_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") NOT VALID;--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT IF EXISTS "accounts_buyer_by_role", ADD CONSTRAINT "accounts_buyer_by_role" CHECK (("accounts"."role" = 'buyer') = ("accounts"."buyer_id" is not null)) NOT VALID;--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT IF EXISTS "accounts_buyer_id_buyers_id_fk", ADD CONSTRAINT "accounts_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") NOT VALID;--> statement-breakpoint
ALTER TABLE "solutions" DROP CONSTRAINT IF EXISTS "solutions_buyer_id_not_null", ADD CONSTRAINT "solutions_buyer_id_not_null" NOT NULL "buyer_id" NOT VALID;--> statement-breakpoint
ALTER TABLE "solutions" DROP CONSTRAINT IF EXISTS "solutions_buyer_id_buyers_id_fk", ADD CONSTRAINT "solutions_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") NOT VALID;--> statement-breakpoint
ALTER TABLE "requests" DROP CONSTRAINT IF EXISTS "requests_buyer_id_not_null", ADD CONSTRAINT "requests_buyer_id_not_null" NOT NULL "buyer_id" NOT VALID;--> statement-breakpoint
ALTER TABLE "requests" DROP CONSTRAINT IF EXISTS "requests_buyer_id_buyers_id_fk", ADD CONSTRAINT "requests_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") NOT VALID;--> statement-breakpoint
ALTER TABLE "calls" DROP CONSTRAINT IF EXISTS "calls_buyer_id_not_null", ADD CONSTRAINT "calls_buyer_id_not_null" NOT NULL "buyer_id" NOT VALID;--> statement-breakpoint
ALTER TABLE "calls" DROP CONSTRAINT IF EXISTS "calls_buyer_id_buyers_id_fk", ADD CONSTRAINT "calls_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") NOT VALID;--> statement-breakpoint
ALTER TABLE "call_backs" DROP CONSTRAINT IF EXISTS "call_backs_buyer_id_not_null", ADD CONSTRAINT "call_backs_buyer_id_not_null" NOT NULL "buyer_id" NOT VALID;--> statement-breakpoint
ALTER TABLE "call_backs" DROP CONSTRAINT IF EXISTS "call_backs_buyer_id_buyers_id_fk", ADD CONSTRAINT "call_backs_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") NOT VALID;--> statement-breakpoint
ALTER TABLE "phone_consents" DROP CONSTRAINT IF EXISTS "phone_consents_buyer_id_not_null", ADD CONSTRAINT "phone_consents_buyer_id_not_null" NOT NULL "buyer_id" NOT VALID;
