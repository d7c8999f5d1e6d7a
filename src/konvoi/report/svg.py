"""Small pieces of SVG: elements, links, text, and scales with round steps."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from html import escape

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def element(name: str, content: str = "", **attributes: object) -> str:
    """An element; `class_` is class, other underscores are dashes, None leaves an attribute out.

    >>> element("rect", width=3, class_="s0")
    '<rect width="3" class="s0"/>'
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def text(words: str, x: str, y: float, *, anchor: str = "", class_: str = "") -> str:
    """Words at a place."""
    return element("text", escape(words), x=x, y=f"{y:g}", text_anchor=anchor or None, class_=class_ or None)


def link(content: str, href: str, label: str) -> str:
    """A mark that opens what is behind it; without an address it is only labelled."""
    if not href:
        return element("g", f"<title>{escape(label)}</title>{content}")
    return element("a", f"<title>{escape(label)}</title>{content}", href=href, aria_label=label)


def picture(content: str, *, id: str, title: str, words: str, height: float, class_: str) -> str:
    """The whole drawing with its title and its description for those who do not see it."""
    head = f'<title id="{id}-t">{escape(title)}</title><desc id="{id}-d">{escape(words)}</desc>'
    return element(
        "svg",
        head + content,
        width="100%",
        height=f"{height:g}",
        class_=f"chart {class_}",
        role="group",
        aria_labelledby=f"{id}-t",
        aria_describedby=f"{id}-d",
    )


def percent(value: Decimal, of: Decimal) -> str:
    """A place on a scale from zero, in per cent of the width; never outside it.

    >>> percent(Decimal(1), Decimal(4)), percent(Decimal(-1), Decimal(4))
    ('25%', '0%')
    """
    share = min(max(value / of, Decimal(0)), Decimal(1)) if of else Decimal(0)
    return f"{float(round(share * 100, 3)):g}%"


def ticks(most: Decimal) -> list[Decimal]:
    """Round values from zero to the first one at or above `most`, four or five of them.

    >>> [int(tick) for tick in ticks(Decimal(93))]
    [0, 25, 50, 75, 100]
    >>> [int(tick) for tick in ticks(Decimal(287))]
    [0, 100, 200, 300]
    """
    if most <= 0:
        return [Decimal(0), Decimal(1)]
    size = Decimal(10) ** ((most / 4).adjusted())
    step = next(size * s for s in STEPS if size * s * 4 >= most)
    count = (most / step).to_integral_value(ROUND_CEILING)
    return [step * at for at in range(int(count) + 1)]


def axis(places: Iterable[tuple[str, str]], top: float, bottom: float) -> str:
    """Fine lines down the drawing with their words below: (place, words)."""
    parts = []
    for place, words in places:
        parts.append(element("line", x1=place, x2=place, y1=f"{top:g}", y2=f"{bottom:g}", class_="grid"))
        anchor = {"0%": "start", "100%": "end"}.get(place, "middle")
        # On a narrow screen the words beside the last ones would cover them.
        near = 60 < float(place.rstrip("%")) < 100
        parts.append(text(words, place, bottom + 13, anchor=anchor, class_="tick tight" if near else "tick"))
    return "".join(parts)
