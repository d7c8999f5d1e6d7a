"""The first table, to which rows are only ever added."""

import uuid
from typing import Any

from django.db import migrations, models

from konvoi.gateways.database_tables import append_only, statements


def forbid_changes(apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    # The tables of the workspace bring the functions that the triggers call.
    for one in (
        *statements(postgresql=postgresql),
        *append_only("planning_scenario", postgresql=postgresql),
    ):
        schema_editor.execute(one, params=None)


class Migration(migrations.Migration):
    """Scenarios with their answers."""

    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Scenario",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200)),
                ("supposed", models.JSONField()),
                ("summary", models.JSONField()),
                ("figures", models.JSONField()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunPython(forbid_changes, elidable=False),
    )
