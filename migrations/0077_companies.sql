CREATE TABLE "approvals" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"company_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"requester_id" uuid NOT NULL,
	"request_id" uuid,
	"solution_id" uuid,
	"input" jsonb NOT NULL,
	"amounts" jsonb NOT NULL,
	"exceeded" jsonb NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"decided_for" uuid,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "approvals_subject" CHECK (case "approvals"."kind" when 'order' then "approvals"."solution_id" is not null
        else "approvals"."solution_id" is null and "approvals"."request_id" is not null end),
	CONSTRAINT "approvals_decided" CHECK (("approvals"."status" = 'waiting') = ("approvals"."decided_at" is null)),
	CONSTRAINT "approvals_other" CHECK ("approvals"."status" not in ('approved', 'rejected') or "approvals"."decided_by" <> "approvals"."requester_id"),
	CONSTRAINT "approvals_note" CHECK (length("approvals"."note") <= 2000)
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "company_invitations" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"company_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"limits" jsonb NOT NULL,
	"invited_by" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	CONSTRAINT "company_invitations_email_lower" CHECK ("company_invitations"."email" = lower("company_invitations"."email")),
	CONSTRAINT "company_invitations_role" CHECK ("company_invitations"."role" in ('admin', 'approver', 'requester')),
	CONSTRAINT "company_invitations_end" CHECK ("company_invitations"."accepted_at" is null or "company_invitations"."withdrawn_at" is null)
);
--> statement-breakpoint
CREATE TABLE "company_limits" (
	"buyer_id" uuid NOT NULL,
	"period" text NOT NULL,
	"currency" text NOT NULL,
	"amount" numeric(20, 4) NOT NULL,
	CONSTRAINT "company_limits_buyer_id_period_currency_pk" PRIMARY KEY("buyer_id","period","currency"),
	CONSTRAINT "company_limits_amount" CHECK ("company_limits"."amount" >= 0),
	CONSTRAINT "company_limits_period" CHECK ("company_limits"."period" in ('request', 'month'))
);
--> statement-breakpoint
CREATE TABLE "company_members" (
	"buyer_id" uuid PRIMARY KEY NOT NULL,
	"company_id" uuid NOT NULL,
	"role" text NOT NULL,
	"monthly_credits" bigint,
	"joined_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "company_members_role" CHECK ("company_members"."role" in ('admin', 'approver', 'requester')),
	CONSTRAINT "company_members_credits" CHECK ("company_members"."monthly_credits" >= 0)
);
--> statement-breakpoint
CREATE TABLE "company_stand_ins" (
	"approver_id" uuid PRIMARY KEY NOT NULL,
	"stand_in_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	CONSTRAINT "company_stand_ins_other" CHECK ("company_stand_ins"."approver_id" <> "company_stand_ins"."stand_in_id"),
	CONSTRAINT "company_stand_ins_days" CHECK ("company_stand_ins"."from_day" <= "company_stand_ins"."until_day")
);
--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_requester_id_buyers_id_fk" FOREIGN KEY ("requester_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_solution_id_solutions_id_fk" FOREIGN KEY ("solution_id") REFERENCES "public"."solutions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_decided_by_buyers_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_decided_for_buyers_id_fk" FOREIGN KEY ("decided_for") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_invitations" ADD CONSTRAINT "company_invitations_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_invitations" ADD CONSTRAINT "company_invitations_invited_by_buyers_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_limits" ADD CONSTRAINT "company_limits_buyer_id_company_members_buyer_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."company_members"("buyer_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_members" ADD CONSTRAINT "company_members_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_members" ADD CONSTRAINT "company_members_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_stand_ins" ADD CONSTRAINT "company_stand_ins_approver_id_company_members_buyer_id_fk" FOREIGN KEY ("approver_id") REFERENCES "public"."company_members"("buyer_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_stand_ins" ADD CONSTRAINT "company_stand_ins_stand_in_id_company_members_buyer_id_fk" FOREIGN KEY ("stand_in_id") REFERENCES "public"."company_members"("buyer_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approvals_company" ON "approvals" USING btree ("company_id","created_at");--> statement-breakpoint
CREATE INDEX "approvals_request" ON "approvals" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "approvals_due" ON "approvals" USING btree ("expires_at") WHERE "approvals"."status" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_solution_key" ON "approvals" USING btree ("solution_id") WHERE "approvals"."status" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "company_invitations_open_key" ON "company_invitations" USING btree ("company_id","email") WHERE "company_invitations"."accepted_at" is null and "company_invitations"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "company_invitations_email" ON "company_invitations" USING btree ("email");--> statement-breakpoint
CREATE INDEX "company_members_company" ON "company_members" USING btree ("company_id","joined_at");--> statement-breakpoint
CREATE INDEX "company_stand_ins_stand_in" ON "company_stand_ins" USING btree ("stand_in_id");