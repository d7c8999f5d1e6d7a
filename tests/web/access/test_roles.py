"""Roles and scopes: every scope that a token can have is declared with its rights."""

from konvoi.web.access.roles import BY_ROLE, OF_SCOPE
from konvoi.web.accounts.models import SCOPES


def test_every_scope_of_a_token_has_rights_that_some_role_gives() -> None:
    assert set(SCOPES) == set(OF_SCOPE)
    assert all(any(rights <= given for given in BY_ROLE.values()) for rights in OF_SCOPE.values())
