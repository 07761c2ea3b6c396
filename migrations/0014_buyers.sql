-- Solutions, requests and calls belong to a buyer; a browser and an account point to one.
CREATE TABLE "buyers" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"merged_into" uuid
);
--> statement-breakpoint
ALTER TABLE "buyers" ADD CONSTRAINT "buyers_merged_into_buyers_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint

-- Browsers: each keeps what it has, as a buyer of the same id.
ALTER TABLE "visitors" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "cookie_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
INSERT INTO "buyers" ("id", "created_at") SELECT "id", "created_at" FROM "visitors";--> statement-breakpoint
UPDATE "visitors" SET "buyer_id" = "id", "cookie_at" = "created_at";--> statement-breakpoint
ALTER TABLE "visitors" ALTER COLUMN "buyer_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "visitors" ADD CONSTRAINT "visitors_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "visitors_buyer_key" ON "visitors" USING btree ("buyer_id");--> statement-breakpoint

-- Accounts of buyers. Sessions that began without moving the browser's things end, so that the next login moves them.
ALTER TABLE "accounts" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "email_proven_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "accounts" SET "email_proven_at" = "created_at", "buyer_id" = CASE WHEN "role" = 'buyer' THEN uuidv7() END;--> statement-breakpoint
INSERT INTO "buyers" ("id", "created_at") SELECT "buyer_id", "created_at" FROM "accounts" WHERE "buyer_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_buyer_by_role" CHECK (("accounts"."role" = 'buyer') = ("accounts"."buyer_id" is not null));--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_buyer_key" ON "accounts" USING btree ("buyer_id");--> statement-breakpoint
DELETE FROM "account_sessions" USING "accounts" WHERE "accounts"."id" = "account_sessions"."account_id" AND "accounts"."role" = 'buyer';--> statement-breakpoint

-- What they own.
ALTER TABLE "solutions" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "call_backs" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "phone_consents" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
UPDATE "solutions" SET "buyer_id" = "visitor_id";--> statement-breakpoint
UPDATE "requests" SET "buyer_id" = "visitor_id";--> statement-breakpoint
UPDATE "calls" SET "buyer_id" = "visitor_id";--> statement-breakpoint
UPDATE "call_backs" SET "buyer_id" = "visitor_id";--> statement-breakpoint
UPDATE "phone_consents" SET "buyer_id" = "visitor_id";--> statement-breakpoint
ALTER TABLE "solutions" ALTER COLUMN "buyer_id" SET NOT NULL, ALTER COLUMN "visitor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "buyer_id" SET NOT NULL, ALTER COLUMN "visitor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ALTER COLUMN "buyer_id" SET NOT NULL, ALTER COLUMN "visitor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "call_backs" ALTER COLUMN "buyer_id" SET NOT NULL, ALTER COLUMN "visitor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_consents" DROP CONSTRAINT "phone_consents_visitor_id_phone_hash_pk";--> statement-breakpoint
ALTER TABLE "phone_consents" ALTER COLUMN "visitor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_consents" ADD CONSTRAINT "phone_consents_buyer_id_phone_hash_pk" PRIMARY KEY("buyer_id","phone_hash");--> statement-breakpoint
ALTER TABLE "solutions" ADD CONSTRAINT "solutions_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_backs" ADD CONSTRAINT "call_backs_buyer_id_buyers_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."buyers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "solutions_buyer" ON "solutions" USING btree ("buyer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "solutions_current_buyer_key" ON "solutions" USING btree ("buyer_id") WHERE "solutions"."current";--> statement-breakpoint
-- Again, so that it comes after the new one: of two that collide, PostgreSQL names the older index, and an upsert by buyer
-- must find its own.
DROP INDEX "solutions_current_key";--> statement-breakpoint
CREATE UNIQUE INDEX "solutions_current_key" ON "solutions" USING btree ("visitor_id") WHERE "solutions"."current";--> statement-breakpoint
CREATE INDEX "requests_buyer" ON "requests" USING btree ("buyer_id","created_at");--> statement-breakpoint
CREATE INDEX "calls_buyer" ON "calls" USING btree ("buyer_id","requested_at");--> statement-breakpoint
CREATE UNIQUE INDEX "calls_one_per_buyer" ON "calls" USING btree ("buyer_id") WHERE "calls"."state" <> 'closed';--> statement-breakpoint
DROP INDEX "calls_one_per_visitor";--> statement-breakpoint
CREATE INDEX "call_backs_buyer" ON "call_backs" USING btree ("buyer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "phone_consents_visitor_key" ON "phone_consents" USING btree ("visitor_id","phone_hash");--> statement-breakpoint

-- Processes of the last release write and read visitors: their rows get the visitor's buyer, and rows of a guest's buyer
-- get its visitor. All of it goes with the columns visitor_id.
CREATE FUNCTION visitor_gets_buyer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.buyer_id IS NULL THEN
    INSERT INTO buyers (id, created_at) VALUES (NEW.id, NEW.created_at);
    NEW.buyer_id := NEW.id;
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE FUNCTION account_gets_buyer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.role = 'buyer' AND NEW.buyer_id IS NULL THEN
    INSERT INTO buyers (id, created_at) VALUES (NEW.id, NEW.created_at);
    NEW.buyer_id := NEW.id;
    NEW.email_proven_at := NEW.created_at;
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE FUNCTION row_gets_buyer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.buyer_id IS NULL THEN
    NEW.buyer_id := (SELECT buyer_id FROM visitors WHERE id = NEW.visitor_id);
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE FUNCTION row_gets_visitor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.visitor_id := (SELECT id FROM visitors WHERE buyer_id = NEW.buyer_id);
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER visitors_buyer BEFORE INSERT ON visitors FOR EACH ROW EXECUTE FUNCTION visitor_gets_buyer();--> statement-breakpoint
CREATE TRIGGER accounts_buyer BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION account_gets_buyer();--> statement-breakpoint
CREATE TRIGGER solutions_buyer BEFORE INSERT ON solutions FOR EACH ROW EXECUTE FUNCTION row_gets_buyer();--> statement-breakpoint
CREATE TRIGGER requests_buyer BEFORE INSERT ON requests FOR EACH ROW EXECUTE FUNCTION row_gets_buyer();--> statement-breakpoint
CREATE TRIGGER calls_buyer BEFORE INSERT ON calls FOR EACH ROW EXECUTE FUNCTION row_gets_buyer();--> statement-breakpoint
CREATE TRIGGER call_backs_buyer BEFORE INSERT ON call_backs FOR EACH ROW EXECUTE FUNCTION row_gets_buyer();--> statement-breakpoint
CREATE TRIGGER phone_consents_buyer BEFORE INSERT ON phone_consents FOR EACH ROW EXECUTE FUNCTION row_gets_buyer();--> statement-breakpoint
CREATE TRIGGER solutions_visitor BEFORE INSERT OR UPDATE OF buyer_id ON solutions FOR EACH ROW EXECUTE FUNCTION row_gets_visitor();--> statement-breakpoint
CREATE TRIGGER requests_visitor BEFORE INSERT OR UPDATE OF buyer_id ON requests FOR EACH ROW EXECUTE FUNCTION row_gets_visitor();--> statement-breakpoint
CREATE TRIGGER calls_visitor BEFORE INSERT OR UPDATE OF buyer_id ON calls FOR EACH ROW EXECUTE FUNCTION row_gets_visitor();--> statement-breakpoint
CREATE TRIGGER call_backs_visitor BEFORE INSERT OR UPDATE OF buyer_id ON call_backs FOR EACH ROW EXECUTE FUNCTION row_gets_visitor();
