-- Expand: mails and events name what they are about by type and id. The columns that name one type each (deliveries:
-- request_id, enquiry_id, call_back_id; events: request_id, enquiry_id) stay, with their keys and indexes, for processes
-- of the previous release; a later release drops them and the two triggers.
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_about";--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_enquiry";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "subject_type" text;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "subject_id" uuid;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "subject_type" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "subject_id" uuid;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_subject_known" CHECK ("subject_type" is not null and "subject_id" is not null) NOT VALID;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_subject_whole" CHECK (("subject_type" is null) = ("subject_id" is null)) NOT VALID;--> statement-breakpoint
-- The previous release writes the old columns alone, this one the subject alone: each finds its own filled.
CREATE FUNCTION fill_subject_of_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.subject_type IS NULL THEN
    NEW.subject_type := CASE WHEN NEW.call_back_id IS NOT NULL THEN 'call_back'
                             WHEN NEW.enquiry_id IS NOT NULL THEN 'enquiry' ELSE 'request' END;
    NEW.subject_id := coalesce(NEW.call_back_id, NEW.enquiry_id, NEW.request_id);
  ELSIF NEW.subject_type = 'call_back' THEN
    NEW.call_back_id := NEW.subject_id;
  ELSIF NEW.subject_type = 'request' THEN
    NEW.request_id := NEW.subject_id;
  ELSIF NEW.subject_type = 'enquiry' THEN
    NEW.enquiry_id := NEW.subject_id;
    NEW.request_id := (SELECT request_id FROM enquiries WHERE id = NEW.subject_id);
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER deliveries_subject BEFORE INSERT ON deliveries FOR EACH ROW EXECUTE FUNCTION fill_subject_of_delivery();
--> statement-breakpoint
-- What happened to an enquiry happened to its request; which enquiry it was is in the payload.
CREATE FUNCTION fill_subject_of_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.subject_type IS NULL AND NEW.request_id IS NOT NULL THEN
    NEW.subject_type := 'request';
    NEW.subject_id := NEW.request_id;
    IF NEW.enquiry_id IS NOT NULL THEN
      NEW.payload := NEW.payload || jsonb_build_object('enquiryId', NEW.enquiry_id);
    END IF;
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER events_subject BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION fill_subject_of_event();
