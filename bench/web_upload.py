"""A workbook of 50,000 rows goes through the web: from the upload to the marked workbook, with progress.

The server and its worker run on this machine, on a small exercise in a folder of their own. Errors in the
workbook are part of it.
"""

import http.cookiejar
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.daily_marked import ROWS, workbook
from bench.record import Benchmark, arguments

from konvoi.flow.move_workspace import new_workspace
from konvoi.web.instance import Instance
from konvoi.web.start import free_port

SECONDS = 90
PATIENCE = 1200
SETTINGS = '[coalition]\nname = "Exercise"\nrecipient = "XV"\nexercise = true\nday = 2031-04-03\n'
AT = "2031-04-02T08:00:00+00:00"


@dataclass
class Browser:
    """A browser without scripts: it keeps cookies and sends forms."""

    address: str
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def open(self, path: str, body: bytes | None = None, kind: str = "") -> tuple[str, bytes]:
        """Open a page or send a form; return the address at the end and what it answered."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        headers = {"Content-Type": kind, "Referer": self.address} if kind else {}
        asked = urllib.request.Request(urllib.parse.urljoin(self.address, path), body, headers)
        with opener.open(asked, timeout=PATIENCE) as answer:
            return answer.url, answer.read()

    def token(self, path: str) -> str:
        """Return the token of the forms of a page."""
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.open(path)[1])
        if found is None:
            raise SystemExit(f"{path}: no form")
        return found[1].decode()

    def post(self, path: str, page: str) -> str:
        """Send a form without fields; return the address at the end."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token(page)}).encode()
        return self.open(path, body, "application/x-www-form-urlencoded")[0]

    def upload(self, content: bytes) -> str:
        """Hand a workbook in; return the address of its upload."""
        edge = uuid.uuid4().hex
        fields = {"csrfmiddlewaretoken": self.token("/submissions/hand-in"), "key": str(uuid.uuid4())}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        parts.append(
            f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="list.xlsx"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = "".join(parts).encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.open("/submissions/hand-in", body, f"multipart/form-data; boundary={edge}")[0]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a small exercise until the block ends; yield its address."""
    new_workspace(folder, SETTINGS, dsn="", at=AT)
    Instance(folder).mark_demo()
    port = free_port("127.0.0.1", 0)
    command = [sys.executable, "-P", "-m", "konvoi.web.start", str(folder), "--demo", "--port", str(port)]
    known = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    environment = {**known, "PYTHONPATH": str(Path("src").resolve())}
    with (folder.parent / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://localhost:{port}"
            _wait(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(60)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(PATIENCE):
        if process.poll() is not None:
            break
        try:
            Browser(address).open("/healthz")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server did not start")


def checked(browser: Browser, at: str) -> tuple[bytes, set[str]]:
    """Wait until an upload is checked; return its page and the steps that were shown meanwhile."""
    seen: set[str] = set()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page = browser.open(at)[1]
        if b'id="progress"' not in page:
            return page, seen
        seen |= {one.decode() for one in re.findall(rb'<span class="note">([^<]+)</span>', page)}
        time.sleep(0.5)
    raise SystemExit("the upload was not checked in time")


def main() -> None:
    """Measure once: what is read is kept for the next time."""
    parser = arguments()
    parser.add_argument("--rows", type=int, default=ROWS)
    asked = parser.parse_args()
    bench = Benchmark("web_upload", {"rows": asked.rows})
    content = workbook(asked.rows, party="XA")
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "exercise") as address:
        browser = Browser(address)
        browser.post("/demo/desk-xa", "/demo/")

        def sent() -> tuple[bytes, set[str]]:
            page, seen = checked(browser, browser.upload(content))
            found = re.search(rb'href="(/submissions/uploads/[^"]+/marked/0)"', page)
            if found is None:
                told = re.findall(rb'<p class="message[^"]*"[^>]*>(.*?)</p>', page, re.DOTALL)
                raise SystemExit(f"the workbook did not come back marked: {b' '.join(told).decode()}")
            return browser.open(found[1].decode())[1], seen

        marked, seen = bench.once("upload to marked workbook", sent)
    seconds = bench.runs["upload to marked workbook"].median
    bench.at_most(f"a workbook of {asked.rows:,} rows, uploaded and marked", seconds, SECONDS, unit="s")
    bench.at_least("steps shown meanwhile", len(seen), 2, unit="steps")
    bench.at_least(
        "size of the marked workbook beside the sent one", len(marked) / len(content), 0.5, unit="×"
    )
    bench.finish(asked)


if __name__ == "__main__":
    main()
