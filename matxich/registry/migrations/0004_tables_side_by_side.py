from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_words_of_verification"),
    ]

    operations = [
        migrations.AddField(
            model_name="importrow",
            name="span",
            field=models.CharField(blank=True, db_default="", default="", max_length=7),
        ),
        migrations.RemoveConstraint(
            model_name="importrow",
            name="one_record_per_row",
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(fields=("batch", "sheet", "row", "span"), name="one_record_per_row"),
        ),
    ]
