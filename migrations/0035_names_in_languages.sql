CREATE TABLE "attribute_words" (
	"kind" text NOT NULL,
	"word" text NOT NULL,
	"language" text NOT NULL,
	"translation" text NOT NULL,
	CONSTRAINT "attribute_words_kind_word_language_pk" PRIMARY KEY("kind","word","language")
);
--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "names" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "paths" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "categories" ADD COLUMN "names_folded" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "offers" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "offers" ADD COLUMN "code" text;