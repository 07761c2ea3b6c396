-- Each statement commits by itself
ALTER TABLE "complaint_messages" ADD COLUMN IF NOT EXISTS "author_id" uuid;--> statement-breakpoint
ALTER TABLE "complaint_messages" DROP CONSTRAINT IF EXISTS "complaint_messages_author_id_buyers_id_fk", ADD CONSTRAINT "complaint_messages_author_id_buyers_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."buyers"("id") NOT VALID;
