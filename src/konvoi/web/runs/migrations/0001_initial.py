"""The first tables."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=10)),
                ("lane", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("party", models.CharField(blank=True, max_length=60)),
                ("asked_by", models.UUIDField(null=True)),
                ("parameters", models.JSONField(default=dict)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("attempt", models.IntegerField(default=0)),
                ("owner", models.CharField(blank=True, max_length=60)),
                ("until", models.DateTimeField(null=True)),
                ("cancel", models.BooleanField(default=False)),
                ("error", models.TextField(blank=True)),
                ("result", models.JSONField(default=dict)),
                ("created", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("started", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
            ],
        ),
    ]
