-- Each statement commits by itself: a trigger locks its table, and several would deadlock with an import.
CREATE OR REPLACE FUNCTION note_catalog_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO catalog_changes (changed) VALUES (TG_TABLE_NAME);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_changed_products() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    ids := ARRAY(SELECT id FROM former ORDER BY id);
  ELSE
    ids := ARRAY(SELECT id FROM changed ORDER BY id);
  END IF;
  IF cardinality(ids) > 0 THEN
    INSERT INTO catalog_changes (changed, product_ids) VALUES (TG_TABLE_NAME, ids);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_products_of_offers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    ids := ARRAY(SELECT DISTINCT product_id FROM changed ORDER BY 1);
  ELSIF TG_OP = 'UPDATE' THEN
    ids := ARRAY(SELECT product_id FROM changed UNION SELECT product_id FROM former ORDER BY 1);
  ELSE
    ids := ARRAY(SELECT DISTINCT product_id FROM former ORDER BY 1);
  END IF;
  IF cardinality(ids) > 0 THEN
    INSERT INTO catalog_changes (changed, product_ids) VALUES (TG_TABLE_NAME, ids);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_note_inserted AFTER INSERT ON "products" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_products();--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_note_updated AFTER UPDATE ON "products" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_products();--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_note_deleted AFTER DELETE ON "products" REFERENCING OLD TABLE AS former
  FOR EACH STATEMENT EXECUTE FUNCTION note_changed_products();--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_note_change AFTER TRUNCATE ON "products"
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();--> statement-breakpoint
CREATE OR REPLACE TRIGGER offers_note_inserted AFTER INSERT ON "offers" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_products_of_offers();--> statement-breakpoint
CREATE OR REPLACE TRIGGER offers_note_updated AFTER UPDATE ON "offers" REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_products_of_offers();--> statement-breakpoint
CREATE OR REPLACE TRIGGER offers_note_deleted AFTER DELETE ON "offers" REFERENCING OLD TABLE AS former
  FOR EACH STATEMENT EXECUTE FUNCTION note_products_of_offers();--> statement-breakpoint
CREATE OR REPLACE TRIGGER offers_note_change AFTER TRUNCATE ON "offers"
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();--> statement-breakpoint
-- Not new values: only the products that have them matter.
CREATE OR REPLACE TRIGGER attribute_values_note_change AFTER UPDATE OR DELETE OR TRUNCATE ON "attribute_values"
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();--> statement-breakpoint
CREATE OR REPLACE TRIGGER exchange_rates_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "exchange_rates"
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();
