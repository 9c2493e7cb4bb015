from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0012_visits"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="tells",
            field=models.ManyToManyField(blank=True, related_name="papers", to="registry.statement"),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("registration", "Giấy chứng nhận đăng ký"),
                    ("authorisation", "Giấy ủy quyền, giới thiệu"),
                    ("photo", "Ảnh"),
                    ("document", "Tài liệu"),
                    ("signed_paper", "Bản khai có chữ ký của cơ sở"),
                ],
                max_length=15,
            ),
        ),
    ]
