"""Tell when an invitation was accepted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="accepted",
            field=models.DateTimeField(null=True),
        ),
    ]
