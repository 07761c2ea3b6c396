DROP INDEX "products_category";--> statement-breakpoint
CREATE INDEX "products_by_price_desc" ON "products" USING btree ("sort_price" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "products_category" ON "products" USING btree ("category_id","name_folded","id");