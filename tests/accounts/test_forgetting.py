"""What is old goes by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from matxich.accounts import actions
from matxich.accounts.models import Invitation
from matxich.accounts.states import Role
from matxich.kit.actor import system_actor

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def invite(world):
    def make(email):
        details = {"email": email, "role": Role.OFFICER, "agency": world.agency, "scope": "31"}
        return actions.invite(by=system_actor(), at=AT, **details)[0]

    return make


def test_an_address_is_forgotten_ninety_days_after_its_invitation_is_over(invite):
    revoked, waiting = invite("a@so.gov.vn"), invite("b@so.gov.vn")
    actions.revoke_invitation(by=system_actor(), at=AT, invitation=revoked)
    assert actions.forget_old(at=AT + timedelta(days=90)) == 0
    assert actions.forget_old(at=AT + timedelta(days=91)) == 1
    emails = dict(Invitation.objects.values_list("pk", "email"))
    assert emails == {revoked.pk: f"xoa-{revoked.pk}@khong-con.invalid", waiting.pk: "b@so.gov.vn"}
    assert actions.forget_old(at=AT + timedelta(days=98)) == 1
    assert actions.forget_old(at=AT + timedelta(days=98)) == 0


def test_an_ended_session_is_forgotten_with_its_address(world, sign_in):
    sign_in(world.owner).get("/viec-cua-toi/")
    UserSession.objects.update_or_create(
        session_key=Session.objects.get().pk, defaults={"user": world.owner, "ip": "127.0.0.1", "user_agent": ""}
    )
    now = datetime.now(UTC)
    assert actions.forget_old(at=now + timedelta(hours=11)) == 0
    assert actions.forget_old(at=now + timedelta(days=2)) == 2
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
