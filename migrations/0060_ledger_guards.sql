-- The ledger's balances follow from its entries and holds, whoever writes them.
CREATE FUNCTION ledger_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.posted = 0 AND NEW.held = 0 THEN RETURN NEW; END IF;
  -- Deeper than this trigger: by an entry or a hold.
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
    AND (NEW.id, NEW.owner_type, NEW.owner_id, NEW.unit) = (OLD.id, OLD.owner_type, OLD.owner_id, OLD.unit)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'balances change only by entries and holds' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_guarded BEFORE INSERT OR UPDATE OR DELETE ON "ledger_accounts"
  FOR EACH ROW EXECUTE FUNCTION ledger_guard_account();
--> statement-breakpoint
CREATE FUNCTION ledger_prepare_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM ledger_transactions
                 WHERE id = NEW.transaction_id AND written_by = pg_current_xact_id()) THEN
    RAISE EXCEPTION 'a transaction is written with all its entries' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT posted + NEW.amount INTO NEW.balance FROM ledger_accounts WHERE id = NEW.account_id FOR NO KEY UPDATE;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_prepared BEFORE INSERT ON "ledger_entries"
  FOR EACH ROW EXECUTE FUNCTION ledger_prepare_entry();
--> statement-breakpoint
-- After the insert: ON CONFLICT DO NOTHING runs the triggers before it also for rows that it leaves out.
CREATE FUNCTION ledger_apply_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ledger_accounts SET posted = posted + NEW.amount WHERE id = NEW.account_id AND posted + NEW.amount = NEW.balance;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'entries of an account are written one after another' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_applied AFTER INSERT ON "ledger_entries"
  FOR EACH ROW EXECUTE FUNCTION ledger_apply_entry();
--> statement-breakpoint
CREATE FUNCTION ledger_guard_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.state = 'open' THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND OLD.state = 'open' AND NEW.state <> 'open'
    AND to_jsonb(NEW) - ARRAY['state', 'captured', 'transaction_id', 'resolved_at']
      = to_jsonb(OLD) - ARRAY['state', 'captured', 'transaction_id', 'resolved_at']
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a hold is resolved once' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_holds_guarded BEFORE INSERT OR UPDATE OR DELETE ON "ledger_holds"
  FOR EACH ROW EXECUTE FUNCTION ledger_guard_hold();
--> statement-breakpoint
CREATE FUNCTION ledger_apply_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ledger_accounts SET held = held + CASE TG_OP WHEN 'INSERT' THEN NEW.amount ELSE -NEW.amount END
  WHERE id = NEW.account_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_holds_applied AFTER INSERT OR UPDATE ON "ledger_holds"
  FOR EACH ROW EXECUTE FUNCTION ledger_apply_hold();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_frozen BEFORE UPDATE OR DELETE ON "ledger_entries"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_transactions_frozen BEFORE UPDATE OR DELETE ON "ledger_transactions"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_kept BEFORE TRUNCATE ON "ledger_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_transactions_kept BEFORE TRUNCATE ON "ledger_transactions"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_holds_kept BEFORE TRUNCATE ON "ledger_holds"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_kept BEFORE TRUNCATE ON "ledger_accounts"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION ledger_check_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM ledger_entries WHERE transaction_id = checked)
    OR EXISTS (SELECT FROM ledger_entries AS entry JOIN ledger_accounts AS account ON account.id = entry.account_id
               WHERE entry.transaction_id = checked GROUP BY account.unit HAVING sum(entry.amount) <> 0) THEN
    RAISE EXCEPTION 'the entries of a transaction sum to zero per unit' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_transactions_sum AFTER INSERT ON "ledger_transactions" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger_check_sum('id');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_entries_sum AFTER INSERT ON "ledger_entries" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION ledger_check_sum('transaction_id');
--> statement-breakpoint
CREATE FUNCTION ledger_check_capture() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM ledger_entries WHERE transaction_id = NEW.transaction_id
                 AND account_id = NEW.account_id AND amount = -NEW.captured) THEN
    RAISE EXCEPTION 'what is captured is an entry of its transaction' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_holds_capture AFTER UPDATE ON "ledger_holds" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'captured') EXECUTE FUNCTION ledger_check_capture();
