"""Measures of lists in one vocabulary; the list's own words are kept beside it."""

import re
from functools import lru_cache

from konvoi.align.listing import Order

Words = tuple[tuple[str, Order], ...]
"""Patterns in order, each with what it means: the first that is found decides."""

ENGLISH: Words = (
    (r"asset.?freeze|block|freez|dealings? prohibit", Order.ASSET_FREEZE),
    (r"travel ban|entry ban|admission", Order.ENTRY_BAN),
    (r"financial restriction|sectoral|debt|equity|capital market|transaction", Order.DEALING_BAN),
    (r"export|arms embargo|technolog", Order.EXPORT_CONTROL),
    (r"transport|port ban|vessel|flight", Order.TRANSPORT_BAN),
    (r"service", Order.SERVICES_BAN),
    (r"invest", Order.INVESTMENT_BAN),
    (r"procurement", Order.PROCUREMENT_BAN),
)

# Article 4 of the Law of Ukraine "On Sanctions" (1644-VII) names the measures; decrees vary the words.
UKRAINIAN: Words = (
    (r"блокування активів|користуватися та розпоряджатися", Order.ASSET_FREEZE),
    (r"\bвіз\b|в['’]їзд", Order.ENTRY_BAN),
    (r"закупів", Order.PROCUREMENT_BAN),
    (r"транзит|польот|перевезень|суден|судн", Order.TRANSPORT_BAN),
    (r"інвестиц|приватизац|статутного капіталу", Order.INVESTMENT_BAN),
    (r"торговельних операцій|передання технологій|ембарго|експорт", Order.EXPORT_CONTROL),
    (r"телекомунікац|інтернет|радіочастот|послуг", Order.SERVICES_BAN),
    (
        r"капітал|фінансов|цінних паперів|валютн|кредит|платіжн",
        Order.DEALING_BAN,
    ),
)


@lru_cache(maxsize=1 << 12)
def order(text: str, words: Words = ENGLISH) -> Order:
    """Return the order of a measure by the list's own words; OTHER if they contain no known one.

    >>> order("Transportation restrictions"), order("Something new")
    (<Order.TRANSPORT_BAN: 'transport ban'>, <Order.OTHER: 'other'>)
    """
    return next((found for pattern, found in words if re.search(pattern, text, re.IGNORECASE)), Order.OTHER)
