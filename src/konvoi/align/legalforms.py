"""Legal forms of companies over languages, taken out of names, since lists translate or leave them out."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from konvoi.align.phonetic_key import spoken, words
from konvoi.align.translating import romanised

LIMITED = "limited"
SHARES = "shares"
STATE = "state"
OTHER = "other"

# Written as lists write them; the longest is tried first.
_WRITTEN = {
    LIMITED: """
        limited liability company; общество с ограниченной ответственностью; llc; ltd; limited; ooo; ооо; тов;
        товариство з обмеженою відповідальністю; таварыства з абмежаванай адказнасцю; obshchestvo s
        ogranichennoy otvetstvennostyu; общество c ограниченной ответственностью; gmbh; sarl; s a r l; fzc;
        fze; fz llc; dmcc; co ltd; company limited; pte ltd; private limited; pvt ltd; sp z o o; d o o; doo;
        ood; eood; uab; tov; l l c; private limited liability company; limited liability partnership; llp;
        too; тоо; одо; additional liability company; g m b h; societatea cu raspundere limitata; srl; s r l; b
        v; bv; s l
        """,
    SHARES: """
        joint stock company; public joint stock company; open joint stock company; closed joint stock company;
        акционерное общество; публичное акционерное общество; открытое акционерное общество; закрытое
        акционерное общество; акціонерне товариство; публічне акціонерне товариство; приватне акціонерне
        товариство; відкрите акціонерне товариство; закрите акціонерне товариство; адкрытае акцыянернае
        таварыства; аат; таа; зат; ао; пао; оао; зао; ат; пат; прат; ват; нпао; jsc; pjsc; ojsc; cjsc; ao;
        pao; oao; zao; aktsionernoe obshchestvo; publichnoe aktsionernoe obshchestvo; otkrytoe aktsionernoe
        obshchestvo; zakrytoe aktsionernoe obshchestvo; private joint stock company; непубличное акционерное
        общество; plc; aktiengesellschaft; akg; n v; a b; ab; s e; se; asa; s a s; sas; s p a; ag; s a; sa;
        nv; spa; inc; incorporated; corp; non public joint stock company; ad; a s; oyj; pjs
        """,
    STATE: """
        federal state unitary enterprise; федеральное государственное унитарное предприятие; fgup; фгуп; fsue;
        federal state enterprise; federal treasury enterprise; федеральное казенное предприятие; fkp; фкп;
        fse; republican unitary enterprise; республиканское дочернее унитарное предприятие; unitary
        enterprise; republican subsidiary unitary enterprise; рэспубліканскае унітарнае прадпрыемства;
        унитарное предприятие; рэспубліканскае даччынае унітарнае прадпрыемства; унітарнае прадпрыемства;
        рпуп; рвуп; рдуп; государственное унитарное предприятие; державне підприємство; державне унітарне
        підприємство; гуп; state unitary enterprise; фгбу; фгбоу; federal state budgetary institution; дуп;
        федеральное государственное бюджетное учреждение; федеральное государственное бюджетное
        образовательное учреждение высшего образования; федеральне державне бюджетне; федеральне державне
        унітарне підприємство; mup; муп; gup
        """,
    OTHER: """
        individual entrepreneur; индивидуальный предприниматель; ип; autonomous non profit organization; ано;
        автономная некоммерческая организация; автономна некомерційна організація; политическая партия;
        політична партія; political party; общественная организация; громадська організація; public
        organization; приватне підприємство; приватне унітарне підприємство; частное унитарное предприятие;
        co; company; компания; компанія; kg; ооо нпп; pc; lp; l p; частное предприятие; республиканское
        унитарное предприятие; руп; rup
        """,
}


def abbreviated(name: Sequence[str]) -> tuple[str, ...]:
    """The words of a company's name, letters in a row written together as the abbreviation that they are.

    >>> abbreviated(("a", "b", "c", "company")), abbreviated(("j", "p", "morgan", "n", "a"))
    (('abc', 'company'), ('jp', 'morgan', 'na'))
    """
    if min(map(len, name), default=0) > 1:
        return tuple(name)
    found: list[str] = []
    before = False
    for word in name:
        letter = len(word) == 1 and word.isalpha()
        if letter and before:
            found[-1] += word
        else:
            found.append(word)
        before = letter
    return tuple(found)


_SHORT = 3
"""So short a word must stand as it is written: CO and Ko are two, however they sound."""


@lru_cache(maxsize=200_000)
def _heard(word: str) -> str:
    """A word as romanisations of one Cyrillic word have it in common."""
    if len(word) > _SHORT:
        return spoken(word)
    return "s" if word == "z" else word.replace("w", "v")


_FORMS = {
    tuple(map(_heard, abbreviated(words(spelled)))): kind
    for kind, written in _WRITTEN.items()
    for phrase in " ".join(written.split()).split(";")
    for spelled in romanised(phrase)
    if words(spelled)
}
_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _form in sorted(_FORMS, key=lambda one: (-len(one), one)):
    _BY_FIRST.setdefault(_form[0], []).append(_form)

_CUT = frozenset(
    (*form[:place], word[:end])
    for form in _FORMS
    for place, word in enumerate(form)
    for end in range(1, len(word) + 1)
)
"""Beginnings of legal forms."""

_LONG = sorted({word for form in _FORMS for word in form if len(word) > 7})
_SLIP = 85
"""Least likeness, of 100, at which a long word is a word of a legal form with a typing error."""


@lru_cache(maxsize=1 << 16)
def parted(name: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The words of a company's name without legal forms, and the first form's kind; empty without one.

    Long words of legal forms go also where they stand alone or have a slip of the pen. Nothing is left of a
    name that is nothing but a legal form.

    >>> parted(words("Публичное акционерное общество «Сбербанк»"))
    (('sberbank',), 'shares')
    >>> parted(words("общество с ограниченной отвественностью Альфа")), parted(words("Ltd"))
    ((('s', 'alfa'), ''), ((), 'limited'))
    """
    name = abbreviated(name)
    if all(map(_bare, name)):
        return name, ""
    heard = tuple(map(_heard, name))
    rest = []
    kind = ""
    at = 0
    while at < len(name):
        form = _form_at(heard, at)
        if form:
            kind = kind or _FORMS[form]
        elif not _of_form(heard[at]):
            rest.append(name[at])
        at += len(form) or 1
    return tuple(rest), kind


