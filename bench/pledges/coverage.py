"""Share of a half's names that the product's built-in lists recognise.

PYTHONPATH=src .venv/bin/python -m bench.pledges.coverage
"""

from collections.abc import Iterable

from bench.pledges.vocabulary import HALVES, LANGUAGES, Half, Worded, half

from konvoi.kit.latin import latin
from konvoi.kit.text import fold
from konvoi.reconcile.donors import giver
from konvoi.reconcile.lexicon import called
from konvoi.reconcile.wording import said


def coverage(names: Half) -> dict[str, float]:
    """Return the share of names that the product recognises, by what they name.

    "words of goods" counts names of which `called` translates a word to another one than it is;
    "parties, all spellings" includes the plain names that CLDR lists.
    """
    goods = [name for good in names.goods for name in _all(good.names)]
    places = [name for place in names.places for name in _all(place)]
    details = [name.format(7) for _, named in names.details for name in _all(named)]
    parties = [(name, code) for code, spelt in names.parties.items() for name in _all(spelt)]
    plain = [(n, code) for code in names.parties for lang in LANGUAGES for n in names.spellings(code, lang)]
    leads = [word for role in ("todate", "since", "joint", "share") for word in _all(names.words[role])]
    return {
        "kinds of goods": _share(said(name).thing is not None for name in goods),
        "words of goods": _share(_translated(name) for name in goods),
        "places": _share(said(name).place is not None for name in places),
        "numbered details": _share(_numbered(name) for name in details),
        "words for totals to date and joint packages": _share(said(word).lead is not None for word in leads),
        "parties, further spellings": _share(giver(name) == code for name, code in parties),
        "parties, all spellings": _share(giver(name) == code for name, code in plain),
        "organisations": _share(giver(name) is not None for one in names.organisations for name in one),
    }


def _all(named: Worded) -> list[str]:
    return [name for names in named.values() for name in names]


def _share(known: Iterable[bool]) -> float:
    flags = list(known)
    return sum(flags) / max(len(flags), 1)


def _translated(name: str) -> bool:
    """True if a word of a name becomes a word that is not in it."""
    own = set(fold(latin(name)).split())
    return any(not any(word in mine or mine in word for mine in own) for word in called(name).split())


def _numbered(name: str) -> bool:
    """True if the kind of a numbered thing is known, not its number alone."""
    found = said(name).numbered or said(f"({name})").numbered
    return found is not None and not found.isdigit()


def main() -> None:
    """Print the shares of both halves."""
    for name in HALVES:
        print(name)
        for part, share in coverage(half(name)).items():
            print(f"  {part}: {share:.3f}")


if __name__ == "__main__":
    main()
