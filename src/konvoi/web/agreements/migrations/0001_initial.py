"""The first table, to which rows are only ever added."""

from typing import Any

from django.db import migrations, models

from konvoi.gateways.database_tables import append_only, statements


def forbid_changes(apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    # The tables of the workspace bring the functions that the triggers call.
    for one in (
        *statements(postgresql=postgresql),
        *append_only("agreements_callevent", postgresql=postgresql),
    ):
        schema_editor.execute(one, params=None)


class Migration(migrations.Migration):
    """Steps of calls to consult."""

    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="CallEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("call", models.UUIDField(db_index=True)),
                ("party", models.CharField(db_index=True, max_length=60)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("called", "Called"),
                            ("link", "Link"),
                            ("acknowledged", "Acknowledged"),
                            ("ended", "Ended"),
                        ],
                        max_length=12,
                    ),
                ),
                ("drill", models.BooleanField(default=True)),
                ("guarantee", models.CharField(db_index=True, max_length=200)),
                ("document", models.CharField(blank=True, max_length=200)),
                ("clause", models.CharField(blank=True, max_length=100)),
                ("acts", models.BooleanField(default=True)),
                ("order", models.IntegerField(default=0)),
                ("event", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("digest", models.CharField(blank=True, db_index=True, max_length=64)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunPython(forbid_changes, elidable=False),
    )
