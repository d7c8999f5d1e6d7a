"""A mail says that something waits, and nothing else."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from tests.web.world import World

from konvoi.web.accounts.models import User
from konvoi.web.overview.mail import send_digests
from konvoi.web.submissions.models import Upload


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> list[mail.EmailMessage]:
    """The mails that were sent."""
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_HOST", "mail.invalid")
    monkeypatch.setattr(settings, "KONVOI_ADDRESS", "https://konvoi.invalid")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2031, 3, 3, 9, tzinfo=UTC))
    sent: list[mail.EmailMessage] = []
    monkeypatch.setattr(mail, "outbox", sent, raising=False)
    return sent


def _upload(world: World) -> None:
    user = world.user("desk-xa")
    Upload.objects.create(
        party="XA", user=user.pk, state=Upload.State.CHECKED, files=[{"name": "secret.xlsx"}]
    )


def test_who_asked_for_it_is_told_once_a_day_that_something_waits(
    world: World, outbox: list[mail.EmailMessage]
) -> None:
    _upload(world)
    User.objects.filter(email__startswith="desk-xa").update(digest=True)
    assert (send_digests(), send_digests()) == (1, 0)
    (one,) = outbox
    assert one.to == ["desk-xa@exercise.invalid"]
    assert (one.subject, "secret" in str(one.body), "XA" in str(one.body)) == ("Konvoi", False, False)
    assert "https://konvoi.invalid" in str(one.body)


def test_nobody_else_is_told_and_not_where_nothing_waits(
    world: World, outbox: list[mail.EmailMessage]
) -> None:
    User.objects.filter(email__startswith="desk-xa").update(digest=True)
    assert send_digests() == 0
    _upload(world)
    User.objects.update(digest=False)
    assert send_digests() == 0
    assert outbox == []
