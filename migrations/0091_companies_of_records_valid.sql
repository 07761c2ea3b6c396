-- Each statement commits by itself
ALTER TABLE "complaints" VALIDATE CONSTRAINT "complaints_company_id_companies_id_fk";--> statement-breakpoint
ALTER TABLE "top_ups" VALIDATE CONSTRAINT "top_ups_company_id_companies_id_fk";--> statement-breakpoint
ALTER TABLE "requests" VALIDATE CONSTRAINT "requests_company_id_companies_id_fk";
