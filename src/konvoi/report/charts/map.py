"""Corridors on a map: width for the load, fill for the share of the limit, the fullest ones named."""

import math
from dataclasses import dataclass
from decimal import Decimal

from konvoi.report.chart import Drawing, Pen
from konvoi.report.page import Corridor, Map, Share, Spot
from konvoi.report.planning.frontiers import Ring, borders, inside
from konvoi.report.svg import element, link, text

WIDE = 960.0
FLATTEST = 0.45
TALLEST = 0.7
# How wide a bold letter is, in its size, in the widest of the fonts that a system may have.
LETTER = 0.62
# Lambert conformal conic with these standard parallels: the ones of ETRS89-LCC (EPSG:3034).
_LOW = math.radians(35)
_HIGH = math.radians(65)
_MIDDLE = math.radians(20)
_CONE = math.log(math.cos(_LOW) / math.cos(_HIGH)) / math.log(
    math.tan(math.pi / 4 + _HIGH / 2) / math.tan(math.pi / 4 + _LOW / 2)
)


@dataclass(frozen=True)
class Layer:
    """Names as they are set on one kind of screen: letters of a size, and at most so many names."""

    name: str
    size: float
    most: int


# On a phone the map is drawn at about a third of its width: its names are set apart, larger and fewer.
LAYERS = (Layer("at-desk", 14, 14), Layer("at-hand", 32, 6))


@dataclass(frozen=True)
class Frame:
    """The part of the projected plane that is drawn, and its size on the page."""

    left: float
    top: float
    scale: float
    height: float

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """A point on the page."""
        x, y = _projected(lat, lon)
        return (x - self.left) * self.scale, (self.top - y) * self.scale


def draw(chart: Map, pen: Pen) -> str:
    """Land, lanes from the lightest load to the heaviest, sites, names."""
    frame = _frame([end for corridor in chart.corridors for end in corridor.ends])
    heaviest = max((corridor.load.value or Decimal(0) for corridor in chart.corridors), default=Decimal(0))
    lanes = sorted(chart.corridors, key=lambda c: (c.load.value or Decimal(0), pen.language.text(c.label)))
    content = (
        element("g", "".join(_land(rings, frame) for rings in borders().values()), class_="land")
        + "".join(_lane(corridor, frame, pen, heaviest) for corridor in lanes)
        + "".join(_dot(spot, frame) for spot in chart.spots if _within(spot, frame))
        + "".join(_names(chart, frame, pen, layer) for layer in LAYERS)
    )
    title = pen.language.text(chart.title)
    words = "; ".join(_said(corridor, pen) for corridor in reversed(lanes[-5:]))
    head = element("title", _escaped(title), id=f"{chart.id}-t") + element(
        "desc", _escaped(words) or " ", id=f"{chart.id}-d"
    )
    return element(
        "svg",
        head + content,
        viewBox=f"0 0 {WIDE:g} {frame.height:g}",
        class_="chart map",
        role="group",
        aria_labelledby=f"{chart.id}-t",
        aria_describedby=f"{chart.id}-d",
    )


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _projected(lat: float, lon: float) -> tuple[float, float]:
    lat = min(max(lat, -60.0), 85.0)
    radius = (1 / math.tan(math.pi / 4 + math.radians(lat) / 2)) ** _CONE
    angle = _CONE * (math.radians(lon) - _MIDDLE)
    return radius * math.sin(angle), -radius * math.cos(angle)


def _frame(ends: list[tuple[float, float]]) -> Frame:
    """All ends where borders are drawn, with a margin, neither flatter nor taller than a page bears.

    Lanes from farther away leave the frame in their direction; where all are far away, all are in it.
    """
    near = [end for end in ends if inside(*end)] or ends
    places = [_projected(lat, lon) for lat, lon in near]
    left = min(x for x, _ in places)
    right = max(x for x, _ in places)
    low = min(y for _, y in places)
    high = max(y for _, y in places)
    margin = max(0.08 * max(right - left, high - low), 0.01)
    wide = max(right - left + 2 * margin, (high - low + 2 * margin) / TALLEST)
    tall = max(high - low + 2 * margin, wide * FLATTEST)
    scale = WIDE / wide
    return Frame((left + right - wide) / 2, (low + high + tall) / 2, scale, round(tall * scale))


def _land(rings: tuple[Ring, ...], frame: Frame) -> str:
    parts = []
    for ring in rings:
        points = [frame.place(lat, lon) for lon, lat in ring]
        near = any(-60 <= x <= WIDE + 60 and -60 <= y <= frame.height + 60 for x, y in points)
        if near or _around(points, frame):
            parts.append(_outline(points, frame))
    return element("path", d="".join(parts)) if parts else ""


