CREATE TABLE "ledger_accounts" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"owner_type" text NOT NULL,
	"owner_id" text NOT NULL,
	"unit" text NOT NULL,
	"posted" bigint DEFAULT 0 NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "ledger_accounts_unit" CHECK ("ledger_accounts"."unit" = 'credit' or "ledger_accounts"."unit" ~ '^[A-Z]{3}$'),
	CONSTRAINT "ledger_accounts_available" CHECK ("ledger_accounts"."held" >= 0 and ("ledger_accounts"."owner_type" = 'house' or "ledger_accounts"."posted" - "ledger_accounts"."held" >= 0))
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transaction_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"balance" bigint NOT NULL,
	CONSTRAINT "ledger_entries_amount" CHECK ("ledger_entries"."amount" <> 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_holds" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"account_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"captured" bigint,
	"transaction_id" uuid,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"operation_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	CONSTRAINT "ledger_holds_amount" CHECK ("ledger_holds"."amount" > 0),
	CONSTRAINT "ledger_holds_state" CHECK ("ledger_holds"."state" in ('open', 'captured', 'released', 'expired')),
	CONSTRAINT "ledger_holds_resolved" CHECK (("ledger_holds"."state" = 'open') = ("ledger_holds"."resolved_at" is null)),
	CONSTRAINT "ledger_holds_captured" CHECK (("ledger_holds"."state" = 'captured') = ("ledger_holds"."captured" is not null)
        and ("ledger_holds"."state" = 'captured') = ("ledger_holds"."transaction_id" is not null)
        and "ledger_holds"."captured" between 1 and "ledger_holds"."amount")
);
--> statement-breakpoint
CREATE TABLE "ledger_transactions" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"kind" text NOT NULL,
	"actor" text NOT NULL,
	"text" text NOT NULL,
	"subject_type" text,
	"subject_id" uuid,
	"operation_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"written_by" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "ledger_transactions_subject_whole" CHECK (("ledger_transactions"."subject_type" is null) = ("ledger_transactions"."subject_id" is null))
);
--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_account_id_ledger_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_holds" ADD CONSTRAINT "ledger_holds_account_id_ledger_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."ledger_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_holds" ADD CONSTRAINT "ledger_holds_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_accounts_key" ON "ledger_accounts" USING btree ("owner_type","owner_id","unit");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_transaction_key" ON "ledger_entries" USING btree ("transaction_id","account_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_account" ON "ledger_entries" USING btree ("account_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_holds_operation_key" ON "ledger_holds" USING btree ("operation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_holds_transaction_key" ON "ledger_holds" USING btree ("transaction_id");--> statement-breakpoint
CREATE INDEX "ledger_holds_account" ON "ledger_holds" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "ledger_holds_due" ON "ledger_holds" USING btree ("expires_at") WHERE "ledger_holds"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_transactions_operation_key" ON "ledger_transactions" USING btree ("operation_id");--> statement-breakpoint
CREATE INDEX "ledger_transactions_subject" ON "ledger_transactions" USING btree ("subject_type","subject_id");