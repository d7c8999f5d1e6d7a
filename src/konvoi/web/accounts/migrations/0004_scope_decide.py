"""Let a token be for deciding."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_kept_answer"),
    ]

    operations = [
        migrations.AlterField(
            model_name="apitoken",
            name="scope",
            field=models.CharField(
                choices=[("read", "read"), ("submit", "submit"), ("decide", "decide")],
                default="read",
                max_length=10,
            ),
        ),
    ]
