DROP INDEX CONCURRENTLY IF EXISTS "offers_by_price";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_category";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_by_name";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_by_price";--> statement-breakpoint
DROP INDEX CONCURRENTLY IF EXISTS "products_by_price_desc";
