-- As products_search_words() for the products from before.
INSERT INTO search_words (word)
SELECT found.word FROM (
  SELECT DISTINCT part.word FROM products
  CROSS JOIN string_to_table(translate(search_text, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)), ' ') AS part (word)
  WHERE length(part.word) BETWEEN 3 AND 30) AS found
WHERE translate(found.word, '0123456789', '') <> ''
ORDER BY 1
ON CONFLICT DO NOTHING;
--> statement-breakpoint
ANALYZE search_words;
