-- Of a complaint only its course changes; it is decided once.
CREATE FUNCTION complaint_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status IN ('open', 'in_review')
    AND to_jsonb(NEW) - ARRAY['status', 'status_at', 'due_at', 'remind_at', 'decided_by', 'decision', 'reason', 'refund', 'link_version', 'company_id']
      = to_jsonb(OLD) - ARRAY['status', 'status_at', 'due_at', 'remind_at', 'decided_by', 'decision', 'reason', 'refund', 'link_version', 'company_id']
  THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - ARRAY['link_version', 'company_id'] = to_jsonb(OLD) - ARRAY['link_version', 'company_id']
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a complaint is decided once' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER complaints_guarded BEFORE UPDATE OR DELETE ON "complaints" FOR EACH ROW EXECUTE FUNCTION complaint_guard();
--> statement-breakpoint
CREATE TRIGGER complaint_messages_frozen BEFORE UPDATE OR DELETE ON "complaint_messages" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- All refunds of a call together are at most its charge, and go to the account that paid it. The entry's own trigger has
-- locked the account, so that refunds at the same time see each other.
CREATE FUNCTION ledger_check_refund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  refunded record;
  payment record;
BEGIN
  SELECT kind, subject_type, subject_id INTO refunded FROM ledger_transactions WHERE id = NEW.transaction_id;
  IF refunded.kind <> 'refund' OR refunded.subject_type IS DISTINCT FROM 'call' THEN RETURN NULL; END IF;
  SELECT entry.account_id, -entry.amount AS charged INTO payment
  FROM ledger_transactions AS charge
  JOIN ledger_entries AS entry ON entry.transaction_id = charge.id
  JOIN ledger_accounts AS account ON account.id = entry.account_id
  WHERE charge.subject_type = 'call' AND charge.subject_id = refunded.subject_id AND charge.kind = 'call'
    AND account.owner_type <> 'house' AND entry.amount < 0;
  IF payment.account_id IS DISTINCT FROM NEW.account_id OR payment.charged < (
    SELECT sum(entry.amount) FROM ledger_transactions AS other
    JOIN ledger_entries AS entry ON entry.transaction_id = other.id
    WHERE other.kind = 'refund' AND other.subject_type = 'call' AND other.subject_id = refunded.subject_id
      AND entry.account_id = NEW.account_id)
  THEN
    RAISE EXCEPTION 'a refund of a call is at most its charge, to who paid it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_refund AFTER INSERT ON "ledger_entries"
  FOR EACH ROW WHEN (NEW.amount > 0) EXECUTE FUNCTION ledger_check_refund();
