-- What was written before the triggers of generic_subjects, as they would have filled it.
UPDATE deliveries SET
  subject_type = CASE WHEN call_back_id IS NOT NULL THEN 'call_back'
                      WHEN enquiry_id IS NOT NULL THEN 'enquiry' ELSE 'request' END,
  subject_id = coalesce(call_back_id, enquiry_id, request_id)
WHERE subject_type IS NULL;
--> statement-breakpoint
-- Events never change, except here. Writing them waits meanwhile, reading doesn't.
ALTER TABLE events DISABLE TRIGGER events_frozen;--> statement-breakpoint
UPDATE events SET
  subject_type = 'request',
  subject_id = request_id,
  payload = payload || jsonb_strip_nulls(jsonb_build_object('enquiryId', enquiry_id))
WHERE request_id IS NOT NULL AND subject_type IS NULL;
--> statement-breakpoint
ALTER TABLE events ENABLE TRIGGER events_frozen;--> statement-breakpoint
ALTER TABLE "events" VALIDATE CONSTRAINT "events_subject_whole";--> statement-breakpoint
ALTER TABLE "deliveries" VALIDATE CONSTRAINT "deliveries_subject_known";--> statement-breakpoint
-- The validated constraint spares both a scan of the table.
-- squawk-ignore adding-not-nullable-field
ALTER TABLE "deliveries" ALTER COLUMN "subject_type" SET NOT NULL;--> statement-breakpoint
-- squawk-ignore adding-not-nullable-field
ALTER TABLE "deliveries" ALTER COLUMN "subject_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_subject_known";