def uncut(name: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a name without a legal form at its end of which the end is cut; empty without one.

    >>> uncut(("rosneft", "joint", "stock", "compan")), uncut(("rosneft", "oil", "company"))
    (('rosneft',), ())
    """
    heard = tuple(map(_heard, name))
    for start in range(1, len(name)):
        tail = heard[start:]
        # A whole form is not cut, though another one goes on from it (company, compania).
        if tail in _FORMS:
            return ()
        if tail in _CUT and len("".join(tail)) > _SHORT:
            return tuple(name[:start])
    return ()


def begins(text: str) -> bool:
    """Return True if a text begins with a legal form and goes on with what bears it, as a company's name
    does.

    A form of one word counts in capitals alone: an AS is a company, as is a word of any sentence.

    >>> begins("АО «НПО «Сплав»"), begins("as of 2014"), begins("Ltd")
    (True, False, False)
    """
    told = abbreviated(words(text))
    form = _form_at(tuple(map(_heard, told)), 0) if told else ()
    capitals = text.split()[:1] == text.upper().split()[:1]
    return (len(form) > 1 or (len(form) == 1 and capitals)) and len(form) < len(told)


def _form_at(name: tuple[str, ...], at: int) -> tuple[str, ...]:
    """The longest legal form that begins here; empty without one."""
    for form in _BY_FIRST.get(name[at], ()):
        if name[at : at + len(form)] == form:
            return form
    return ()


@lru_cache(maxsize=200_000)
def _bare(word: str) -> bool:
    """Return True if no legal form begins with a word, and it is none's."""
    heard = _heard(word)
    return heard not in _BY_FIRST and not _of_form(heard)


@lru_cache(maxsize=200_000)
def _of_form(word: str) -> bool:
    return (
        len(word) > 7 and process.extractOne(word, _LONG, scorer=fuzz.ratio, score_cutoff=_SLIP) is not None
    )
