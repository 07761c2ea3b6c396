CREATE SEQUENCE "public"."complaint_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "complaint_messages" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"complaint_id" uuid NOT NULL,
	"author" text NOT NULL,
	"author_name" text NOT NULL,
	"audience" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "complaint_messages_text" CHECK (length("complaint_messages"."text") between 1 and 10000),
	CONSTRAINT "complaint_messages_audience" CHECK ("complaint_messages"."author" <> 'buyer' or "complaint_messages"."audience" = 'everyone')
);
--> statement-breakpoint
CREATE TABLE "complaints" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"number" text NOT NULL,
	"buyer_id" uuid NOT NULL,
	"company_id" uuid,
	"vendor_id" bigint NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"subject" jsonb NOT NULL,
	"category" text NOT NULL,
	"wish" text NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"status_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"remind_at" timestamp (3) with time zone,
	"decided_by" text,
	"decision" text,
	"reason" text,
	"refund" bigint,
	"link_version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "complaints_decided" CHECK (("complaints"."status" in ('resolved', 'rejected')) = ("complaints"."decision" is not null)),
	CONSTRAINT "complaints_decision_whole" CHECK (("complaints"."decision" is null) = ("complaints"."reason" is null) and ("complaints"."decision" is null) = ("complaints"."decided_by" is null)),
	CONSTRAINT "complaints_refund" CHECK ("complaints"."refund" is null or ("complaints"."refund" > 0 and "complaints"."decision" = 'resolved' and "complaints"."decided_by" = 'staff' and "complaints"."subject_type" = 'call')),
	CONSTRAINT "complaints_deadline" CHECK ("complaints"."status" in ('open', 'in_review') or ("complaints"."due_at" is null and "complaints"."remind_at" is null))
);
--> statement-breakpoint
CREATE TABLE "vendor_quality" (
	"vendor_id" bigint PRIMARY KEY NOT NULL,
	"asked" integer NOT NULL,
	"answered" integer NOT NULL,
	"median_answer_seconds" integer,
	"calls_taken" integer NOT NULL,
	"calls_missed" integer NOT NULL,
	"call_complaints" integer NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"owner" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"stored_at" timestamp (3) with time zone,
	"subject_type" text,
	"subject_id" uuid,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "uploads_size" CHECK ("uploads"."size" > 0),
	CONSTRAINT "uploads_subject_whole" CHECK (("uploads"."subject_type" is null) = ("uploads"."subject_id" is null)),
	CONSTRAINT "uploads_used_is_stored" CHECK ("uploads"."subject_type" is null or "uploads"."stored_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "complaint_messages" ADD CONSTRAINT "complaint_messages_complaint_id_complaints_id_fk" FOREIGN KEY ("complaint_id") REFERENCES "public"."complaints"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_quality" ADD CONSTRAINT "vendor_quality_vendor_id_vendors_id_fk" FOREIGN KEY ("vendor_id") REFERENCES "public"."vendors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "complaint_messages_complaint" ON "complaint_messages" USING btree ("complaint_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "complaints_number_key" ON "complaints" USING btree ("number");--> statement-breakpoint
CREATE INDEX "complaints_buyer" ON "complaints" USING btree ("buyer_id","created_at");--> statement-breakpoint
CREATE INDEX "complaints_company" ON "complaints" USING btree ("company_id","created_at");--> statement-breakpoint
CREATE INDEX "complaints_vendor" ON "complaints" USING btree ("vendor_id","created_at");--> statement-breakpoint
CREATE INDEX "complaints_created" ON "complaints" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "complaints_subject" ON "complaints" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "complaints_reminders" ON "complaints" USING btree ("remind_at") WHERE "complaints"."remind_at" is not null;--> statement-breakpoint
CREATE INDEX "uploads_owner" ON "uploads" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "uploads_subject" ON "uploads" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "uploads_unused" ON "uploads" USING btree ("created_at") WHERE "uploads"."subject_type" is null;--> statement-breakpoint
CREATE INDEX "uploads_removed" ON "uploads" USING btree ("removed_at") WHERE "uploads"."removed_at" is not null;--> statement-breakpoint
CREATE INDEX "uploads_stored" ON "uploads" USING btree ("stored_at");