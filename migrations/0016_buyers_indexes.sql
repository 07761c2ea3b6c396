CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "visitors_buyer_key" ON "visitors" USING btree ("buyer_id");--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "accounts_buyer_key" ON "accounts" USING btree ("buyer_id");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "solutions_buyer" ON "solutions" USING btree ("buyer_id");--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "solutions_current_buyer_key" ON "solutions" USING btree ("buyer_id") WHERE "solutions"."current";--> statement-breakpoint
-- Built again after its successor: PostgreSQL checks indexes in the order they were made, and an upsert by buyer must come
-- upon its own first.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "solutions_current_visitor_key" ON "solutions" USING btree ("visitor_id") WHERE "solutions"."current";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "solutions_current_key";--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "requests_buyer" ON "requests" USING btree ("buyer_id","created_at");--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "calls_buyer" ON "calls" USING btree ("buyer_id","requested_at");--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "calls_one_per_buyer" ON "calls" USING btree ("buyer_id") WHERE "calls"."state" <> 'closed';--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "calls_one_per_visitor";--> statement-breakpoint
CREATE INDEX CONCURRENTLY IF NOT EXISTS "call_backs_buyer" ON "call_backs" USING btree ("buyer_id");--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "phone_consents_buyer_key" ON "phone_consents" USING btree ("buyer_id","phone_hash");--> statement-breakpoint
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "phone_consents_visitor_key" ON "phone_consents" USING btree ("visitor_id","phone_hash");
