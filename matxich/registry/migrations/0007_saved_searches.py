import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0006_term_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("public", models.BooleanField()),
                ("question", models.TextField(blank=True)),
                (
                    "cadence",
                    models.CharField(
                        choices=[("never", "Không báo"), ("daily", "Hằng ngày"), ("weekly", "Hằng tuần, sáng thứ Hai")],
                        default="never",
                        max_length=6,
                    ),
                ),
                ("known", models.JSONField(blank=True, null=True)),
                ("fresh", models.JSONField(blank=True, default=list)),
                ("fresh_at", models.DateTimeField(blank=True, null=True)),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        choices=[("broad", "quá rộng"), ("unreadable", "bộ lọc không còn giá trị")],
                        max_length=10,
                    ),
                ),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="saved_searches_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "name"), name="one_saved_search_per_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cadence", "never"), ("due_at__isnull", True)),
                            models.Q(models.Q(("cadence", "never"), _negated=True), ("due_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="saved_search_is_due_when_told",
                    ),
                ],
            },
        ),
    ]
