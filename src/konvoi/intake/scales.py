"""Words of scale beside a number, such as million, Mio. or тис.: how many times the number they mean."""

import re
from decimal import Decimal

from konvoi.kit.text import fold

_K = 10**3
_M = 10**6
_BN = 10**9
_TN = 10**12
_WORDS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys("k tsd tds thsd thousand thousands tausend teur тис тисяч тисяча тисячі".split(), (_K,)),
    **dict.fromkeys("tys tysiac tysiace tysiecy tisic tisice milliers duizend tusen tusind".split(), (_K,)),
    **dict.fromkeys("tukst tuhat tuhatta migliaia teuro тыс тисячах".split(), (_K,)),
    **dict.fromkeys("mn mio mill million millions millionen mln meur млн".split(), (_M,)),
    **dict.fromkeys("miljon miljoner millioner milion miliony milionow".split(), (_M,)),
    **dict.fromkeys("mld miljard miljarder milliarder milliards miliard miliardy miliardow".split(), (_BN,)),
    **dict.fromkeys("мільйон мільйона мільйони мільйонів мільйонах".split(), (_M,)),
    **dict.fromkeys("bn bln billions mrd milliarde milliarden milliard млрд".split(), (_BN,)),
    **dict.fromkeys("мільярд мільярда мільярди мільярдів".split(), (_BN,)),
    **dict.fromkeys("tn trn trillion trillions трлн трильйон трильйони трильйонів".split(), (_TN,)),
    "billionen": (_TN,),
    # A thousand millions in English, a million millions in German and in older Ukrainian.
    **dict.fromkeys("billion більйон більйони більйонів".split(), (_BN, _TN)),
    # Metres, tonnes and pieces are written with these letters too.
    **dict.fromkeys("m м".split(), (1, _M)),
    **dict.fromkeys("t т".split(), (1, _K)),
    "b": (_BN,),
}
# In the head of a column only: elsewhere they mean something else more often.
_IN_HEAD: dict[str, tuple[int, ...]] = {
    **dict.fromkeys("miles mila mii".split(), (_K,)),
    "milj": (_M,),
    "mm": (_M,),
    "mme": (_M,),
}
# A million in Czech, a thousand in Spanish.
_IN_HEAD["mil"] = (_K, _M)
_OF_MONEY = {"m": (_M,), "м": (_M,), "t": (_K,), "т": (_K,)}
_SCALES = {fold(word): times for word, times in _WORDS.items()}
_NUMBER = re.compile(r"[+-]?\d[\d.,'’]*(?: \d{3}(?!\d)[\d.,]*)*")
_WORD = re.compile(r"[^\W\d_]+")
# The short ones mean a scale only right behind the number.
_SHORT = 2


def scaled(text: str, *, money: bool) -> tuple[str, str, tuple[int, ...]] | None:
    """The one number of a text, its word of scale, and how many times it may mean; None without a word.

    >>> scaled("ca. 1,5 Mio. EUR", money=True)
    ('1,5', 'Mio', (1000000,))
    >>> scaled("500m", money=False), scaled("5 tents", money=False)
    (('500', 'm', (1, 1000000)), None)
    """
    found = list(_NUMBER.finditer(text))
    if len(found) != 1:
        return None
    number = found[0]
    behind = True
    for word in _WORD.findall(text[found[0].end() :]):
        times = (_OF_MONEY if money else {}).get(word.casefold()) or _SCALES.get(fold(word))
        if times and (behind or len(word) > _SHORT):
            return number[0].rstrip(".,"), word, times
        behind = False
    return None


def times_of(word: str) -> tuple[int, ...]:
    """Return the factors that a word behind a number of money may stand for; once if it is no word of scale.

    >>> times_of("Mio"), times_of("bn"), times_of("tanks")
    ((1000000,), (1000000000,), (1,))
    """
    return _OF_MONEY.get(word.casefold()) or _SCALES.get(fold(word), (1,))


def times_in_head(word: str, *, money: bool) -> tuple[int, ...]:
    """Return the factors that a word in the head of a column may stand for; empty if it is no word of scale.

    >>> times_in_head("k", money=True), times_in_head("t", money=False), times_in_head("tanks", money=True)
    ((1000,), (), ())
    """
    if not money and len(word) <= _SHORT:
        return ()
    of_money = _OF_MONEY.get(word.casefold()) if money else None
    return of_money or _IN_HEAD.get(fold(word)) or _SCALES.get(fold(word), ())


def times_over(number: Decimal, times: int) -> str:
    """A number that many times over, in digits.

    >>> times_over(Decimal("1.5"), 1_000_000)
    '1500000'
    """
    text = f"{number * times:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
