from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_store"),
    ]

    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("list", "Danh sách"),
                    ("document", "Tài liệu"),
                    ("scan", "Bản quét giấy tờ"),
                    ("image", "Ảnh"),
                ],
                max_length=20,
            ),
        ),
    ]
