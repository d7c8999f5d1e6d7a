"""Roles, and the rights that each gives. What is not listed here nobody may do."""

from enum import StrEnum


class Role(StrEnum):
    """A role of a user, for a party or for the coordination cell."""

    READER = "reader"
    DESK = "desk"
    PLANNER = "planner"
    SANCTIONS = "sanctions"
    LEGAL = "legal"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """A right that a page or an action asks for."""

    OPEN = "open"
    """Nothing is needed: sign-in, health, texts."""
    PUBLIC = "public"
    """See what is public, where the coalition allows it."""
    SIGNED_IN = "signed in"
    READ = "read"
    """Read what the viewer's reader may see."""
    SUBMIT = "submit"
    """Hand in and answer for the viewer's party; a planner for any party."""
    DECIDE = "decide"
    """Decide for the coordination cell."""
    NEGOTIATE = "negotiate"
    """Take positions for the viewer's party; a planner for any."""
    SCREEN = "screen"
    """Decide on alerts and proposals of sanctions for the coordination cell."""
    AUDIT = "audit"
    INVITE = "invite"
    """Invite persons and decide on their roles: a desk on readers of its party, an administrator on all."""
    ADMINISTER = "administer"


BY_ROLE: dict[Role, frozenset[Right]] = {
    Role.READER: frozenset({Right.READ}),
    Role.DESK: frozenset({Right.READ, Right.SUBMIT, Right.INVITE, Right.NEGOTIATE}),
    Role.PLANNER: frozenset({Right.READ, Right.SUBMIT, Right.DECIDE, Right.NEGOTIATE}),
    Role.SANCTIONS: frozenset({Right.READ, Right.SCREEN}),
    Role.LEGAL: frozenset({Right.READ, Right.NEGOTIATE}),
    Role.AUDITOR: frozenset({Right.READ, Right.AUDIT}),
    Role.ADMINISTRATOR: frozenset({Right.ADMINISTER, Right.INVITE}),
}

OF_SCOPE: dict[str, frozenset[Right]] = {
    "read": frozenset({Right.READ}),
    "submit": frozenset({Right.READ, Right.SUBMIT}),
    "decide": frozenset({Right.READ, Right.DECIDE}),
    "negotiate": frozenset({Right.READ, Right.NEGOTIATE}),
    "screen": frozenset({Right.READ, Right.SCREEN}),
}
"""Rights that a token of a scope has, as far as a role of its owner gives them."""

FOR_CELL = frozenset({Role.PLANNER, Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that belong to no party."""
FOR_PARTY = frozenset({Role.READER, Role.DESK})
"""Roles that belong to a party; those in neither set may belong to one or to the coordination cell."""

SECOND_FACTOR = frozenset({Role.PLANNER, Role.SANCTIONS, Role.LEGAL, Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that are not in force without a second factor, except in a demonstration."""


def is_possible(role: Role, party: str) -> bool:
    """Return True if a role may be given for a party (empty: the coordination cell or the instance)."""
    return role not in FOR_CELL if party else role not in FOR_PARTY
