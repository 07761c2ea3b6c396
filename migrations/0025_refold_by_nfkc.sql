-- Each statement commits by itself: what was folded by NFC is folded again by NFKC.
-- For texts that server/platform/fold.ts folded by NFC.
CREATE OR REPLACE FUNCTION refold_by_nfkc(folded text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN btrim(regexp_replace(normalize(regexp_replace(normalize(lower(regexp_replace(normalize(folded, NFKC),
    '[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]', '', 'g')), NFD),
    '[\u0300-\u036f\u20d0-\u20ff]', '', 'g'), NFKC), '\s+', ' ', 'g'));
--> statement-breakpoint
UPDATE products SET name_folded = refold_by_nfkc(name_folded) WHERE name_folded <> refold_by_nfkc(name_folded);
--> statement-breakpoint
UPDATE products SET
  search_text = refold_by_nfkc(search_text),
  -- As shortGrams in server/platform/fold.ts.
  short_grams = (
    SELECT coalesce(array_agg(DISTINCT gram), '{}') FROM (
      SELECT unnest(CASE WHEN substr(word, place + 1, 1) = '' THEN array[ascii(substr(word, place, 1)) & 32767]
        ELSE array[ascii(substr(word, place, 1)) & 32767,
          (ascii(substr(word, place, 1)) * 181 + ascii(substr(word, place + 1, 1))) & 32767] END)::smallint AS gram
      FROM regexp_split_to_table(refold_by_nfkc(search_text), ' ') AS word, generate_series(1, length(word)) AS place
    ) AS grams)
WHERE search_text <> refold_by_nfkc(search_text);
--> statement-breakpoint
INSERT INTO product_codes (product_id, code)
SELECT product_id, refold_by_nfkc(code) FROM product_codes
WHERE code <> refold_by_nfkc(code) AND refold_by_nfkc(code) <> ''
ON CONFLICT DO NOTHING;
--> statement-breakpoint
DELETE FROM product_codes WHERE code <> refold_by_nfkc(code);
--> statement-breakpoint
UPDATE vendors SET name_folded = refold_by_nfkc(name_folded) WHERE name_folded <> refold_by_nfkc(name_folded);
--> statement-breakpoint
DROP FUNCTION IF EXISTS refold_by_nfkc(text);
