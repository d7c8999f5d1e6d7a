"""Tables of scenarios that are shared and adopted, to which rows are only ever added."""

from typing import Any

from django.db import migrations, models

from konvoi.gateways.database_tables import append_only

TABLES = ("planning_scenarioplan", "planning_scenariostep", "planning_sharedscenario")


def forbid_changes(apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for one in append_only(table, postgresql=postgresql):
            schema_editor.execute(one, params=None)


def _id() -> tuple[str, "models.BigAutoField[int, int]"]:
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Plans of scenarios, their steps, and with whom they were shared."""

    dependencies = (("planning", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="ScenarioPlan",
            fields=[
                _id(),
                ("scenario", models.UUIDField(db_index=True)),
                ("kind", models.CharField(max_length=12)),
                ("base", models.CharField(max_length=64)),
                ("files", models.BinaryField()),
                ("changes", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="ScenarioStep",
            fields=[
                _id(),
                ("scenario", models.UUIDField(db_index=True)),
                (
                    "step",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("adopted", "Adopted"), ("rejected", "Rejected")],
                        max_length=10,
                    ),
                ),
                ("plan", models.CharField(blank=True, max_length=12)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SharedScenario",
            fields=[
                _id(),
                ("scenario", models.UUIDField(db_index=True)),
                ("party", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("changes", models.JSONField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(forbid_changes, elidable=False),
    )
