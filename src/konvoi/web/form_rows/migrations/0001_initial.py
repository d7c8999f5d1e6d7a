"""The first table."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows of forms."""

    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="FormRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("party", models.CharField(blank=True, db_index=True, max_length=60)),
                ("user", models.UUIDField()),
                ("second", models.UUIDField(null=True)),
                ("table", models.CharField(max_length=30)),
                ("about", models.CharField(db_index=True, max_length=200)),
                ("row", models.JSONField(default=dict)),
                ("day", models.DateField()),
                ("marking", models.CharField(default="coalition", max_length=200)),
                ("document", models.CharField(blank=True, max_length=200)),
                ("replaces", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waits for a second person", "Asked"),
                            ("being stored", "Storing"),
                            ("stored", "Stored"),
                            ("not stored", "Refused"),
                            ("discarded", "Dropped"),
                        ],
                        default="being stored",
                        max_length=30,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("job", models.UUIDField(null=True)),
                ("created", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
    )
