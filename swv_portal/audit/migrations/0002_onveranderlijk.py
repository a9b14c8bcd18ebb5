"""The timeline can not be rewritten: the database itself refuses it, whoever asks.

Allowed is what must be: a deleted account leaves its events without an account (``user_id`` becomes null and nothing
else changes), and the retention service deletes events after it set ``portaal.vernietiging`` for its own transaction.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_onveranderlijk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF current_setting('portaal.vernietiging', true) = 'aan' THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'audit events are deleted by the retention service only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.user_id IS NOT NULL AND NEW.user_id IS NULL
     AND to_jsonb(NEW) - 'user_id' = to_jsonb(OLD) - 'user_id' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit events are never changed' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_event_onveranderlijk BEFORE UPDATE OR DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION audit_onveranderlijk();
"""

BACKWARD = """
DROP TRIGGER audit_event_onveranderlijk ON audit_event;
DROP FUNCTION audit_onveranderlijk();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
