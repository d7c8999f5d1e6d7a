"""The first tables."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("party", models.CharField(db_index=True, max_length=60)),
                ("user", models.UUIDField()),
                ("for_party", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "Checking"),
                            ("checked", "Checked"),
                            ("storing", "Storing"),
                            ("stored", "Stored"),
                            ("discarded", "Discarded"),
                            ("failed", "Failed"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("files", models.JSONField(default=list)),
                ("sheets", models.JSONField(default=list)),
                ("base", models.CharField(blank=True, max_length=64)),
                ("preview", models.JSONField(default=dict)),
                ("outcome", models.JSONField(default=dict)),
                ("job", models.UUIDField(null=True)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("changed", models.DateTimeField(auto_now=True)),
            ],
        ),
    ]