def _around(points: list[tuple[float, float]], frame: Frame) -> bool:
    """Return True if a ring without a point in the frame has the frame within its box."""
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return min(xs) < WIDE and max(xs) > 0 and min(ys) < frame.height and max(ys) > 0


def _outline(points: list[tuple[float, float]], frame: Frame) -> str:
    """A ring as a path; points that fall on the same pixel are drawn once, far ones are pulled near."""
    kept: list[str] = []
    for x, y in points:
        here = f"{min(max(x, -200), WIDE + 200):.0f},{min(max(y, -200), frame.height + 200):.0f}"
        if not kept or kept[-1] != here:
            kept.append(here)
    return f"M{'L'.join(kept)}Z" if len(kept) > 2 else ""


def _lane(corridor: Corridor, frame: Frame, pen: Pen, heaviest: Decimal) -> str:
    (x1, y1), (x2, y2) = (frame.place(*end) for end in corridor.ends)
    load = corridor.load.value or Decimal(0)
    width = 2 + 10 * math.sqrt(float(load / heaviest)) if heaviest else 2.0
    line = {"x1": f"{x1:.0f}", "y1": f"{y1:.0f}", "x2": f"{x2:.0f}", "y2": f"{y2:.0f}"}
    # A casing as wide as the load, its inside in the shade of the share: both are read without colour.
    drawn = element("line", **line, class_="casing", stroke_width=f"{width + 2:.1f}") + element(
        "line", **line, class_=f"lane {_share_class(corridor.share)}", stroke_width=f"{width:.1f}"
    )
    return link(drawn, pen.link(corridor.load), _said(corridor, pen))


def _share_class(share: Decimal | None) -> str:
    if share is None:
        return "free"
    return next(name for most, name in _SHARES if share < most)


_SHARES = (
    (Decimal("0.5"), "half"),
    (Decimal("0.9"), "most"),
    (Decimal("Infinity"), "full"),
)


def _said(corridor: Corridor, pen: Pen) -> str:
    language = pen.language
    share = language.text(Share(corridor.share)) if corridor.share is not None else language.say("unlimited")
    return f"{language.text(corridor.label)}: {language.text(corridor.load)}, {share}"


def _dot(spot: Spot, frame: Frame) -> str:
    x, y = frame.place(spot.lat, spot.lon)
    if spot.kind == "destination":
        return element("circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=4, class_="dot end")
    return element("rect", x=f"{x - 3:.0f}", y=f"{y - 3:.0f}", width=6, height=6, class_="dot")


def _names(chart: Map, frame: Frame, pen: Pen, layer: Layer) -> str:
    """The names of the sites with the heaviest lanes, where they do not cover one another."""
    weight: dict[tuple[float, float], Decimal] = {}
    fullest = {(spot.lat, spot.lon): spot.share or Decimal(0) for spot in chart.spots}
    for corridor in chart.corridors:
        for end in corridor.ends:
            weight[end] = weight.get(end, Decimal(0)) + (corridor.load.value or Decimal(0))
            fullest[end] = max(fullest.get(end, Decimal(0)), corridor.share or Decimal(0))
    order = sorted(chart.spots, key=lambda s: (-weight.get((s.lat, s.lon), Decimal(0)), s.lat, s.lon))
    taken: list[tuple[float, float, float, float]] = []
    parts: list[str] = []
    for spot in (spot for spot in order if _within(spot, frame)):
        x, y = frame.place(spot.lat, spot.lon)
        words = pen.language.text(spot.label).partition(" (")[0]
        if fullest.get((spot.lat, spot.lon), Decimal(0)) >= Decimal("0.9"):
            words += " ■"
        wide = layer.size * LETTER * len(words)
        left = x - wide - 8 if x + wide + 8 > WIDE else x + 7
        box = (left, y - layer.size * 0.7, left + wide, y + layer.size * 0.6)
        fits = left >= 0 and box[1] >= 0 and box[3] <= frame.height
        if fits and len(parts) < layer.most and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            parts.append(text(words, f"{left:.0f}", round(y + layer.size * 0.3), class_="site"))
    return element("g", "".join(parts), class_=layer.name) if parts else ""


def _within(spot: Spot, frame: Frame) -> bool:
    x, y = frame.place(spot.lat, spot.lon)
    return 0 <= x <= WIDE and 0 <= y <= frame.height


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


MAP = Drawing("map", Map, draw)
