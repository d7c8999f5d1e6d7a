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
        *append_only("matching_opinionasked", postgresql=postgresql),
    ):
        schema_editor.execute(one, params=None)


class Migration(migrations.Migration):
    """Second opinions that are asked for."""

    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="OpinionAsked",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("pair", models.CharField(db_index=True, max_length=16)),
                ("person", models.UUIDField(db_index=True)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(forbid_changes, elidable=False),
    )
