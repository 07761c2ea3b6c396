CREATE TABLE "search_words" (
	"word" text COLLATE "C" PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_words_reversed" ON "search_words" USING btree (reverse("word"));--> statement-breakpoint
CREATE INDEX "search_words_trigrams" ON "search_words" USING gin ("word" gin_trgm_ops);--> statement-breakpoint
-- Also for products that the previous release writes. Words that no product has any more stay, and do no harm.
CREATE FUNCTION products_search_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  signs CONSTANT text := '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~';
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
      SELECT DISTINCT part.word FROM unnest(texts) AS of_product (text)
      CROSS JOIN string_to_table(translate(of_product.text, signs, repeat(' ', length(signs))), ' ') AS part (word)
      WHERE length(part.word) BETWEEN 3 AND 30) AS found
    WHERE translate(found.word, '0123456789', '') <> ''
      AND NOT EXISTS (SELECT FROM search_words known WHERE known.word = found.word)
    ORDER BY 1
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER products_inserted_words AFTER INSERT ON "products" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION products_search_words();--> statement-breakpoint
CREATE TRIGGER products_updated_words AFTER UPDATE ON "products" REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION products_search_words();
