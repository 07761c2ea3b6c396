ALTER TABLE "top_up_payments" VALIDATE CONSTRAINT "top_up_payments_reversed_whole";
