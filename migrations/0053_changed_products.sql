ALTER TABLE "catalog_changes" ALTER COLUMN "at" SET DEFAULT clock_timestamp();--> statement-breakpoint
ALTER TABLE "catalog_changes" ADD COLUMN "changed" text;--> statement-breakpoint
ALTER TABLE "catalog_changes" ADD COLUMN "product_ids" bigint[];--> statement-breakpoint
-- Defaults only for new rows: those from before don't have these values.
ALTER TABLE "catalog_changes" ADD COLUMN "transaction" xid8;--> statement-breakpoint
ALTER TABLE "catalog_changes" ALTER COLUMN "transaction" SET DEFAULT pg_current_xact_id();--> statement-breakpoint
ALTER TABLE "catalog_changes" ADD COLUMN "ended" xid8;--> statement-breakpoint
ALTER TABLE "catalog_changes" ALTER COLUMN "ended" SET DEFAULT pg_snapshot_xmin(pg_current_snapshot());
