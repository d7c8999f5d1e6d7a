"""Let a token be for taking positions, and for deciding on sanctions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_scope_decide"),
    ]

    operations = [
        migrations.AlterField(
            model_name="apitoken",
            name="scope",
            field=models.CharField(
                choices=[
                    ("read", "read"),
                    ("submit", "submit"),
                    ("decide", "decide"),
                    ("negotiate", "negotiate"),
                    ("screen", "screen"),
                ],
                default="read",
                max_length=10,
            ),
        ),
    ]
