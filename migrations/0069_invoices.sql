CREATE TABLE "invoice_series" (
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "invoice_series_kind_year_pk" PRIMARY KEY("kind","year")
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"top_up_id" uuid NOT NULL,
	"corrects_id" uuid,
	"operation_id" text NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"seller" jsonb NOT NULL,
	"bill_to" text NOT NULL,
	"country" text NOT NULL,
	"vat_id" text,
	"credits" bigint NOT NULL,
	"currency" text NOT NULL,
	"price" numeric(20, 4) NOT NULL,
	"net" numeric(20, 4) NOT NULL,
	"vat" numeric(20, 4) NOT NULL,
	"vat_rule" text NOT NULL,
	"vat_rate" numeric(5, 2) NOT NULL,
	CONSTRAINT "invoices_corrects" CHECK (("invoices"."kind" = 'credit_note') = ("invoices"."corrects_id" is not null)),
	CONSTRAINT "invoices_amounts" CHECK ("invoices"."credits" > 0 and "invoices"."net" >= 0 and "invoices"."vat" >= 0)
);
--> statement-breakpoint
ALTER TABLE "top_ups" ADD COLUMN "bill_to" text;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_top_up_id_top_ups_id_fk" FOREIGN KEY ("top_up_id") REFERENCES "public"."top_ups"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_corrects_id_invoices_id_fk" FOREIGN KEY ("corrects_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_number_key" ON "invoices" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "invoices_operation_key" ON "invoices" USING btree ("operation_id");--> statement-breakpoint
CREATE INDEX "invoices_top_up" ON "invoices" USING btree ("top_up_id","issued_at");
--> statement-breakpoint
CREATE TRIGGER invoices_frozen BEFORE UPDATE OR DELETE ON "invoices"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER invoices_kept BEFORE TRUNCATE ON "invoices"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
