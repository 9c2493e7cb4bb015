"""Addresses of this room's pages."""

from django.urls import path

from matxich.programmes.views import agreements, calls, money, plans, programmes, public

app_name = "programmes"
urlpatterns = [
    # Calls, for everybody.
    path("dot-nhan-ho-so/", public.calls, name="public_calls"),
    path("dot-nhan-ho-so/<str:code>/", public.call, name="public_call"),
    # Programmes.
    path("chuong-trinh/", programmes.programmes, name="programmes"),
    path("chuong-trinh/moi/", programmes.create, name="create"),
    path("chuong-trinh/<int:pk>/", programmes.programme, name="programme"),
    path("chuong-trinh/<int:pk>/sua/", programmes.change, name="change"),
    path("chuong-trinh/<int:pk>/nhan-rong/", programmes.clone, name="clone"),
    path("chuong-trinh/<int:pk>/bat-dau/", programmes.start, name="start"),
    path("chuong-trinh/<int:pk>/ket-thuc/", programmes.close, name="close"),
    path("chuong-trinh/<int:pk>/huy/", programmes.cancel, name="cancel"),
    path("chuong-trinh/<int:pk>/nguon-moi/", programmes.open_line, name="open_line"),
    path("chuong-trinh/<int:pk>/bai-hoc/", programmes.add_lesson, name="add_lesson"),
    path("chuong-trinh/<int:pk>/ke-hoach-moi/", programmes.new_plan, name="new_plan"),
    # Money.
    path("chuong-trinh/nguon/<int:pk>/", money.line, name="line"),
    path("chuong-trinh/nguon/<int:pk>/giao/", money.allot, name="allot"),
    path("chuong-trinh/nguon/<int:pk>/thu-hoi/", money.withdraw, name="withdraw"),
    path("chuong-trinh/cam-ket/<int:pk>/", money.commitment, name="commitment"),
    path("chuong-trinh/cam-ket/<int:pk>/chi/", money.pay, name="pay"),
    path("chuong-trinh/cam-ket/<int:pk>/huy/", money.release, name="release"),
    path("chuong-trinh/cam-ket/<int:pk>/thu-hoi/", money.repay, name="repay"),
    # Plans of a year.
    path("chuong-trinh/ke-hoach/<int:pk>/", plans.plan, name="plan"),
    path("chuong-trinh/ke-hoach/<int:pk>/sua/", plans.edit, name="edit_plan"),
    path("chuong-trinh/ke-hoach/<int:pk>/trinh/", plans.submit, name="submit_plan"),
    path("chuong-trinh/ke-hoach/<int:pk>/phe-duyet/", plans.approve, name="approve_plan"),
    path("chuong-trinh/ke-hoach/<int:pk>/tra-lai/", plans.give_back, name="return_plan"),
    path("chuong-trinh/ke-hoach/<int:pk>/mo-lai/", plans.reopen, name="reopen_plan"),
    path("chuong-trinh/ke-hoach/<int:pk>/khep/", plans.close, name="close_plan"),
    path("chuong-trinh/ke-hoach/<int:pk>/dot-moi/", plans.new_call, name="new_call"),
    # Calls on the desk.
    path("chuong-trinh/dot/", calls.calls, name="calls"),
    path("chuong-trinh/dot/<int:pk>/", calls.call, name="call"),
    path("chuong-trinh/dot/<int:pk>/sua/", calls.edit, name="edit_call"),
    path("chuong-trinh/dot/<int:pk>/lich/", calls.dates, name="call_dates"),
    path("chuong-trinh/dot/<int:pk>/buoc/", calls.step_done, name="step_done"),
    path("chuong-trinh/dot/<int:pk>/cong-bo/", calls.publish, name="publish_call"),
    path("chuong-trinh/dot/<int:pk>/gia-han/", calls.extend, name="extend_call"),
    path("chuong-trinh/dot/<int:pk>/hoan-tat/", calls.close, name="close_call"),
    path("chuong-trinh/dot/<int:pk>/huy/", calls.cancel, name="cancel_call"),
    # Agreements.
    path("chuong-trinh/thoa-thuan/", agreements.agreements, name="agreements"),
    path("chuong-trinh/thoa-thuan/moi/", agreements.create, name="create_agreement"),
    path("chuong-trinh/thoa-thuan/<int:pk>/", agreements.agreement, name="agreement"),
    path("chuong-trinh/thoa-thuan/<int:pk>/sua/", agreements.edit, name="edit_agreement"),
    path("chuong-trinh/thoa-thuan/<int:pk>/ky/", agreements.sign, name="sign_agreement"),
    path("chuong-trinh/thoa-thuan/<int:pk>/cham-dut/", agreements.end, name="end_agreement"),
    path("chuong-trinh/thoa-thuan/<int:pk>/ban-ky/", agreements.paper, name="agreement_paper"),
    path("chuong-trinh/thoa-thuan/<int:pk>/tai-len/", agreements.attach, name="attach_paper"),
    path("chuong-trinh/thoa-thuan/<int:pk>/viec/", agreements.add_task, name="add_task"),
    path("chuong-trinh/viec/<int:pk>/", agreements.move_task, name="move_task"),
]
