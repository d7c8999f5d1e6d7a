"""Proofs of receipts, and their images."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables."""

    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="ReceiptProof",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("party", models.CharField(db_index=True, max_length=60)),
                ("user", models.UUIDField()),
                ("receipt", models.CharField(db_index=True, max_length=500)),
                ("signer", models.CharField(blank=True, max_length=200)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("created", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReceiptImage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("party", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=10)),
                ("media", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "proof",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="images",
                        to="deliveries.receiptproof",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="receiptimage",
            constraint=models.UniqueConstraint(fields=("proof", "digest"), name="deliveries_image_once"),
        ),
    )
