"""Names, indexes and promises of the tables begun in the migration before; in a file of its own for its length."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_proposals")]

    operations = [
        migrations.AddConstraint(
            model_name="proposalversion",
            constraint=models.UniqueConstraint(fields=("proposal", "number"), name="one_version_of_a_number"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["call", "status", "-id"], name="proposals_of_call"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["enterprise", "-id"], name="proposals_of_firm"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["prepared_by", "-id"], name="proposals_of_preparer"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["province", "status", "-id"], name="proposals_of_province"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("asked"), "+", models.F("counterpart")
                            ),
                            "+",
                            models.F("other"),
                        ),
                    )
                ),
                name="proposal_sources_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked__gte", 0), ("counterpart__gte", 0), ("other__gte", 0), ("total__lte", 1000000000000000)
                ),
                name="proposal_money_is_no_debt",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("min_part__isnull", True),
                    models.Q(("min_part__gte", 0), ("min_part__lte", 1000000000000000)),
                    _connector="OR",
                ),
                name="proposal_least_part_is_no_debt",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "withdrawn"]),
                    models.Q(("current__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="submitted_proposal_has_its_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode", "own"), ("agency__isnull", False), _connector="OR"),
                name="proposal_filed_for_somebody_names_the_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "approved"), _negated=True), ("approved__isnull", False), _connector="OR"
                ),
                name="approved_proposal_has_its_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldnote",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="field_note_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposedresult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("target__gte", 0), models.Q(("baseline__isnull", True), ("baseline__gte", 0), _connector="OR")
                ),
                name="promised_result_is_not_negative",
            ),
        ),
    ]
