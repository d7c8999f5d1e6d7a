"""The viewer of a request: a person in one role for one party, on one day."""

import uuid
from dataclasses import dataclass, replace
from datetime import date

from konvoi.flow.view import CELL
from konvoi.model.markings import PUBLIC
from konvoi.web.access.roles import BY_ROLE, OF_SCOPE, Right, Role


@dataclass(frozen=True)
class Membership:
    """A confirmed role of a person. party: empty for the coordination cell and the instance."""

    role: Role
    party: str = ""

    @property
    def key(self) -> str:
        """The membership as one text, for forms and sessions."""
        return f"{self.role}:{self.party}"

    @property
    def reader(self) -> str:
        """The reader whose rows the member sees; an administrator sees no more than the public."""
        if self.role == Role.ADMINISTRATOR:
            return PUBLIC
        return self.party or CELL


_NO_PERSON = uuid.UUID(int=0)


@dataclass(frozen=True)
class Viewer:
    """The one for whom a page is made.

    user: None for the public. memberships: all roles in force; acting: the one in use. day: as of which the
    page is shown; None: today. scope: of the token where a program asks. locked: confirmed roles that wait
    for a second factor.
    """

    user: uuid.UUID | None = None
    acting: Membership | None = None
    memberships: tuple[Membership, ...] = ()
    day: date | None = None
    public_allowed: bool = False
    scope: str = ""
    locked: tuple[Membership, ...] = ()

    @property
    def reader(self) -> str:
        """The reader whose rows are shown."""
        return PUBLIC if self.acting is None else self.acting.reader

    @property
    def person(self) -> uuid.UUID:
        """The id of the user; one that nobody has for the public."""
        return self.user or _NO_PERSON

    @property
    def party(self) -> str:
        """The party that the viewer acts for; empty for the coordination cell and the public."""
        return "" if self.acting is None else self.acting.party

    @property
    def is_cell(self) -> bool:
        """True for a viewer who sees every row."""
        return self.reader == CELL

    @property
    def day_query(self) -> str:
        """The query of addresses as of the day of the viewer; empty for the newest state."""
        return "" if self.day is None else f"?day={self.day.isoformat()}"

    @property
    def may_read(self) -> bool:
        """True for a viewer who reads more than the public, which an administrator does not."""
        return self.may(Right.READ)

    def may(self, right: Right) -> bool:
        """Return True if the viewer has a right in the role in use."""
        match right:
            case Right.OPEN:
                return True
            case Right.PUBLIC:
                return self.public_allowed or self.acting is not None
            case Right.SIGNED_IN:
                return self.user is not None
        if self.acting is None or (self.scope and right not in OF_SCOPE.get(self.scope, ())):
            return False
        return right in BY_ROLE[self.acting.role]

    def may_submit_for(self, party: str) -> bool:
        """Return True if the viewer may hand in for a party: its own desk, or a planner for any."""
        if not party or not self.may(Right.SUBMIT) or self.acting is None:
            return False
        return self.acting.role == Role.PLANNER or self.acting.party == party

    def owns(self, party: str) -> bool:
        """Return True if the viewer may see all that a party submitted, down to its files."""
        return self.may(Right.READ) and (self.is_cell or (bool(party) and self.party == party))

    def reads(self, reader: str) -> bool:
        """Return True if the viewer may read what is computed for a reader: its own, the public's, and for
        the coordination cell that of every reader.
        """
        return reader == self.reader or (reader == PUBLIC and self.may(Right.PUBLIC)) or self.is_cell

    def on(self, day: date | None) -> "Viewer":
        """Return the same viewer on another day."""
        return replace(self, day=day)


NOBODY = Viewer()
"""The viewer of a request before anything is known of it."""
