"""Texts that the processes of the web print at the terminal, in its language."""

import os

from konvoi.gateways.refusal import Refused
from konvoi.report.language import Language
from konvoi.report.localized_refusal import localized_refusal
from konvoi.report.page import Message

LANGUAGE = "KONVOI_LANG"
"""Environment variable: the language of the terminal."""
_CODES = ("en", "de", "uk")


def language() -> str:
    """Return the code of the language of the terminal; English where none of ours is asked for."""
    asked = os.environ.get(LANGUAGE, "")[:2].lower()
    return asked if asked in _CODES else "en"


def said(text: str, **values: str) -> str:
    """Return a message id in the language of the terminal."""
    return Language(language()).text(Message(text, values))


def refusal(error: Refused) -> str:
    """Return a refusal as the command line prints it."""
    return f"konvoi: {localized_refusal(str(error), language())}"
