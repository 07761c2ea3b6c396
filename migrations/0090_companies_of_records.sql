-- Each statement commits by itself
ALTER TABLE "complaints" DROP CONSTRAINT IF EXISTS "complaints_company_id_companies_id_fk", ADD CONSTRAINT "complaints_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") NOT VALID;--> statement-breakpoint
ALTER TABLE "top_ups" DROP CONSTRAINT IF EXISTS "top_ups_company_id_companies_id_fk", ADD CONSTRAINT "top_ups_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") NOT VALID;--> statement-breakpoint
ALTER TABLE "requests" DROP CONSTRAINT IF EXISTS "requests_company_id_companies_id_fk", ADD CONSTRAINT "requests_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") NOT VALID;
