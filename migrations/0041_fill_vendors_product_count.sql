UPDATE "vendors" SET "product_count" = n.count
FROM (
  SELECT vendor_id, count(*)::int AS count
  FROM (SELECT DISTINCT vendor_id, product_id FROM live_offers) sold GROUP BY vendor_id
) n WHERE n.vendor_id = "vendors"."id";
