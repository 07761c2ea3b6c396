-- However a session ends, all processes close its sockets: they listen on this channel (server/platform/realtime.ts).
CREATE FUNCTION announce_ended_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('quoteline_changes', 'session:' || OLD.id_hash);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER account_sessions_ended AFTER DELETE ON "account_sessions" FOR EACH ROW EXECUTE FUNCTION announce_ended_session();
