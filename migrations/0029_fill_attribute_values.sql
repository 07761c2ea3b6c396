-- Fires products_attribute_ids for products that were written before it.
UPDATE products SET attributes = attributes WHERE attributes <> '[]' AND attribute_ids = '{}';
