"""Columns over months: one row for each stage, on one axis of time, each with its own scale from zero."""

from datetime import date
from decimal import Decimal

from konvoi.report.chart import Drawing, Pen
from konvoi.report.page import Number, Strip, Strips
from konvoi.report.svg import axis, element, link, picture, text

HIGH = 56
GAP = 26


def draw(chart: Strips, pen: Pen) -> str:
    """The strips below one another."""
    months = _index(chart.last) - _index(chart.first) + 1
    parts = []
    y = 0.0
    for strip in chart.strips:
        parts.append(_strip(strip, chart, pen, y, months))
        y += HIGH + GAP
    words = "; ".join(_words(strip, pen) for strip in chart.strips)
    return picture(
        axis(_years(chart, months, pen), 0, y) + "".join(parts),
        id=chart.id,
        title=pen.language.text(chart.title),
        words=words,
        height=y + 20,
        class_="strips",
    )


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _place(chart: Strips, day: date, months: int) -> float:
    return (_index(day) - _index(chart.first)) / months * 100


def _years(chart: Strips, months: int, pen: Pen) -> list[tuple[str, str]]:
    """The first month, each January that is far enough from it, and the end."""
    places = [("0%", pen.language.month(chart.first))]
    for year in range(chart.first.year + 1, chart.last.year + 1):
        at = _place(chart, date(year, 1, 1), months)
        if 18 <= at <= 88:
            places.append((f"{at:.3f}".rstrip("0").rstrip(".") + "%", str(year)))
    return [*places, ("100%", pen.language.month(chart.last))] if months > 1 else places


def _words(strip: Strip, pen: Pen) -> str:
    most = _most(strip)
    if most is None:
        return pen.language.text(strip.label)
    month, number = most
    return f"{pen.language.text(strip.label)}: {pen.language.month(month)}: {pen.language.text(number)}"


def _most(strip: Strip) -> tuple[date, Number] | None:
    known = [mark for mark in strip.marks if mark[1].value]
    return max(known, key=lambda mark: (mark[1].value or Decimal(0), mark[0]), default=None)


def _strip(strip: Strip, chart: Strips, pen: Pen, y: float, months: int) -> str:
    most = _most(strip)
    top = most[1].value if most and most[1].value else Decimal(1)
    base = y + GAP + HIGH - 4
    parts = [text(pen.language.text(strip.label), "0", y + 14, class_="name")]
    if most:
        parts.append(
            text(_words(strip, pen).partition(": ")[2], "100%", y + 14, anchor="end", class_="figure")
        )
    parts.append(element("line", x1=0, x2="100%", y1=f"{base:g}", y2=f"{base:g}", class_="base"))
    for month, number in strip.marks:
        if number.value is None or not number.value:
            continue
        height = max(1.0, float(abs(number.value) / top) * (HIGH - 8))
        column = element(
            "rect",
            x=f"{_place(chart, month, months) + 8 / months:.3f}%",
            y=f"{base - height:.1f}",
            width=f"{84 / months:.3f}%",
            height=f"{height:.1f}",
            class_=f"s{max(strip.shade, 1)}" if number.value > 0 else "gap",
        )
        label = f"{pen.language.text(strip.label)}, {pen.language.month(month)}: {pen.language.text(number)}"
        parts.append(link(column, pen.link(number), label))
    return "".join(parts)


STRIPS = Drawing("strips", Strips, draw)
