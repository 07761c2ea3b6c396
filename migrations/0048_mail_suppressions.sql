CREATE TABLE "mail_suppressions" (
	"email" text PRIMARY KEY NOT NULL,
	"answer" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
