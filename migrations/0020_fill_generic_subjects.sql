-- Each statement commits by itself: a lock on a table, taken after updating its rows, would deadlock with their writers.
-- What was written before the triggers of generic_subjects, as they would have filled it.
UPDATE deliveries SET
  subject_type = CASE WHEN call_back_id IS NOT NULL THEN 'call_back'
                      WHEN enquiry_id IS NOT NULL THEN 'enquiry' ELSE 'request' END,
  subject_id = coalesce(call_back_id, enquiry_id, request_id)
WHERE subject_type IS NULL;
--> statement-breakpoint
-- Events never change, except here. Writing them waits meanwhile, reading doesn't.
ALTER TABLE events DISABLE TRIGGER events_frozen;
UPDATE events SET
  subject_type = 'request',
  subject_id = request_id,
  payload = payload || jsonb_strip_nulls(jsonb_build_object('enquiryId', enquiry_id))
WHERE request_id IS NOT NULL AND subject_type IS NULL;
ALTER TABLE events ENABLE TRIGGER events_frozen;--> statement-breakpoint
ALTER TABLE "events" VALIDATE CONSTRAINT "events_subject_whole";--> statement-breakpoint
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_constraint WHERE conname = 'deliveries_subject_known') THEN
    ALTER TABLE "deliveries" VALIDATE CONSTRAINT "deliveries_subject_known";
  END IF;
END $$;
--> statement-breakpoint
-- The validated constraint spares both a scan of the table.
-- squawk-ignore adding-not-nullable-field
ALTER TABLE "deliveries" ALTER COLUMN "subject_type" SET NOT NULL;--> statement-breakpoint
-- squawk-ignore adding-not-nullable-field
ALTER TABLE "deliveries" ALTER COLUMN "subject_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT IF EXISTS "deliveries_subject_known";
