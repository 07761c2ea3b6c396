CREATE TABLE "idempotency_keys" (
	"actor" text NOT NULL,
	"operation" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" "bytea" NOT NULL,
	"answer" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_actor_operation_key_pk" PRIMARY KEY("actor","operation","key")
);
--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "idempotency_key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ALTER COLUMN "body_hash" DROP NOT NULL;--> statement-breakpoint
CREATE INDEX "idempotency_keys_expires_at" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
-- Processes of the previous release keep keys beside what they made; keys of requests and of added lines
-- count here, too; those of calls, and of this release in processes of the previous one, don't.
CREATE FUNCTION keep_key_of_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO idempotency_keys (actor, operation, key, body_hash, answer, at, expires_at)
  VALUES ('buyer:' || NEW.visitor_id, 'requests.send', NEW.idempotency_key, NEW.body_hash,
          jsonb_build_object('id', NEW.id), NEW.created_at, NEW.created_at + interval '400 days')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER requests_keep_key AFTER INSERT ON requests FOR EACH ROW
  WHEN (NEW.idempotency_key IS NOT NULL) EXECUTE FUNCTION keep_key_of_request();
--> statement-breakpoint
CREATE FUNCTION keep_key_of_addition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO idempotency_keys (actor, operation, key, body_hash, answer, at, expires_at)
  VALUES ('buyer:' || NEW.visitor_id, 'solutions.add', NEW.idempotency_key, NEW.body_hash,
          NEW.answer, NEW.at, NEW.at + interval '1 day')
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER solution_additions_keep_key AFTER UPDATE OF answer ON solution_additions FOR EACH ROW
  EXECUTE FUNCTION keep_key_of_addition();
--> statement-breakpoint
-- What was made under a key so far, as the triggers would have kept it.
INSERT INTO idempotency_keys (actor, operation, key, body_hash, answer, at, expires_at)
SELECT 'buyer:' || visitor_id, 'requests.send', idempotency_key, body_hash, jsonb_build_object('id', id),
       created_at, created_at + interval '400 days'
FROM requests;
--> statement-breakpoint
INSERT INTO idempotency_keys (actor, operation, key, body_hash, answer, at, expires_at)
SELECT 'buyer:' || visitor_id, 'solutions.add', idempotency_key, body_hash, answer, at, at + interval '1 day'
FROM solution_additions;
