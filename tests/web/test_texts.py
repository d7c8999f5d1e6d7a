"""Every text of the pages is there in German and Ukrainian, with its values and all its plurals."""

import pytest
from django.utils import translation
from tests.report.test_catalogues import catalogue
from tests.web.texts import PLACEHOLDER, of_calls, of_errors, of_progress, of_templates, of_values, texts

from konvoi.report.language import Language, on_web
from konvoi.web.pages.templatetags.konvoi import refusal


def test_texts_are_found_wherever_they_stand() -> None:
    found = {
        "Skip to content": of_templates,
        "The job had ended already.": of_calls,
        "The process that did it ended with an error.": of_errors,
        "Reading submissions": of_progress,
        "Auditor": of_values,
    }
    for id, collected in found.items():
        assert id in {one.id for one in collected()}


@pytest.mark.parametrize("code", ["de", "uk"])
def test_every_text_of_the_pages_is_translated(code: str) -> None:
    known = catalogue(code)
    assert {one.id: one.where for one in texts() if not all(known.get(one.id, ("",)))} == {}


@pytest.mark.parametrize("code", ["de", "uk"])
def test_a_translation_keeps_the_values(code: str) -> None:
    known = catalogue(code)
    wrong = [
        (one.id, text)
        for one in texts()
        for text in known.get(one.id, ())
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(one.id))
    ]
    assert wrong == []


def test_every_value_of_a_text_is_given() -> None:
    assert {one.id: sorted(one.missing) for one in texts() if one.missing} == {}


@pytest.mark.parametrize(("code", "forms"), [("de", 2), ("uk", 3)])
def test_every_plural_has_all_its_forms(code: str, forms: int) -> None:
    known = catalogue(code)
    assert [one.id for one in texts() if one.many and len(known.get(one.id, ())) != forms] == []


def test_why_a_job_failed_is_said_in_the_readers_language_and_without_commands() -> None:
    lost = "XA/list.xlsx: no such submission; konvoi withdraw --list shows those that can be taken out"
    ended = "The process that did it ended several times."
    with on_web(), translation.override("de"):
        assert refusal(ended) == Language("de").say(ended) != ended
        assert refusal(lost).startswith("XA/list.xlsx: keine solche Meldung;")
    with on_web(), translation.override("en"):
        assert refusal(lost) == "XA/list.xlsx: no such submission; those in force are under Submissions"
