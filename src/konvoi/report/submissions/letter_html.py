"""A letter as one offline page that prints on A4."""

from collections.abc import Sequence
from functools import cache

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from konvoi.report.language import Language
from konvoi.report.page import Message, Value
from konvoi.report.resources import resource
from konvoi.report.submissions.letter import Letter, heads, where

LANGUAGES = {"en": "English", "de": "Deutsch", "uk": "Українська"}


def as_html(letter: Letter, code: str, languages: Sequence[str]) -> bytes:
    """The letter in one language, with ways to the others."""
    language = Language(code)

    def say(id: str, /, **values: Value) -> str:
        return language.text(Message(id, values))

    text = _template().render(
        letter=letter,
        code=code,
        others=[(one, LANGUAGES[one]) for one in languages],
        style=Markup(resource("templates/letter.css").decode()),
        say=say,
        show=language.text,
        heads=heads(),
        where=where,
    )
    return text.encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=DictLoader({"letter": resource("templates/letter.html.j2").decode()}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("letter")
