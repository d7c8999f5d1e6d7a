"""Rows of event tables are only ever added: the database itself refuses every other change of them."""

from typing import Any

from django.db import migrations

from konvoi.gateways.database_tables import append_only, statements

TABLES = ("access_grantevent", "access_auditevent")


def forbid_changes(apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    # The tables of the workspace bring the functions that the triggers call.
    for one in statements(postgresql=postgresql):
        schema_editor.execute(one, params=None)
    for table in TABLES:
        for one in append_only(table, postgresql=postgresql):
            schema_editor.execute(one, params=None)


class Migration(migrations.Migration):
    """Triggers of the event tables."""

    dependencies = (("access", "0001_initial"),)
    operations = (migrations.RunPython(forbid_changes, elidable=False),)
