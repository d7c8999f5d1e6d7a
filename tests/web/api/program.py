"""Programs of tests: clients with a token."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from tests.web.world import ROLES, World

from konvoi.web.accounts.tokens import make_token

V1 = "/api/v1/"


def program(world: World, person: str, scope: str = "read") -> Client:
    """A program with a token of a person for its party."""
    until = timezone.now().date() + timedelta(days=1)
    party = ROLES[person][1] if person in ROLES else ""
    _, secret = make_token(world.user(person), name="t", party=party, scope=scope, until=until)
    return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en"})
