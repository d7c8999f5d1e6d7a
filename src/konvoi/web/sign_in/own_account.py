"""Actions on one's own account, each in the audit log."""

import uuid
from datetime import date

from konvoi.gateways.refusal import Refused
from konvoi.web.access.audit import record
from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.accounts import tokens as made
from konvoi.web.accounts.models import ApiToken, User
from konvoi.web.record import writing


def tokens(viewer: Viewer) -> list[ApiToken]:
    """Return the tokens of the viewer, the newest first."""
    return list(ApiToken.objects.filter(user_id=viewer.person).order_by("-created"))


def choose(*, viewer: Viewer, keys: bool, digest: bool) -> None:
    """Keep the preferences of the viewer."""
    User.objects.filter(pk=viewer.person).update(keys=keys, digest=digest)


def make(*, viewer: Viewer, name: str, party: str, scope: str, until: date) -> tuple[ApiToken, str]:
    """Make a token for a party of a role that the viewer has; return it and its secret."""
    with writing():
        held = [one for one in viewer.memberships if one.party == party]
        if not held or viewer.user is None or viewer.scope:
            raise Refused("a token is for a party of which you have a role")
        rights = {right for one in held for right in Right if Viewer(viewer.user, one).may(right)}
        if scope == "submit" and Right.SUBMIT not in rights:
            raise Refused("none of your roles for this party may hand in; choose the scope read")
        if scope == "decide" and Right.DECIDE not in rights:
            raise Refused("none of your roles for this party may decide; choose the scope read")
        if scope == "negotiate" and Right.NEGOTIATE not in rights:
            raise Refused("none of your roles for this party may take positions; choose the scope read")
        if scope == "screen" and Right.SCREEN not in rights:
            raise Refused("none of your roles for this party may decide on sanctions; choose the scope read")
        user = User.objects.get(pk=viewer.person)
        token, secret = made.make_token(user, name=name, party=party, scope=scope, until=until)
        record(viewer, "token-made", party=party, object=token.pk, detail={"scope": scope})
    return token, secret


def revoke(*, viewer: Viewer, token: uuid.UUID) -> None:
    """Make a token of the viewer void."""
    with writing():
        found = ApiToken.objects.get(pk=token, user_id=viewer.person)
        if made.revoke(found):
            record(viewer, "token-revoked", party=found.party, object=token)


def exported(*, viewer: Viewer) -> None:
    """Record that the viewer took what is held about it."""
    with writing():
        record(viewer, "account-exported", object=viewer.user or "")
