ALTER TABLE "products" ADD COLUMN "short_grams" smallint[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "products_short_grams" ON "products" USING gin ("short_grams");--> statement-breakpoint
CREATE INDEX "products_by_name" ON "products" USING btree ("name_folded","id");--> statement-breakpoint
CREATE INDEX "products_by_price" ON "products" USING btree ("sort_price","id");