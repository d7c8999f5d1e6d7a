"""Questions and answers: the form of one cell, and the table that an answered workbook becomes."""

from dataclasses import dataclass

from konvoi.model.table import Column, Table, Type

SHEET = "questions"
"""The sheet of an answer workbook, in any language."""

_SIGN = "|"
_WITH_DAY = "+day"


@dataclass(frozen=True)
class Form:
    """Content that the cell of an answer accepts.

    type: how it is read. choices: of a choice. day: whether the cell beside it, the day, must be filled, too.
    """

    type: Type
    choices: tuple[str, ...] = ()
    day: bool = False

    def coded(self) -> str:
        """The form as the text that travels with its row.

        >>> Form(Type.CHOICE, ("given", "refused"), day=True).coded()
        'choice+day|given|refused'
        """
        return _SIGN.join([f"{self.type}{_WITH_DAY if self.day else ''}", *self.choices])


def form_of(text: str) -> Form | None:
    """The form that a text codes; None where it codes none.

    >>> form_of("number"), form_of("colour")
    (Form(type=<Type.NUMBER: 'number'>, choices=(), day=False), None)
    """
    name, *choices = text.split(_SIGN)
    type = name.removesuffix(_WITH_DAY)
    if type not in set(Type):
        return None
    return Form(Type(type), tuple(choices), name.endswith(_WITH_DAY))


ANSWERS = Table(
    "answers",
    "What a party was asked, and what it answered",
    (
        Column("question", Type.ID, "Number of the question", must=True),
        Column("about", Type.TEXT, "What it is about"),
        Column("where", Type.TEXT, "Where it stands"),
        Column("asks", Type.TEXT, "Subject"),
        Column("needed", Type.TEXT, "What is needed"),
        Column("answer", Type.TEXT, "Your answer; empty: not answered yet"),
        Column("day", Type.DAY, "Day of what you answer, where the question asks for it"),
        Column("by", Type.TEXT, "Who answers: name or role"),
        Column("remark", Type.TEXT, "Anything else"),
        Column("kind", Type.TEXT, "Kind of question; leave as it is"),
        Column("record", Type.TEXT, "Record that it is about; leave as it is"),
        Column("form", Type.TEXT, "How the answer is read; leave as it is"),
        Column("party", Type.PARTY, "Whom it is put to; leave as it is"),
        Column("asked_on", Type.DAY, "Day on which it was put; leave as it is"),
    ),
    key=("question",),
)
"""One line for each answer. As it is read, `answer` is plain text: a day as 2026-03-31, a number with a
point, a choice in English, a party by its id. The columns of NOT_READ are not read back."""

HIDDEN = ("kind", "record", "form", "party", "asked_on")
"""Columns of the sheet that a person need not see."""

NOT_READ = ("about", "where", "asks", "needed")
"""Columns of the sheet that are for people alone."""

VERDICTS = ("same", "different", "unsure")
APPROVED = ("given", "refused", "expected")
MEETS = ("meets", "lacks")
CHANGED = ("will be changed", "stays as it is")
NOTED = ("comes in a new version", "right as it stands")
"""The choices of each kind of question."""
