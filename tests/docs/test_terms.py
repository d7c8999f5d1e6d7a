"""Texts use the terms of docs/terms.toml."""

import importlib.util
import re
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_i18n import _ids
from tests.report.extraction import message_ids, room_ids
from tests.report.test_catalogues import catalogue

DOCS = Path(__file__).parents[2] / "docs"
PLACEHOLDER = re.compile(r"\{\w+\}")

EXCEPTIONS = {
    # Values of data whose English label stands in locale/en/labels.po.
    *("accept with reserve", "giver", "lines", "route not said", "scrutiny reserve"),
    # Names of files, columns and options.
    "Decide with: konvoi review LISTING LISTING --verdict same|different --by NAME",
    "Decide with: konvoi review PROJECT OTHER --verdict same or different --by NAME",
    "--verdict is now called --disposition.",
    "Review them with konvoi review, in the terminal or as a workbook; decisions are stored in "
    "judgements.csv.",
    "The match probability is recorded in judgements.csv after the decision.",
    "verdict",
    "Decide again with: konvoi sanctions screen --decide HIT; until then the row decides nothing.",
    "a CSV with the columns hit, verdict, by, reason",
    # Transport routes, which are no delivery channels.
    "No open route from {from} to {to}.",
    "No route from {from} to {to} is open in time; blocked: {kind} {value}.",
    "No route from {from} to {to} is open in time; closed: {places}.",
}
"""Message ids that hold a term to avoid and may."""


def generate() -> Any:
    """docs/generate.py as a module."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


TERMS: list[dict[str, Any]] = generate().terms()
IDS = sorted({*message_ids(), *room_ids(), *_ids()})


def test_each_term_has_its_languages_and_definition() -> None:
    assert [
        term for term in TERMS if not all(term.get(one) for one in ("en", "de", "uk", "definition"))
    ] == []
    names = [term["en"] for term in TERMS]
    assert len(set(names)) == len(names)
    assert names == sorted(names, key=lambda name: name.lower().replace("-", ""))


def test_the_glossary_is_made_from_the_terms() -> None:
    """Where this fails: PYTHONPATH=src .venv/bin/python docs/generate.py"""
    assert (DOCS / "glossary.md").read_text("utf-8") == generate().glossary_page()


@pytest.mark.parametrize("avoid", sorted({text for term in TERMS for text in term.get("avoid", [])}))
def test_no_message_uses_a_term_to_avoid(avoid: str) -> None:
    pattern = re.compile(rf"\b{re.escape(avoid)}s?\b", re.IGNORECASE)
    found = [one for one in IDS if pattern.search(PLACEHOLDER.sub("{}", one)) and one not in EXCEPTIONS]
    assert found == []


def test_an_exception_is_needed() -> None:
    avoided = [text for term in TERMS for text in term.get("avoid", [])]
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, avoided))})s?\b", re.IGNORECASE)
    assert [one for one in sorted(EXCEPTIONS) if not pattern.search(one) or one not in IDS] == []


@pytest.mark.parametrize("code", ["de", "uk"])
def test_translations_that_miss_the_term_of_their_concept_are_listed(code: str) -> None:
    """A message that names one concept may say it in other words: listed as a warning, no failure."""
    known = catalogue(code)
    missed = []
    for term in TERMS:
        said = re.compile(rf"\b{re.escape(term['en'])}s?\b", re.IGNORECASE)
        stem = term[code].split()[-1].strip("()")[:5].lower()
        for one in IDS:
            texts = known.get(one, ())
            if said.search(PLACEHOLDER.sub("{}", one)) and not any(stem in text.lower() for text in texts):
                missed.append(f"{term['en']} ({term[code]}): {one}")
    if missed:
        warnings.warn(
            f"{code}: {len(missed)} messages without their term:\n" + "\n".join(missed), stacklevel=1
        )
