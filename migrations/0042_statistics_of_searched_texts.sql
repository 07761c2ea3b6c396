-- The planner compares each searched word with every text in the histogram: of a hundred texts that took longer than the
-- search itself.
ALTER TABLE "products" ALTER COLUMN "search_text" SET STATISTICS 10, ALTER COLUMN "name_folded" SET STATISTICS 10;--> statement-breakpoint
ANALYZE "products" ("search_text", "name_folded");
