"""Horizontal bars from zero; what is missing is an outline without fill, what is unknown a hatched bar of
its own."""

from decimal import Decimal

from konvoi.report.chart import Drawing, Pen
from konvoi.report.page import Bar, Bars, Message, Number
from konvoi.report.svg import axis, element, link, percent, picture, text, ticks

ROW = 38
THICK = 14
LINE = 16
NARROW = 330
"""How wide a chart is on the narrowest screen, in px."""


def draw(chart: Bars, pen: Pen) -> str:
    """One row for each bar: the bar below its words; these in two lines where both have no room in one."""
    language = pen.language
    values = [number.value or Decimal(0) for bar in chart.bars for number in _numbers(bar)]
    steps = ticks(max(values, default=Decimal(0)))
    if all(value == value.to_integral_value() for value in values):
        # Of what is counted whole there is no quarter.
        steps = [step for step in steps if step == step.to_integral_value()]
    parts = []
    y = 0.0
    for bar in chart.bars:
        parts.append(_label(bar, pen, y))
        y += LINE if _long(bar, pen) else 0
        parts.append(_bar(bar, pen, steps[-1], y))
        y += ROW
        if bar.unknown is not None and bar.unknown.value:
            parts.append(_unknown(bar.unknown, pen, y))
            y += ROW - 14
    places = [(percent(at, steps[-1]), _tick(at, chart.unit, pen)) for at in steps]
    words = "; ".join(_words(bar, pen) for bar in chart.bars)
    return picture(
        axis(places, 0, y) + "".join(parts),
        id=chart.id,
        title=language.text(chart.title),
        words=words,
        height=y + 20,
        class_="bars",
    )


def _numbers(bar: Bar) -> list[Number]:
    beside = [number for number in (bar.outline, bar.hatch) if number]
    return [*(number for number, _ in bar.levels), *beside]


def _tick(at: Decimal, unit: str, pen: Pen) -> str:
    return pen.language.figure(Number(at, unit)) if at else "0"


def _words(bar: Bar, pen: Pen) -> str:
    return f"{pen.language.text(bar.label)}: {_figure(bar, pen)}"


def _figure(bar: Bar, pen: Pen) -> str:
    """The bar's figure in words: what came, of what was given."""
    number = bar.told or bar.levels[-1][0]
    if bar.outline is not None and (isinstance(number, Message) or number.value is None):
        return pen.language.text(Message("{whole}, {told}", {"whole": bar.outline, "told": number}))
    if bar.outline is None or (isinstance(number, Number) and bar.outline.value == number.value):
        return pen.language.text(number)
    return pen.language.text(Message("{part} of {whole}", {"part": number, "whole": bar.outline}))


def _label(bar: Bar, pen: Pen, y: float) -> str:
    return text(pen.language.text(bar.label), "0", y + 13, class_="name")


def _long(bar: Bar, pen: Pen) -> bool:
    """Return True if label and figure do not stand side by side on a narrow screen; letters as wide as
    usual.
    """
    return 8.6 * len(pen.language.text(bar.label)) + 7.4 * len(_figure(bar, pen)) > NARROW


def _bar(bar: Bar, pen: Pen, most: Decimal, y: float) -> str:
    top = y + 18
    parts = [text(_figure(bar, pen), "100%", y + 13, anchor="end", class_="figure")]
    if bar.outline is not None and bar.outline.value is not None:
        frame = element(
            "rect", x=0, y=f"{top:g}", width=percent(bar.outline.value, most), height=THICK, class_="gap"
        )
        parts.append(_mark(frame, bar.outline, bar, pen))
    shaded = [(number, f"s{shade}") for number, shade in bar.levels]
    for number, class_ in (*([(bar.hatch, "unknown")] if bar.hatch else []), *shaded):
        if number.value is not None and number.value > 0:
            width = percent(number.value, most)
            filled = element("rect", x=0, y=f"{top:g}", width=width, height=THICK, class_=class_)
            parts.append(_mark(filled, number, bar, pen))
    return "".join(parts)


def _mark(drawn: str, number: Number, bar: Bar, pen: Pen) -> str:
    stage = pen.language.say(number.stage)
    label = f"{pen.language.text(bar.label)}, {stage}: {pen.language.text(number)}"
    return link(drawn, pen.link(number), label)


def _unknown(number: Number, pen: Pen, y: float) -> str:
    words = pen.language.text(
        Message(
            "no value stated: {count} entry",
            {"count": number},
            "no value stated: {count} entries",
            number.value,
        )
    )
    box = element("rect", x=0, y=f"{y + 2:g}", width="6%", height=THICK, class_="unknown")
    return link(box, pen.link(number), words) + text(words, "7%", y + 13, class_="tick")


BARS = Drawing("bars", Bars, draw)
