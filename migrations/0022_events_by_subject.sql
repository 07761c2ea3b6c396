CREATE INDEX CONCURRENTLY IF NOT EXISTS "events_subject" ON "events" USING btree ("subject_type","subject_id","id");
