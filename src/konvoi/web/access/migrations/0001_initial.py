"""The first tables."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("actor", models.CharField(blank=True, db_index=True, max_length=36)),
                ("acted_as", models.CharField(blank=True, max_length=60)),
                ("action", models.CharField(db_index=True, max_length=60)),
                ("party", models.CharField(blank=True, db_index=True, max_length=60)),
                ("object", models.CharField(blank=True, max_length=200)),
                ("detail", models.JSONField(default=dict)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="GrantEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("grant", models.UUIDField(db_index=True, default=uuid.uuid4)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                            ("revoked", "Revoked"),
                        ],
                        max_length=10,
                    ),
                ),
                ("user", models.UUIDField(db_index=True)),
                ("role", models.CharField(max_length=20)),
                ("party", models.CharField(blank=True, max_length=60)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=16)),
                ("reader", models.CharField(max_length=60)),
                ("asked", models.DateField(null=True)),
                ("head", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=16)),
                ("job", models.UUIDField()),
                ("made", models.DateTimeField(auto_now_add=True)),
                ("read", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["reader", "asked", "-made"], name="access_snapshot_newest")],
            },
        ),
    ]
