"""Recipients and implementers by whatever name, matched to the names under which they report receipts."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from konvoi.kit.latin import latin
from konvoi.kit.text import fold
from konvoi.reconcile.agencies import AGENCIES

_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_LONG = 6
# Legal forms that do not identify a party.
_FORMS = frozenset(
    "ltd limited gmbh ggmbh ag ev sa sas sarl spa srl bv nv ab as asa oy aps llc llp plc inc corp co ngo "
    "sp z o o zoo sro doo tov".split()
)
# Letters that the way from one script to another and back changes.
_SOUNDS = (("kh", "h"), ("sch", "s"), ("shch", "s"), ("sh", "s"), ("ts", "c"), ("ph", "f"))
_LETTERS = str.maketrans({"h": "g", "c": "k", "q": "k", "y": "i", "j": "i", "w": "v"})


@lru_cache(maxsize=200_000)
def keys(name: str) -> tuple[str, ...]:
    """Keys of a name: of what stands before brackets, and of what stands in them.

    >>> keys("World Food Programme (WFP)")
    ('vfp', 'vorld food programme')
    >>> keys("PRIME LOGISTICS, LTD") == keys("Prime Logistics") == keys("Пріме Логістікс")
    True
    """
    said = (_BRACKET.sub("", name), *_BRACKET.findall(name))
    found = [_key(part) for part in said]
    agencies = [_agencies()[key] for key in found if key in _agencies()]
    return tuple(dict.fromkeys(key for key in (*agencies, *found) if key))


@cache
def _agencies() -> dict[str, str]:
    """The key of an agency's acronym for each of its names, in whatever language."""
    return {_key(name): _key(acronym) for acronym, names in AGENCIES.items() for name in names.split("|")}


def _key(name: str) -> str:
    words = fold(latin(name)).split()
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return " ".join(heard(word) for word in words)


def heard(word: str) -> str:
    """Return a word in Latin letters as it sounds, whatever script it came from."""
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    return word.translate(_LETTERS)


def named(reports: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The reporter whom each key means: who reports under it most often. reports: reporter, own name."""
    counts: dict[str, dict[str, int]] = {}
    for reporter, name in reports:
        for key in (*keys(name), _key(reporter)):
            of = counts.setdefault(key, {})
            of[reporter] = of.get(reporter, 0) + 1
    return {key: min(of, key=lambda one: (-of[one], one)) for key, of in counts.items()}


def carriers(names: Iterable[str], known: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return for each name the reporters that it may mean; its own key if no one reports under it.

    Several where only the first letter of the first word is written, or where two are one letter off.
    """
    agencies = {name: known[key] for name, key in _agencies().items() if key in known}
    known = {**agencies, **known}
    short: dict[str, set[str]] = {}
    for key, reporter in known.items():
        short.setdefault(_short(key), set()).add(reporter)
    long = tuple(sorted(key for key in known if len(key) >= _LONG))
    return {name: _carrier(name, known, short, long) for name in sorted(set(names))}


def _carrier(
    name: str, known: Mapping[str, str], short: Mapping[str, set[str]], long: tuple[str, ...]
) -> tuple[str, ...]:
    own = keys(name)
    # An initial stands for any word that begins so, even where one of these reports under it.
    first = sorted({r for key in own if key == _short(key) != _head(key) for r in short.get(key, ())})
    if first:
        return tuple(first)
    exact = dict.fromkeys(known[key] for key in own if key in known)
    exact = exact or dict.fromkeys(known[_short(key)] for key in own if _short(key) in known)
    if exact:
        return tuple(exact)
    near = sorted(
        {
            known[str(text)]
            for key in own
            if len(key) >= _LONG
            for text, _, _ in process.extract(key, long, scorer=OSA.distance, score_cutoff=1, limit=None)
        }
    )
    return tuple(near) or own[:1]


def _head(key: str) -> str:
    return key.partition(" ")[0]


def _short(key: str) -> str:
    """A key with the first letter alone of its first word."""
    first, _, rest = key.partition(" ")
    return f"{first[:1]} {rest}" if rest else key
