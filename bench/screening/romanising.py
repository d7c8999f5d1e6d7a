"""Cyrillic names in Latin letters by eight schemes, with the rules of each for the place of a letter.

Written from the published tables, apart from the readings of the program that they measure. Ukrainian and
Russian have tables of their own; the Ukrainian table of 2010 is for Ukrainian alone.
"""

import re
from collections.abc import Callable, Mapping

Rules = tuple[tuple[str, str], ...]

_RUSSIAN, _UKRAINIAN = "ru", "uk"
_VOWEL = "аеёиоуыэюяєіїaeiouyëïj"
_LETTERS = "а б в г ґ д е ё є ж з и і ї й к л м н о п р с т у ў ф х ц ч ш щ ъ ы ь э ю я"
_COMMON = "a b v g g d e e ie zh z i i i i k l m n o p r s t u u f kh ts ch sh shch - y - e iu ia"


def _table(other: str) -> Mapping[str, str]:
    """Return a table of letters: the common one with `letter=latin` changed; `-` is nothing."""
    told = dict(zip(_LETTERS.split(), _COMMON.split(), strict=True))
    told |= dict(one.split("=") for one in other.split())
    return {letter: "" if latin == "-" else latin for letter, latin in told.items()}


_UK = "г=h и=y"
_TABLES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("UA 2010", _UKRAINIAN): _table(_UK),
    ("BGN/PCGN", _RUSSIAN): _table("й=y ю=yu я=ya ё=ë ь=’ ъ=”"),
    ("BGN/PCGN", _UKRAINIAN): _table(f"{_UK} є=ye ї=yi й=y ю=yu я=ya ь=’"),
    ("ICAO", _RUSSIAN): _table("ъ=ie"),
    ("ICAO", _UKRAINIAN): _table(_UK),
    ("ISO 9", _RUSSIAN): _table("ё=ë ж=ž й=j х=h ц=c ч=č ш=š щ=ŝ ъ=ʺ ь=ʹ э=è ю=û я=â"),
    ("ISO 9", _UKRAINIAN): _table("є=ê ж=ž і=ì ї=ï й=j х=h ц=c ч=č ш=š щ=ŝ ь=ʹ ю=û я=â"),
    ("German", _RUSSIAN): _table("в=w ё=jo ж=sch з=s х=ch ц=z ч=tsch ш=sch щ=schtsch ю=ju я=ja"),
    ("German", _UKRAINIAN): _table(
        f"{_UK} в=w є=je ж=sch з=s ї=ji й=j х=ch ц=z ч=tsch ш=sch щ=schtsch ю=ju я=ja"
    ),
    ("French", _RUSSIAN): _table("ё=io ж=j й=ï у=ou ч=tch ш=ch щ=chtch ю=iou"),
    ("French", _UKRAINIAN): _table(f"{_UK} ж=j ї=ï й=ï у=ou ч=tch ш=ch щ=chtch ю=iou"),
    ("Spanish", _RUSSIAN): _table("ё=io х=j щ=sch ю=yu я=ya"),
    ("Spanish", _UKRAINIAN): _table(f"{_UK} є=ye ї=yi х=j щ=sch ю=yu я=ya"),
    ("Polish", _RUSSIAN): _table("в=w ё=jo ж=ż й=j л=ł х=ch ц=c ч=cz ш=sz щ=szcz ю=ju я=ja"),
    ("Polish", _UKRAINIAN): _table(f"{_UK} в=w є=je ж=ż ї=ji й=j л=ł х=ch ц=c ч=cz ш=sz щ=szcz ю=ju я=ja"),
}
_START = rf"(?:(?<![^\W\d_])|(?<=[{_VOWEL}ьъ’”]))"
_BETWEEN = rf"(?<=[{_VOWEL}]){{}}(?=[{_VOWEL}])"
# Changed in the Cyrillic word, before its letters: endings and letters that depend on their place.
_PLACES: Mapping[tuple[str, str], Rules] = {
    ("UA 2010", _UKRAINIAN): (
        (r"зг", "zgh"),
        (r"(?<![^\W\d_])є", "ye"),
        (r"(?<![^\W\d_])ї", "yi"),
        (r"(?<![^\W\d_])й", "y"),
        (r"(?<![^\W\d_])ю", "yu"),
        (r"(?<![^\W\d_])я", "ya"),
    ),
    ("BGN/PCGN", _RUSSIAN): ((rf"{_START}е", "ye"), (rf"{_START}ё", "yë")),
    ("German", _RUSSIAN): (
        (r"ий(?![^\W\d_])", "i"),
        (r"(?<=[жчшщ])ё", "o"),
        (rf"{_START}е", "je"),
        (_BETWEEN.format("с"), "ss"),
    ),
    ("German", _UKRAINIAN): ((_BETWEEN.format("с"), "ss"),),
    ("French", _RUSSIAN): (
        (r"ий(?![^\W\d_])", "i"),
        (r"ин(?![^\W\d_])", "ine"),
        (r"г(?=[еи])", "gu"),
        (rf"{_START}е", "ie"),
        (_BETWEEN.format("с"), "ss"),
    ),
    ("French", _UKRAINIAN): ((_BETWEEN.format("с"), "ss"),),
    ("Spanish", _RUSSIAN): (
        (r"(?:ий|ый)(?![^\W\d_])", "i"),
        (r"г(?=[еи])", "gu"),
        (rf"{_START}е", "ye"),
    ),
    ("Polish", _RUSSIAN): (
        (r"(?<=ск)ий(?![^\W\d_])", "i"),
        (r"ый(?![^\W\d_])", "y"),
        (r"(?<=[жчшщц])[её]", "e"),
        (r"(?<=[жшц])и", "y"),
        (r"ле", "le"),
        (r"лё", "lo"),
        (r"лю", "lu"),
        (r"ля", "la"),
        (r"л(?=[иь])", "l"),
        (rf"{_START}е", "je"),
        (r"(?<=[^\W\d_])е", "ie"),
        (r"(?<=[бвгдзкмнпрстфх])ё", "io"),
        (r"(?<=[бвгдзкмнпрстфх])ю", "iu"),
        (r"(?<=[бвгдзкмнпрстфх])я", "ia"),
        *((f"{one}ь", other) for one, other in zip("сзнц", "śźńć", strict=True)),
    ),
    ("Polish", _UKRAINIAN): (
        (r"ський(?![^\W\d_])", "ski"),
        (r"лю", "lu"),
        (r"ля", "la"),
        (r"л(?=[еіьє])", "l"),
        *((f"{one}ь", other) for one, other in zip("сзнц", "śźńć", strict=True)),
    ),
}
SCHEMES = tuple(dict.fromkeys(scheme for scheme, _ in _TABLES))
_WORD = re.compile(r"[\u0400-\u04ff'’ʼ]+")


