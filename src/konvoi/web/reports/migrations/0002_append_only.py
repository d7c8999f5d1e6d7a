"""Steps of releases are only ever added: the database itself refuses every other change of them."""

from typing import Any

from django.db import migrations

from konvoi.gateways.database_tables import append_only


def forbid_changes(apps: Any, schema_editor: Any) -> None:
    """Make the triggers; the functions that they call come with the event tables of access."""
    for one in append_only(
        "reports_releaseevent", postgresql=schema_editor.connection.vendor == "postgresql"
    ):
        schema_editor.execute(one, params=None)


class Migration(migrations.Migration):
    """Triggers of the event table."""

    dependencies = (("reports", "0001_initial"), ("access", "0002_append_only"))
    operations = (migrations.RunPython(forbid_changes, elidable=False),)
