-- Each statement commits by itself. Imports fill "attribute_ids" themselves, for a batch at once. What processes of the
-- previous release write still gets them here, row by row.
CREATE OR REPLACE TRIGGER products_attribute_ids_updated BEFORE UPDATE OF attributes ON "products" FOR EACH ROW
  WHEN (NEW.attributes IS DISTINCT FROM OLD.attributes AND NEW.attribute_ids = OLD.attribute_ids)
  EXECUTE FUNCTION products_attribute_ids();--> statement-breakpoint
CREATE OR REPLACE TRIGGER products_attribute_ids BEFORE INSERT ON "products" FOR EACH ROW
  WHEN (NEW.attributes <> '[]' AND NEW.attribute_ids = '{}')
  EXECUTE FUNCTION products_attribute_ids();--> statement-breakpoint
-- As before, but finds each spaced word once before it is split at signs.
CREATE OR REPLACE FUNCTION products_search_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  texts text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    texts := ARRAY(SELECT search_text FROM changed);
  ELSE
    texts := ARRAY(SELECT c.search_text FROM changed c JOIN former f USING (id) WHERE c.search_text <> f.search_text);
  END IF;
  -- In a fixed order, so that two imports don't wait for each other in a circle.
  INSERT INTO search_words (word)
    SELECT found.word FROM (
      SELECT DISTINCT part.word COLLATE "C" AS word FROM (
        SELECT DISTINCT part.spaced COLLATE "C" FROM unnest(texts) AS of_product (text)
        CROSS JOIN string_to_table(of_product.text, ' ') AS part (spaced)) AS once (spaced)
      CROSS JOIN regexp_split_to_table(once.spaced, '[!-/:-@[-`{-~]+') AS part (word)) AS found
    WHERE length(found.word) BETWEEN 3 AND 30 AND found.word ~ '[^0-9]'
      AND NOT EXISTS (SELECT FROM search_words known WHERE known.word = found.word)
    ORDER BY 1
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
