"""Texts that the audit log holds as commitments alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of notes, from which rows can be erased."""

    dependencies = (("access", "0002_append_only"),)
    operations = (
        migrations.CreateModel(
            name="Note",
            fields=[
                ("commitment", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("salt", models.CharField(max_length=64)),
                ("text", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
            ],
        ),
    )
