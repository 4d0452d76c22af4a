from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="UnitKey",
            fields=[
                ("unit_id", models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ("epoch", models.CharField(max_length=32)),
                ("wrapped", models.BinaryField(null=True)),
                ("destroyed_on", models.DateField(null=True)),
            ],
        ),
    ]
