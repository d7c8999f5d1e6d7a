"""Persons are invited by link, and each role needs a second person."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.world import ROLES, World, text

from konvoi.gateways.refusal import Refused
from konvoi.web.access.grants import Step, grants, memberships
from konvoi.web.access.models import AuditEvent, GrantEvent
from konvoi.web.access.roles import Role
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.accounts.models import ApiToken, Invitation, User
from konvoi.web.accounts.tokens import make_token
from konvoi.web.administration import people

PASSWORD = "a long phrase of words"
ADMINISTRATOR = Membership(Role.ADMINISTRATOR)
READER_XA = Membership(Role.READER, "XA")


def viewer(world: World, name: str, membership: Membership) -> Viewer:
    return Viewer(world.user(name).pk, membership, (membership,))


def second_administrator(world: World) -> Viewer:
    user = User.objects.create_user("second@exercise.invalid", "Second")
    GrantEvent.objects.create(step=Step.CONFIRMED, user=user.pk, role=Role.ADMINISTRATOR, at=timezone.now())
    return Viewer(user.pk, ADMINISTRATOR, (ADMINISTRATOR,))


def invited(client: Client, **given: str) -> str:
    """The path of an invitation that a person makes."""
    words = {"email": "new@exercise.invalid", "name": "New", "role": "desk", "party": "XA", **given}
    page = client.post("/administration/users/invite", words)
    found = re.search(r'value="http://testserver(/invitation/[^"]+)"', page.content.decode())
    assert found, text(page)
    return found[1]


def opened(path: str, password: str = PASSWORD) -> Client:
    """A browser in which a person has accepted its invitation."""
    client = Client(headers={"accept-language": "en"})
    client.post(path, {"name": "New Desk", "password": password, "again": password})
    return client


def test_an_invited_person_opens_the_account_and_has_no_role_until_a_second_person_confirms(
    world: World,
) -> None:
    first = world.client("administrator")
    path = invited(first)
    user = User.objects.get(email="new@exercise.invalid")
    assert not user.is_active
    desk = opened(path)
    assert text(desk.get("/account/")).count("No role is in force yet") == 1
    grant = grants(user.pk)[0]
    refused = first.post(f"/administration/roles/{grant.id}", {"step": "confirm"}, follow=True)
    assert "A second person has to confirm the role." in text(refused)
    assert memberships(user.pk) == ()
    people.decide_role(viewer=second_administrator(world), grant=grant.id, step=Step.CONFIRMED)
    assert memberships(user.pk) == (Membership(Role.DESK, "XA"),)
    assert "desk · XA" in text(desk.get("/account/"))
    actions = list(AuditEvent.objects.order_by("number").values_list("action", flat=True))
    assert actions[1:3] == ["user-invited", "role-asked"]
    assert {"invitation-accepted", "signed-in", "role-confirmed"} <= set(actions)


def test_a_link_works_once_for_seven_days_and_the_database_does_not_hold_it(world: World) -> None:
    path = invited(world.client("administrator"))
    assert not Invitation.objects.filter(digest=path.rpartition("/")[2]).exists()
    late = Invitation.objects.get()
    assert late.expires - late.created < timedelta(days=7, minutes=1)
    opened(path)
    again = Client(headers={"accept-language": "en"}).get(path, follow=True)
    assert "The invitation was used or is too old." in text(again)
    other = invited(world.client("administrator"), email="other@exercise.invalid")
    Invitation.objects.filter(accepted=None).update(expires=timezone.now() - timedelta(seconds=1))
    assert Client().get(other).status_code == 302
    assert not User.objects.get(email="other@exercise.invalid").is_active


def test_looking_at_a_link_does_not_use_it_and_a_weak_password_is_refused(world: World) -> None:
    path = invited(world.client("administrator"))
    client = Client(headers={"accept-language": "en"})
    assert client.get(path).status_code == 200
    weak = client.post(path, {"name": "N", "password": "password1234", "again": "password1234"})
    assert "too common" in text(weak)
    differ = client.post(path, {"name": "N", "password": PASSWORD, "again": PASSWORD + "x"})
    assert "The passwords differ." in text(differ)
    assert not User.objects.get(email="new@exercise.invalid").is_active
    assert opened(path).get("/account/").status_code == 200


def test_a_new_link_makes_the_former_one_void(world: World) -> None:
    client = world.client("administrator")
    path = invited(client)
    user = User.objects.get(email="new@exercise.invalid")
    page = client.post(f"/administration/users/{user.pk}/link")
    found = re.search(r'value="http://testserver(/invitation/[^"]+)"', page.content.decode())
    assert found
    assert Client().get(path).status_code == 302
    assert Client().get(found[1]).status_code == 200


def test_nobody_asks_for_or_confirms_a_role_of_their_own(world: World) -> None:
    one = viewer(world, "administrator", ADMINISTRATOR)
    with pytest.raises(Refused, match="of their own"):
        people.ask_role(viewer=one, user=world.user("administrator").pk, membership=Membership(Role.PLANNER))
    people.ask_role(
        viewer=second_administrator(world),
        user=world.user("administrator").pk,
        membership=Membership(Role.PLANNER),
    )
    grant = grants(world.user("administrator").pk)[-1]
    with pytest.raises(Refused, match="own"):
        people.decide_role(viewer=one, grant=grant.id, step=Step.CONFIRMED)
    with pytest.raises(Refused, match="own"):
        people.decide_role(viewer=one, grant=grant.id, step=Step.REFUSED)


def test_a_desk_manages_readers_of_its_own_party_and_nobody_else(world: World) -> None:
    client = world.client("desk-xa")
    page = text(client.get("/administration/users"))
    assert "reader-xa@exercise.invalid" in page
    assert "desk-xb@exercise.invalid" not in page
    assert "administrator@exercise.invalid" not in page
    assert client.get(f"/administration/users/{world.user('desk-xb').pk}").status_code == 404
    path = invited(client, role="reader", party="XB")
    user = User.objects.get(email="new@exercise.invalid")
    assert [one.membership for one in grants(user.pk)] == [READER_XA]
    assert opened(path).get("/account/").status_code == 200
    desk = viewer(world, "desk-xa", Membership(Role.DESK, "XA"))
    for wanted in (Membership(Role.DESK, "XA"), Membership(Role.READER, "XB"), Membership(Role.PLANNER)):
        with pytest.raises(Refused):
            people.invite(viewer=desk, email="x@exercise.invalid", name="", wanted=[wanted])
    with pytest.raises(Refused):
        people.deactivate(viewer=desk, user=user.pk)
    other = viewer(world, "desk-xb", Membership(Role.DESK, "XB"))
    with pytest.raises(Refused, match="no such grant"):
        people.decide_role(viewer=other, grant=grants(user.pk)[0].id, step=Step.CONFIRMED)


@pytest.mark.parametrize("name", ["planner", "reader-xa", "sanctions", "legal", "auditor"])
def test_others_reach_no_page_of_persons(world: World, name: str) -> None:
    client = world.client(name)
    for path in ("users", "users/invite", f"users/{world.user('desk-xa').pk}", "settings", "runs", "health"):
        assert client.get(f"/administration/{path}").status_code == 404
    assert client.post(f"/administration/users/{world.user('desk-xa').pk}/account").status_code == 404


def test_a_closed_account_ends_sessions_links_and_tokens_at_once(world: World) -> None:
    desk = world.client("desk-xa")
    assert desk.get("/account/").status_code == 200
    user = world.user("desk-xa")
    until = timezone.now().date()
    _, secret = make_token(user, name="t", party="XA", scope="read", until=until)
    client = world.client("administrator")
    client.post(f"/administration/users/{user.pk}/account", {"do": "deactivate"})
    assert desk.get("/account/").status_code == 302
    assert ApiToken.objects.get().revoked is not None
    with_token = Client().get("/account/", headers={"authorization": f"Bearer {secret}"})
    assert with_token.status_code == 404
    User.objects.filter(pk=user.pk).update(last_login=None)
    again = client.post(f"/administration/users/{user.pk}/account", {"do": "activate"}, follow=True)
    assert "nobody has used this account yet" in text(again).casefold()
    User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    client.post(f"/administration/users/{user.pk}/account", {"do": "activate"})
    assert world.user("desk-xa").is_active
    own = client.post(
        f"/administration/users/{world.user('administrator').pk}/account", {"do": "deactivate"}, follow=True
    )
    assert "Nobody closes or opens their own account." in text(own)


def test_a_role_is_revoked_at_once_with_its_history(world: World) -> None:
    client = world.client("administrator")
    grant = grants(world.user("planner").pk)[0]
    page = client.post(f"/administration/roles/{grant.id}", {"step": "revoke"}, follow=True)
    assert "The role was revoked." in text(page)
    assert "revoked: administrator" in text(page)
    assert world.client("planner").get("/submissions/").status_code == 404
    again = client.post(f"/administration/roles/{grant.id}", {"step": "revoke"}, follow=True)
    assert "decided in the meantime" in text(again)


def test_the_operator_confirms_what_a_person_asked_for_and_nothing_else(world: World) -> None:
    invited(world.client("administrator"), role="administrator", party="")
    user = User.objects.get(email="new@exercise.invalid")
    people.confirm_as_operator("New@exercise.invalid")
    assert memberships(user.pk) == (ADMINISTRATOR,)
    with pytest.raises(Refused, match="no role waits"):
        people.confirm_as_operator("new@exercise.invalid")
    with pytest.raises(Refused, match="no such account"):
        people.confirm_as_operator("nobody@exercise.invalid")


def test_a_link_for_a_new_password_leaves_the_second_factor_in_force(world: World) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    planner = world.user("planner")
    TOTP.activate(planner, generate_totp_secret())
    page = world.client("administrator").post(f"/administration/users/{planner.pk}/link")
    found = re.search(r'value="http://testserver(/invitation/[^"]+)"', page.content.decode())
    assert found
    signed_in = world.client("planner")
    client = opened(found[1])
    assert client.get("/account/").status_code == 302
    page = client.post("/accounts/login/", {"login": planner.email, "password": PASSWORD}, follow=True)
    assert "Two-Factor Authentication" in text(page)
    assert signed_in.get("/account/").status_code == 302
    desk = viewer(world, "desk-xa", Membership(Role.DESK, "XA"))
    with pytest.raises(Refused, match="administrator"):
        people.renew(viewer=desk, user=world.user("reader-xa").pk)


def test_the_list_of_persons_is_sorted_as_the_address_says(world: World) -> None:
    client = world.client("administrator")

    def names(sort: str) -> list[str]:
        page = client.get(f"/administration/users?sort={sort}").content.decode().partition("Persons</h2>")[2]
        return re.findall(r'<a href="/administration/users/[^"]+">([^<]+)</a>', page)

    assert names("name") == sorted(ROLES)
    assert names("-name") == sorted(ROLES, reverse=True)
    assert names("sign-in")[-1] == "administrator"
    assert names("nonsense") == sorted(ROLES)
