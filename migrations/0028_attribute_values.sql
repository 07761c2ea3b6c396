CREATE TABLE "attribute_values" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "attribute_values_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "attribute_ids" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "attribute_values_key" ON "attribute_values" USING btree ("name","value");--> statement-breakpoint
CREATE INDEX "attribute_values_name" ON "attribute_values" USING btree (lower("name"));--> statement-breakpoint
-- Also for products that the previous release writes. Longer values are texts, not choices.
CREATE FUNCTION products_attribute_ids() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF jsonb_array_length(NEW.attributes) = 0 THEN
    NEW.attribute_ids := '{}';
    RETURN NEW;
  END IF;
  -- In a fixed order, so that two imports don't wait for each other in a circle.
  INSERT INTO attribute_values (name, value)
    SELECT DISTINCT a->>0, a->>1 FROM jsonb_array_elements(NEW.attributes) AS a
    WHERE length(a->>0) <= 100 AND length(a->>1) <= 100
      AND NOT EXISTS (SELECT FROM attribute_values v WHERE v.name = a->>0 AND v.value = a->>1)
    ORDER BY 1, 2
    ON CONFLICT DO NOTHING;
  NEW.attribute_ids := ARRAY(
    SELECT DISTINCT v.id FROM jsonb_array_elements(NEW.attributes) AS a
    JOIN attribute_values v ON v.name = a->>0 AND v.value = a->>1 ORDER BY v.id);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER products_attribute_ids BEFORE INSERT OR UPDATE OF attributes ON "products"
  FOR EACH ROW EXECUTE FUNCTION products_attribute_ids();
