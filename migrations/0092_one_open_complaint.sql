-- No release has filed two about the same thing: its check came before it. Where one runs from between releases and has, this
-- fails until one of them is withdrawn or decided, in the process that still runs.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "complaints_open_key" ON "complaints" USING btree ("buyer_id","vendor_id","subject_type","subject_id") WHERE "complaints"."status" in ('open', 'in_review');
