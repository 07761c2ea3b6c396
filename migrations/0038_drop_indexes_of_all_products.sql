-- Each statement commits by itself. Queries of the previous release become slower, until its processes end.
DROP INDEX CONCURRENTLY IF EXISTS "offers_by_price";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_category";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_by_name";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_by_price";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_by_price_desc";