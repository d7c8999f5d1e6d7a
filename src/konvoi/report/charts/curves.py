"""Steps down from all to none over days: what share is still open, one row for each passage, on one axis."""

from decimal import Decimal

from konvoi.report.chart import Drawing, Pen
from konvoi.report.page import Curve, Curves, Number
from konvoi.report.svg import axis, element, percent, picture, text, ticks

HIGH = 40
HEAD = 34
GAP = 12


def draw(chart: Curves, pen: Pen) -> str:
    """The curves below one another; each in two lines of words above its steps."""
    longest = max((curve.until for curve in chart.curves), default=0)
    scale = ticks(Decimal(longest))
    parts = []
    y = 0.0
    for curve in chart.curves:
        parts.append(_curve(curve, pen, y, scale[-1]))
        y += HEAD + HIGH + GAP
    places = [(percent(at, scale[-1]), pen.language.figure(Number(at, "d")) if at else "0") for at in scale]
    words = "; ".join(
        f"{pen.language.text(one.label)}: {pen.language.text(one.figure)}" for one in chart.curves
    )
    return picture(
        axis(places, 0, y) + "".join(parts),
        id=chart.id,
        title=pen.language.text(chart.title),
        words=words,
        height=y + 20,
        class_="curves",
    )


def _curve(curve: Curve, pen: Pen, y: float, most: Decimal) -> str:
    label = pen.language.text(curve.label)
    figure = pen.language.text(curve.figure)
    top = y + HEAD
    parts = [text(label, "0", y + 13, class_="name"), text(figure, "0", y + 28, class_="tick")]
    begins = [(0, Decimal(1)), *curve.steps]
    ends = [*(days for days, _ in curve.steps), curve.until]
    for (start, share), end in zip(begins, ends, strict=True):
        if end > start and share > 0:
            high = float(share) * HIGH
            box = {"x": percent(Decimal(start), most), "width": percent(Decimal(end - start), most)}
            parts.append(
                element("rect", **box, y=f"{top + HIGH - high:.1f}", height=f"{high:.1f}", class_="s2")
            )
    parts.append(element("line", x1=0, x2="100%", y1=f"{top + HIGH:g}", y2=f"{top + HIGH:g}", class_="base"))
    return element("g", f"<title>{pen.language.say('still open')}</title>" + "".join(parts))


CURVES = Drawing("curves", Curves, draw)