def language(name: str, regime: str) -> str:
    """Return the language of a Cyrillic name: by its letters, else by its list.

    >>> language("Сергій Зайцев", "eu"), language("Зайцев", "ua"), language("Зайцев", "eu")
    ('uk', 'uk', 'ru')
    """
    small = name.casefold()
    if re.search("[ыэъё]", small):
        return _RUSSIAN
    return _UKRAINIAN if regime == "ua" or re.search("[іїєґ]", small) else _RUSSIAN


def applies(scheme: str, spoken: str) -> bool:
    """Return True if a scheme has a table for a language."""
    return (scheme, spoken) in _TABLES


def romanised(name: str, scheme: str, spoken: str) -> str:
    """Return a Cyrillic name in Latin letters, its capitals kept.

    >>> [romanised("Владимир Зайцев", scheme, "ru") for scheme in ("German", "ISO 9", "Polish")]
    ['Wladimir Saizew', 'Vladimir Zajcev', 'Władimir Zajcew']
    >>> romanised("Юрій Зозуля", "UA 2010", "uk"), romanised("Шипулин", "French", "ru")
    ('Yurii Zozulia', 'Chipouline')
    """
    name = name.replace("ĸ", "к")
    table = str.maketrans(dict(_TABLES[scheme, spoken]))
    rules = _PLACES.get((scheme, spoken), ())
    return _WORD.sub(_cased(lambda word: _applied(word, rules).translate(table)), name)


def _applied(word: str, rules: Rules) -> str:
    for pattern, to in rules:
        word = re.sub(pattern, to, word)
    return word


def _cased(change: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    def changed(found: re.Match[str]) -> str:
        word = found[0]
        told = change(re.sub("['’ʼ]", "", word.lower()))
        if word.isupper() and len(word) > 1:
            return told.upper()
        return told[:1].upper() + told[1:] if word[0].isupper() else told

    return changed
