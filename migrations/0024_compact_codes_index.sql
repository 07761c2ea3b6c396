CREATE INDEX CONCURRENTLY IF NOT EXISTS "product_codes_compact" ON "product_codes" USING btree (compact_code("code") text_pattern_ops);
