"""Decide on duplicate candidates on the web: seconds from a decision to the new total on the page.

    PYTHONPATH=src:. .venv/bin/python -m bench.web_review --entries 100000

Forty senders report packages; of every fifth a neighbour reports the same under a reference of its own. One
run computes the results of the coordination cell. A planner then opens the pair with the largest effect and
decides, again and again: measured is the answer to the form together with the page that follows it, which
shows the new total, range and next pair. Every decision is checked against what the page before announced.
With --kept FOLDER the instance is made there once, and later runs measure on a copy of it.
"""

import os
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.pledges.campaigns.draw import Draw
from bench.pledges.vocabulary import half
from bench.record import Benchmark, arguments
from bench.web_instance import made
from django.db import connections
from django.test import Client
from tests.web.packages import AT
from tests.web.world import World, compute, copied

from konvoi.flow.receipts import Action, Kind
from konvoi.flow.store import Edit, store
from konvoi.gateways.files import SUBMISSIONS
from konvoi.web.access.roles import Role
from konvoi.web.access.view import view
from konvoi.web.access.viewer import Membership, Viewer
from konvoi.web.matching.queries import desk_of

SENDERS = 40
AGAIN = 5
GOAL = 1.0
_FIRST, _DAYS = date(2024, 1, 1), 2_400
_HEAD = "package,party,kind,title,day,stage,currency,amount,counterparty\n"


def packages(entries: int, seed: int) -> dict[str, list[str]]:
    """Return rows of packages by sender."""
    names = half("dev")
    found: dict[str, list[str]] = {f"S{number:02d}": [] for number in range(SENDERS)}
    senders = list(found)
    count = entries * AGAIN // (AGAIN + 1)
    for number in range(count):
        draw = Draw(seed, f"package {number}")
        sender = senders[number % SENDERS]
        good = draw.one(names.goods)
        title = f"{draw.one(good.names['en'])} for {draw.one(names.places)['en'][0]}".replace(",", "")
        day = _FIRST + timedelta(days=draw.between(0, _DAYS))
        rest = f"{sender},{good.kind},{title},{day},pledged,EUR,{draw.between(10_000, 99_999_999)},XV"
        found[sender].append(f"{sender}-{number},{rest}")
        if number % AGAIN == 0:
            neighbour = senders[(number + 1) % SENDERS]
            found[neighbour].append(f"{neighbour}-R{number},{rest}")
    return found


def hand_in(folder: Path, entries: int, seed: int) -> None:
    """Store the submissions of all senders, without the preview that compares each with all before it."""
    kept = store(folder)
    with kept.writing():
        for sender, rows in packages(entries, seed).items():
            tables = {
                "konvoi.csv": f"party,{sender}\nday,2031-02-01\nmarking,coalition\n",
                "packages.csv": _HEAD + "\n".join(rows) + "\n",
            }
            edits = [Edit(f"{SUBMISSIONS}/{sender}/{name}", text.encode()) for name, text in tables.items()]
            kept.commit(Action(Kind.ADDED, (), "2031-02-01", AT, sender), edits)


def decisions(world: World, client: Client, count: int) -> Iterator[tuple[float, float, bool]]:
    """Yield what each decision takes until its total is shown, and whether it is the one announced.

    Seconds of the clock, and of the processor, which a busy machine does not lengthen much.
    """
    page = client.get("/matching/next", follow=True)
    for _ in range(count):
        text = page.content.decode()
        pair = page.redirect_chain[-1][0].partition("/pairs/")[2].partition("?")[0]
        shown = re.findall(r'name="shown" value="([^"]+)"', text)[0]
        announced = re.findall(r'value="same".*?<td class="r">([^<]+)</td>', text, re.DOTALL)
        begun, ticks = time.perf_counter(), time.process_time()
        page = client.post(f"/matching/pairs/{pair}/decide", {"verdict": "same", "shown": shown}, follow=True)
        seconds, spent = time.perf_counter() - begun, time.process_time() - ticks
        # A pair drawn by chance announces no total.
        yield seconds, spent, not announced or f"→ {announced[0]}" in page.content.decode()


def instance(folder: Path, kept: Path | None, entries: int, seed: int, bench: Benchmark) -> World:
    """Return an instance with results of the coordination cell, made anew or copied from the one kept."""
    if kept is not None and kept.exists():
        return copied(kept, folder)
    world = made(folder)
    hand_in(world.folder, entries, seed)
    ticks = time.process_time()
    compute(world.folder, ("cell",), "large")
    bench.figures["results of the coordination cell: processor s"] = round(time.process_time() - ticks, 1)
    connections["default"].close()
    if kept is not None:
        shutil.copytree(folder, kept)
    return world


def main() -> None:
    """Measure."""
    parser = arguments()
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--decisions", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=Path)
    asked = parser.parse_args()
    data = {"entries": asked.entries, "decisions": asked.decisions, "seed": asked.seed, "senders": SENDERS}
    bench = Benchmark("web_review", data=data)
    with tempfile.TemporaryDirectory() as base:
        world = instance(Path(base) / "instance", asked.kept, asked.entries, asked.seed, bench)
        planner = Membership(Role.PLANNER)
        viewer = Viewer(world.user("planner").pk, planner, (planner,))
        begun = time.perf_counter()
        desk = desk_of(viewer)
        opened = view(viewer)
        assert desk is not None
        assert opened is not None
        bench.figures["pairs"] = desk.pairs.height
        bench.figures["undecided pairs"] = sum(desk.counts().values())
        bench.figures["first look at the pairs: s"] = round(time.perf_counter() - begun, 2)
        files = [one for one in opened.manifest.files if one.startswith("review/")]
        bench.figures["files of components"] = len(files)
        bench.figures["files of components: MB"] = round(
            sum((opened.folder / one).stat().st_size for one in files) / 1e6, 1
        )
        client = world.client("planner")
        found = list(decisions(world, client, asked.decisions))
        seconds, spent, right = zip(*found, strict=True)
        bench.figures["decision to new total: median s"] = round(statistics.median(seconds), 3)
        bench.figures["decision to new total: processor s, median"] = round(statistics.median(spent), 3)
        bench.figures["decision to new total: processor s, longest"] = round(max(spent), 3)
        bench.at_most("decision to new total on the page: longest", round(max(seconds), 3), GOAL, unit="s")
        bench.at_most("totals other than announced", right.count(False), 0, unit="")
        connections["default"].close()
    bench.figures["load of the machine"] = round(os.getloadavg()[0], 1)
    bench.finish(asked)


if __name__ == "__main__":
    main()
