"""The register holds stayed sanctions too: when a measure was imposed, apart from when it binds."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def imposed_when_it_began(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """As good as can be said of the rows that stand; `record rebuild` puts in what the record says."""
    rows = apps.get_model("store", "MeasureRow")._default_manager.using(editor.connection.alias)
    rows.update(imposed_on=F("since"))


class Migration(migrations.Migration):
    dependencies = [("store", "0003_history")]

    operations = [
        migrations.AddField("measurerow", "imposed_on", models.DateField(null=True)),
        migrations.AlterField("measurerow", "since", models.DateField(null=True)),
        migrations.RunPython(imposed_when_it_began, migrations.RunPython.noop),
        migrations.AlterField("measurerow", "imposed_on", models.DateField()),
    ]
