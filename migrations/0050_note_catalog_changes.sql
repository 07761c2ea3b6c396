-- Each statement commits by itself: a trigger locks its table, and several would deadlock with an import.
CREATE OR REPLACE FUNCTION note_catalog_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO catalog_changes DEFAULT VALUES;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "products"
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();--> statement-breakpoint
CREATE OR REPLACE TRIGGER offers_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "offers"
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();--> statement-breakpoint
CREATE OR REPLACE TRIGGER vendors_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "vendors"
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();--> statement-breakpoint
CREATE OR REPLACE TRIGGER categories_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "categories"
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();--> statement-breakpoint
CREATE OR REPLACE TRIGGER attribute_values_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "attribute_values"
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();--> statement-breakpoint
CREATE OR REPLACE TRIGGER attribute_words_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "attribute_words"
  FOR EACH STATEMENT EXECUTE FUNCTION note_catalog_change();
