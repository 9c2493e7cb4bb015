import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0002_sittings"),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="council",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="appraisal.council",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="criteria",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="appraisal.criteriaset"
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="appraisal.session"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["batch", "state", "id"], name="cases_of_batch"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("owner_kind", "owner_id"),
                name="one_live_case_per_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked__gte", 0), ("asked__lte", 1000000000000000)), name="case_asks_for_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("min_part__isnull", True),
                    models.Q(("min_part__gte", 0), ("min_part__lte", models.F("asked"))),
                    _connector="OR",
                ),
                name="case_least_part_is_within_what_it_asks",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    models.Q(("withdrawn_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="withdrawn_case_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="approvedprice",
            index=models.Index(fields=["item_key", "unit"], name="prices_of_item"),
        ),
        migrations.AddConstraint(
            model_name="approvedprice",
            constraint=models.UniqueConstraint(fields=("case", "line"), name="one_approved_price_per_line"),
        ),
        migrations.AddConstraint(
            model_name="approvedprice",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked_price__gte", 0), ("unit_price__gte", 0)), name="approved_price_is_no_debt"
            ),
        ),
        migrations.AddConstraint(
            model_name="council",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("term_to__isnull", True),
                    ("term_from__isnull", True),
                    ("term_to__gt", models.F("term_from")),
                    _connector="OR",
                ),
                name="council_term_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="council",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "council"), ("state", "founded"), _negated=True),
                    models.Q(models.Q(("founding_no", ""), _negated=True), ("founding_on__isnull", False)),
                    _connector="OR",
                ),
                name="founded_council_names_its_decision",
            ),
        ),
        migrations.AddIndex(
            model_name="councilmember",
            index=models.Index(fields=["user", "council"], name="seats_of_person"),
        ),
        migrations.AddConstraint(
            model_name="councilmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("council", "user"),
                name="one_open_seat_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="councilmember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="council_seat_does_not_end_before_it_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="ballot",
            index=models.Index(fields=["member", "state"], name="ballots_of_member"),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(fields=("case", "member"), name="one_ballot_per_case_and_member"),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("submitted_at__isnull", False), models.Q(("seal", ""), _negated=True)),
                    _connector="OR",
                ),
                name="submitted_ballot_is_sealed",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proposed_amount__isnull", True),
                    models.Q(("proposed_amount__gte", 0), ("proposed_amount__lte", 1000000000000000)),
                    _connector="OR",
                ),
                name="ballot_proposes_an_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("case", "member"),
                name="one_assignment_per_case_and_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="councilplan",
            constraint=models.UniqueConstraint(fields=("council", "year"), name="one_council_plan_per_year"),
        ),
        migrations.AddConstraint(
            model_name="councilplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="council_plan_has_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="councilplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "announced"), _negated=True), ("announced_at__isnull", False), _connector="OR"
                ),
                name="announced_plan_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriaset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency__isnull", False)),
                fields=("code", "number", "agency"),
                name="one_criteria_set_per_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="criteriaset",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency__isnull", True)),
                fields=("code", "number"),
                name="one_shipped_criteria_set_per_version",
            ),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["agency", "-id"], name="batches_of_agency"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "collecting"), ("council__isnull", False), _connector="OR"),
                name="appraised_batch_has_its_council",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("batch",), name="one_decision_per_batch"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", ""),
                    models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="decision_is_of_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "issued"]), _negated=True),
                    models.Q(models.Q(("approved_by", ""), _negated=True), models.Q(("sha256", ""), _negated=True)),
                    _connector="OR",
                ),
                name="approved_decision_is_frozen",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "issued"), _negated=True),
                    models.Q(
                        models.Q(("number", ""), _negated=True),
                        ("issued_at__isnull", False),
                        ("issued_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="issued_decision_has_its_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(condition=models.Q(("total__gte", 0)), name="decision_total_is_no_debt"),
        ),
        migrations.AddConstraint(
            model_name="declaration",
            constraint=models.UniqueConstraint(fields=("case", "member"), name="one_declaration_per_case"),
        ),
        migrations.AddIndex(
            model_name="interest",
            index=models.Index(fields=["member", "state"], name="interests_of_member"),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.UniqueConstraint(
                fields=("case", "member", "category", "party", "origin"), name="one_interest_of_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cleared"), _negated=True),
                    models.Q(models.Q(("reason", ""), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="cleared_interest_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0), ("amount__lte", 1000000000000000)), name="outcome_has_an_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(fields=("council", "no"), name="one_session_per_number"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["open", "closed", "adjourned"]), _negated=True),
                    ("opened_at__isnull", False),
                    _connector="OR",
                ),
                name="held_session_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left__isnull", True)),
                fields=("session", "member"),
                name="one_open_attendance_per_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left__isnull", True),
                    models.Q(("arrived__isnull", False), ("left__gte", models.F("arrived"))),
                    _connector="OR",
                ),
                name="attendance_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("arrived__isnull", True), models.Q(("absent_reason", ""), _negated=True)),
                    models.Q(("absent_reason", ""), ("arrived__isnull", False)),
                    _connector="OR",
                ),
                name="absence_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("session", "case"), name="one_agenda_item_per_case"),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["presenting", "voting"])),
                fields=("case",),
                name="a_case_is_before_one_session_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="trim",
            constraint=models.UniqueConstraint(fields=("case", "line"), name="one_trim_per_line"),
        ),
        migrations.AddConstraint(
            model_name="trim",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed__gte", 0), ("proposed__lte", models.F("asked"))),
                name="trim_leaves_no_more_than_was_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="trim",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="trim_has_its_reason"
            ),
        ),
    ]
