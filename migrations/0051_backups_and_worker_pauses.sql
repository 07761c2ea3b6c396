CREATE TABLE "backup_progress" (
	"part" text PRIMARY KEY NOT NULL,
	"tried_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "worker_pauses" (
	"reason" text PRIMARY KEY NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
