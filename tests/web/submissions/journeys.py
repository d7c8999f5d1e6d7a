"""Journeys in a browser: a server of its own on a small exercise, and a person who presses what is named."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError

from tests.web.packages import AT, submit
from tests.web.world import TOML

from konvoi.flow.move_workspace import new_workspace
from konvoi.report.language import Language
from konvoi.web.instance import Instance

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 240
"""Seconds for which a journey waits for a job."""


def exercise(folder: Path) -> None:
    """Make a small exercise with personas: two parties, each with a package."""
    new_workspace(folder, TOML.replace('["en"]', '["en", "de", "uk"]'), dsn="", at=AT)
    for party in ("XA", "XB"):
        submit(folder, folder.parent / "files", party)
    Instance(folder).mark_demo()


@contextmanager
def served(folder: Path, log: Path) -> Iterator[str]:
    """Serve an exercise on a free port until the block ends; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("KONVOI_", "DJANGO_"))},
        "PYTHONPATH": str(ROOT / "src"),
    }
    command = [sys.executable, "-P", "-m", "konvoi.web.start", str(folder), "--demo", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=folder.parent)
        try:
            address = f"http://localhost:{port}"
            _wait(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(60)


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(PATIENCE):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz"):
                return
        except (URLError, ConnectionError):
            time.sleep(1)
    raise AssertionError(log.read_text("utf-8"))


@dataclass
class Person:
    """A person at a browser, who presses what is named in a language, by mouse or by keyboard alone."""

    page: "Page"
    address: str
    language: str = "en"
    keyboard: bool = False

    def said(self, text: str, **values: str) -> str:
        """Return a text in the person's language."""
        return Language(self.language).say(text).format(**values)

    def become(self, persona: str) -> None:
        """Go on as a persona, in the person's language."""
        self.page.set_default_timeout(PATIENCE * 1000)
        self.page.goto(f"{self.address}/demo/")
        names = {"en": "English", "de": "Deutsch", "uk": "Українська"}
        self.press(names[self.language])
        self.page.wait_for_selector(f'html[lang="{self.language}"]')
        self.press_at(f'form[action="/demo/{persona}"] button')
        self.page.wait_for_selector(".who")

    def press(self, text: str) -> None:
        """Press the link or button of a name, in the person's language."""
        name = self.said(text)
        found = self.page.locator("a, button, summary").filter(has_text=re.compile(f"^{re.escape(name)}$"))
        self._press(found.first)

    def press_at(self, selector: str) -> None:
        """Press what a selector finds."""
        self._press(self.page.locator(selector).first)

    def _press(self, found: object) -> None:
        if self.keyboard:
            self._tab_to(found)
            self.page.keyboard.press("Enter")
        else:
            found.click()  # type: ignore[attr-defined]

    def _tab_to(self, found: object) -> None:
        """Move the focus by the tabulator until it is where it is wanted; a person would give up, too."""
        found.wait_for()  # type: ignore[attr-defined]
        wanted = found.element_handle()  # type: ignore[attr-defined]
        self.page.evaluate("document.activeElement.blur()")
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("one => document.activeElement === one", wanted):
                return
        raise AssertionError(f"not reached by keyboard: {wanted}")

    def pick(self, selector: str, value: str) -> None:
        """Choose a value of a list; by keyboard with the arrow keys."""
        field = self.page.locator(selector)
        if not self.keyboard:
            field.select_option(value)
            return
        self._tab_to(field)
        self.page.keyboard.press("Home")
        for _ in range(field.locator("option").count()):
            if field.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        assert field.input_value() == value

    def write(self, selector: str, text: str, *typed: str) -> None:
        """Write into a field. typed: keys for it, the first that fit; none: those of the text."""
        field = self.page.locator(selector)
        if not self.keyboard:
            field.fill(text)
        for keys in (typed or (text,)) if self.keyboard else ():
            self._tab_to(field)
            self.page.keyboard.type(keys)
            if field.input_value() == text:
                break
        assert field.input_value() == text

    def choose(self, *files: Path) -> None:
        """Choose files in the field of the form; what its dialog does is the system's."""
        field = self.page.locator("#files")
        if self.keyboard:
            self._tab_to(field)
        field.set_input_files([str(one) for one in files])

    def hand_in(self, *files: Path) -> None:
        """Hand files in, and wait until they are checked."""
        self.page.goto(f"{self.address}/submissions/")
        self.press("Hand in files")
        self.choose(*files)
        self.press("Check the files")
        self.sees("What the files change")

    def sees(self, text: str, **values: str) -> None:
        """Wait until the page shows a text in the person's language."""
        self.page.get_by_text(self.said(text, **values)).first.wait_for()

    def sees_on_overview(self, text: str) -> None:
        """Wait until the overview shows a text; it is computed anew in the meantime."""
        for _ in range(PATIENCE // 3):
            self.page.goto(f"{self.address}/")
            if text in (self.page.text_content("main") or ""):
                return
            self.page.wait_for_timeout(3000)
        raise AssertionError(self.page.text_content("main"))
