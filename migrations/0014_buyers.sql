-- Solutions, requests and calls belong to a buyer; a browser and an account point to one. Three migrations follow: they
-- fill the new columns, index them and validate their constraints.
CREATE TABLE "buyers" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"merged_into" uuid REFERENCES "buyers" ("id")
);
--> statement-breakpoint
ALTER TABLE "buyers" RENAME CONSTRAINT "buyers_merged_into_fkey" TO "buyers_merged_into_buyers_id_fk";--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "cookie_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "email_proven_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "solutions" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "calls" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "call_backs" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint
ALTER TABLE "phone_consents" ADD COLUMN "buyer_id" uuid;--> statement-breakpoint

-- Rows that processes of the last release write get their buyer: a visitor's has the visitor's id. Goes with visitor_id.
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
    NEW.buyer_id := coalesce((SELECT buyer_id FROM visitors WHERE id = NEW.visitor_id), NEW.visitor_id);
  END IF;
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
CREATE TRIGGER phone_consents_buyer BEFORE INSERT ON phone_consents FOR EACH ROW EXECUTE FUNCTION row_gets_buyer();
--> statement-breakpoint

-- Keys of the last release are kept for the buyer, too.
CREATE OR REPLACE FUNCTION keep_key_of_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO idempotency_keys (actor, operation, key, body_hash, answer, at, expires_at)
  VALUES ('buyer:' || NEW.buyer_id, 'requests.send', NEW.idempotency_key, NEW.body_hash,
          jsonb_build_object('id', NEW.id), NEW.created_at, NEW.created_at + interval '400 days')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION keep_key_of_addition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO idempotency_keys (actor, operation, key, body_hash, answer, at, expires_at)
  SELECT 'buyer:' || coalesce((SELECT buyer_id FROM visitors WHERE id = NEW.visitor_id), NEW.visitor_id),
         'solutions.add', NEW.idempotency_key, NEW.body_hash, NEW.answer, NEW.at, NEW.at + interval '1 day'
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
