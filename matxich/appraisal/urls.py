"""Addresses of this room's pages."""

from django.urls import path

from matxich.appraisal.views import batches, cases, councils, papers, ranking, sessions

app_name = "appraisal"
urlpatterns = [
    # For everybody.
    path("ke-hoach-hoi-dong/", councils.public_plans, name="public_plans"),
    path("ke-hoach-hoi-dong/<int:pk>/", councils.public_plan, name="public_plan"),
    # A member's space.
    path("ho-so-cham/", cases.my_cases, name="my_cases"),
    path("ho-so-cham/dot/<int:pk>/loi-ich/", batches.declare, name="declare"),
    path("ho-so-cham/<int:pk>/", cases.case, name="case"),
    path("ho-so-cham/<int:pk>/phieu/", cases.ballot, name="ballot"),
    path("ho-so-cham/<int:pk>/y-kien/", cases.remark, name="remark"),
    path("ho-so-cham/<int:pk>/mo-phieu/", cases.open_ballots, name="open_ballots"),
    path("ho-so-cham/<int:pk>/cat-giam/", cases.trim, name="trim"),
    path("ho-so-cham/<int:pk>/ket-luan/", cases.conclude, name="conclude"),
    # Councils.
    path("hoi-dong/", councils.councils, name="councils"),
    path("hoi-dong/lap/", councils.create, name="council_create"),
    path("hoi-dong/<int:pk>/", councils.council, name="council"),
    path("hoi-dong/<int:pk>/sua/", councils.change, name="council_change"),
    path("hoi-dong/<int:pk>/thanh-lap/", councils.found, name="council_found"),
    path("hoi-dong/<int:pk>/giai-the/", councils.dissolve, name="council_dissolve"),
    path("hoi-dong/<int:pk>/thanh-vien/", councils.seat, name="seat"),
    path("hoi-dong/<int:pk>/ke-hoach/<int:year>/", councils.plan, name="plan"),
    path("hoi-dong/<int:pk>/ke-hoach/<int:year>/thong-bao/", councils.announce, name="plan_announce"),
    path("hoi-dong/<int:pk>/phien/", sessions.plan, name="session_plan"),
    path("hoi-dong/thanh-vien/<int:pk>/", councils.member, name="member"),
    path("hoi-dong/thanh-vien/<int:pk>/thoi/", councils.unseat, name="unseat"),
    # Sittings.
    path("phien-hop/<int:pk>/", sessions.session, name="session"),
    path("phien-hop/<int:pk>/sua/", sessions.change, name="session_change"),
    path("phien-hop/<int:pk>/buoc/", sessions.move, name="session_move"),
    path("phien-hop/<int:pk>/du-hop/", sessions.attendance, name="attendance"),
    path("phien-hop/noi-dung/<int:pk>/", sessions.item, name="item"),
    # Batches.
    path("tham-dinh/", batches.batches, name="batches"),
    path("tham-dinh/lap/", batches.create, name="batch_create"),
    path("tham-dinh/<int:pk>/", batches.batch, name="batch"),
    path("tham-dinh/<int:pk>/sua/", batches.change, name="batch_change"),
    path("tham-dinh/<int:pk>/bat-dau/", batches.start, name="batch_start"),
    path("tham-dinh/<int:pk>/xep-hang/", ranking.ranking, name="ranking"),
    path("tham-dinh/<int:pk>/xep-hang/lap/", batches.rank, name="batch_rank"),
    path("tham-dinh/<int:pk>/xep-hang/tai-ve/", ranking.ranking_file, name="ranking_file"),
    path("tham-dinh/<int:pk>/mo-lai/", batches.reopen, name="batch_reopen"),
    path("tham-dinh/<int:pk>/loi-ich/", batches.interests, name="interests"),
    path("tham-dinh/loi-ich/<int:pk>/", batches.decide_interest, name="interest_decide"),
    path("tham-dinh/<int:pk>/phan-cong/", batches.assignment, name="assignment"),
    path("tham-dinh/phan-cong/<int:pk>/", batches.adopt, name="assignment_adopt"),
    path("tham-dinh/ho-so/<int:pk>/phan-cong/", batches.override, name="assignment_override"),
    path("tham-dinh/<int:pk>/phuong-an/", ranking.draft, name="decision_draft"),
    path("tham-dinh/phuong-an/<int:pk>/", ranking.decision, name="decision"),
    path("tham-dinh/phuong-an/<int:pk>/duyet/", ranking.approve, name="decision_approve"),
    path("tham-dinh/phuong-an/<int:pk>/du-phong/", ranking.reserve, name="decision_reserve"),
    # Papers.
    path("phien-hop/<int:pk>/bien-ban/", papers.minutes, name="minutes_paper"),
    path("tham-dinh/phuong-an/<int:pk>/quyet-dinh/", papers.approval, name="approval_paper"),
    path("tham-dinh/phuong-an/<int:pk>/cong-van/", papers.refusals, name="refusal_papers"),
    path("hoi-dong/<int:pk>/quyet-dinh/", papers.founding, name="founding_paper"),
    path("hoi-dong/<int:pk>/ke-hoach/<int:year>/van-ban/", papers.plan, name="plan_paper"),
    # Criteria.
    path("tieu-chi/", batches.criteria, name="criteria"),
    path("tieu-chi/soan/", batches.write_criteria, name="criteria_write"),
    path("tieu-chi/<int:pk>/", batches.criteria_set, name="criteria_set"),
    path("tieu-chi/<int:pk>/sua/", batches.rewrite_criteria, name="criteria_rewrite"),
    path("tieu-chi/<int:pk>/dung/", batches.use_criteria, name="criteria_use"),
]
