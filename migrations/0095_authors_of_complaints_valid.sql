ALTER TABLE "complaint_messages" VALIDATE CONSTRAINT "complaint_messages_author_id_buyers_id_fk";
