"""The workbook for review decisions on pairs: its columns, and those that are read back."""

from konvoi.kit.digest import key

SHOWN = ("pair", "verdict", "reason", "question", "changes", "differs in", "what speaks for it")
"""Columns for people, in any language, ahead of both records beside each other."""

HIDDEN = ("left", "right", "relation", "values seen", "drawn", "check")
"""Columns that a person need not see."""

READ = ("pair", "verdict", "reason", *HIDDEN)
"""Columns that are read back."""


def check(left: str, right: str, relation: str, seen: str, drawn: str) -> str:
    """Return a check value that shows if the hidden cells of a row are those that were written."""
    return key("review", left, right, relation, seen, drawn)
