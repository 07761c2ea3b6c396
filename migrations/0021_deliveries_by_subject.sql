CREATE INDEX CONCURRENTLY IF NOT EXISTS "deliveries_subject" ON "deliveries" USING btree ("subject_type","subject_id");
