import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_scans"),
        ("registry", "0009_confirmations"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="by_firm",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="attachment",
            name="removed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attachment",
            name="shown",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="title",
            field=models.CharField(blank=True, max_length=200),
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
                ],
                max_length=15,
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "photo"), _negated=True), ("shown__isnull", False), _connector="OR"
                ),
                name="photo_has_its_public_copy",
            ),
        ),
    ]
