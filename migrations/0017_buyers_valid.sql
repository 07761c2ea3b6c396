ALTER TABLE "visitors" VALIDATE CONSTRAINT "visitors_buyer_id_not_null";--> statement-breakpoint
ALTER TABLE "visitors" VALIDATE CONSTRAINT "visitors_buyer_id_buyers_id_fk";--> statement-breakpoint
ALTER TABLE "accounts" VALIDATE CONSTRAINT "accounts_buyer_by_role";--> statement-breakpoint
ALTER TABLE "accounts" VALIDATE CONSTRAINT "accounts_buyer_id_buyers_id_fk";--> statement-breakpoint
ALTER TABLE "solutions" VALIDATE CONSTRAINT "solutions_buyer_id_not_null";--> statement-breakpoint
ALTER TABLE "solutions" VALIDATE CONSTRAINT "solutions_buyer_id_buyers_id_fk";--> statement-breakpoint
ALTER TABLE "requests" VALIDATE CONSTRAINT "requests_buyer_id_not_null";--> statement-breakpoint
ALTER TABLE "requests" VALIDATE CONSTRAINT "requests_buyer_id_buyers_id_fk";--> statement-breakpoint
ALTER TABLE "calls" VALIDATE CONSTRAINT "calls_buyer_id_not_null";--> statement-breakpoint
ALTER TABLE "calls" VALIDATE CONSTRAINT "calls_buyer_id_buyers_id_fk";--> statement-breakpoint
ALTER TABLE "call_backs" VALIDATE CONSTRAINT "call_backs_buyer_id_not_null";--> statement-breakpoint
ALTER TABLE "call_backs" VALIDATE CONSTRAINT "call_backs_buyer_id_buyers_id_fk";--> statement-breakpoint
ALTER TABLE "phone_consents" VALIDATE CONSTRAINT "phone_consents_buyer_id_not_null";--> statement-breakpoint
ALTER TABLE "phone_consents" DROP CONSTRAINT "phone_consents_visitor_id_phone_hash_pk";--> statement-breakpoint
ALTER TABLE "phone_consents" ADD CONSTRAINT "phone_consents_buyer_id_phone_hash_pk" PRIMARY KEY USING INDEX "phone_consents_buyer_key";--> statement-breakpoint

-- New processes write buyers alone.
ALTER TABLE "solutions" ALTER COLUMN "visitor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "visitor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "calls" ALTER COLUMN "visitor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "call_backs" ALTER COLUMN "visitor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "phone_consents" ALTER COLUMN "visitor_id" DROP NOT NULL;--> statement-breakpoint

-- Processes of the last release find what new ones write for the buyer of a visitor. Goes with visitor_id.
CREATE FUNCTION row_gets_visitor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.visitor_id := (SELECT id FROM visitors WHERE buyer_id = NEW.buyer_id);
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER solutions_visitor BEFORE INSERT OR UPDATE OF buyer_id ON solutions FOR EACH ROW EXECUTE FUNCTION row_gets_visitor();--> statement-breakpoint
CREATE TRIGGER requests_visitor BEFORE INSERT OR UPDATE OF buyer_id ON requests FOR EACH ROW EXECUTE FUNCTION row_gets_visitor();--> statement-breakpoint
CREATE TRIGGER calls_visitor BEFORE INSERT OR UPDATE OF buyer_id ON calls FOR EACH ROW EXECUTE FUNCTION row_gets_visitor();--> statement-breakpoint
CREATE TRIGGER call_backs_visitor BEFORE INSERT OR UPDATE OF buyer_id ON call_backs FOR EACH ROW EXECUTE FUNCTION row_gets_visitor();--> statement-breakpoint
CREATE TRIGGER phone_consents_visitor BEFORE INSERT ON phone_consents FOR EACH ROW EXECUTE FUNCTION row_gets_visitor();
--> statement-breakpoint

-- What a browser's former buyer keeps is no longer the browser's, also not to processes of the last release.
CREATE FUNCTION visitor_leaves_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE solutions SET visitor_id = NULL WHERE visitor_id = NEW.id AND buyer_id = OLD.buyer_id;
  UPDATE requests SET visitor_id = NULL WHERE visitor_id = NEW.id AND buyer_id = OLD.buyer_id;
  UPDATE calls SET visitor_id = NULL WHERE visitor_id = NEW.id AND buyer_id = OLD.buyer_id;
  UPDATE call_backs SET visitor_id = NULL WHERE visitor_id = NEW.id AND buyer_id = OLD.buyer_id;
  UPDATE phone_consents SET visitor_id = NULL WHERE visitor_id = NEW.id AND buyer_id = OLD.buyer_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER visitors_rows AFTER UPDATE OF buyer_id ON visitors FOR EACH ROW
  WHEN (OLD.buyer_id IS DISTINCT FROM NEW.buyer_id) EXECUTE FUNCTION visitor_leaves_rows();
