"""Stream IATI activities of 3.6 MB and of 360 MB, by the parser and by konvoi read: seconds and memory."""

import json
import sys
import tempfile
import time
from pathlib import Path

from bench.record import Benchmark, arguments

ACTIVITIES = 43
TRANSACTIONS = 150
TIMES = 100

_TRANSACTION = """    <transaction ref="T-{number}">
      <transaction-type code="{kind}"/>
      <transaction-date iso-date="2031-{month:02d}-28"/>
      <value currency="EUR" value-date="2031-{month:02d}-28">{amount}.25</value>
      <description><narrative xml:lang="en">Instalment {number} of an invention</narrative></description>
      <provider-org ref="XX-MUS-1" provider-activity-id="{name}">
        <narrative>Musterland</narrative>
      </provider-org>
      <receiver-org ref="XX-AGE-{getter}"><narrative>Agentur {getter}</narrative></receiver-org>
      <recipient-country code="UA"/>
    </transaction>
"""


def write(path: Path, times: int) -> None:
    """Write 43 invented activities of 150 transactions, so many times over, each with its own id."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<iati-activities version="2.03">\n')
        for number in range(ACTIVITIES * times):
            file.write(activity(f"XX-MUS-1-{number}"))
        file.write("</iati-activities>\n")


def activity(name: str) -> str:
    """One invented activity."""
    transactions = "".join(
        _TRANSACTION.format(
            number=number,
            kind=number % 4 + 1,
            month=number % 12 + 1,
            amount=number * 97,
            getter=number % 9,
            name=name,
        )
        for number in range(TRANSACTIONS)
    )
    return (
        f'  <iati-activity default-currency="EUR">\n    <iati-identifier>{name}</iati-identifier>\n'
        '    <reporting-org ref="XX-MUS-1" type="10"><narrative>Musterland</narrative></reporting-org>\n'
        f"    <title><narrative>An invented activity</narrative></title>\n{transactions}  </iati-activity>\n"
    )


def streamed(path: Path) -> None:
    """Stream a file and print how much was read, so that no step can be left out."""
    from konvoi.intake.formats.iati import IATI_ACTIVITIES
    from konvoi.model.document import Document

    entries, minor, start = 0, 0, time.process_time()
    with path.open("rb") as file:
        for part in IATI_ACTIVITIES.parts(file, Document(path.name, b"")):
            entries += part.entries.height
            minor += int(part.entries["amount_minor"].sum())
    print(json.dumps({"entries": entries, "minor": minor, "cpu": time.process_time() - start}))


def main() -> None:
    """Measure both sizes, each in a process of its own, and hold them against the goals.

    With --validate alone the large file is read with all checks of the standard, which takes minutes.
    """
    parser = arguments()
    parser.add_argument("--validate", action="store_true", help="read the large file with all checks, alone")
    parser.add_argument("--times", type=int, default=TIMES, help="3.6 MB so many times over")
    asked = parser.parse_args()
    bench = Benchmark("iati", data={"transactions": ACTIVITIES * TRANSACTIONS, "times": asked.times})
    if asked.validate:
        with tempfile.TemporaryDirectory() as name:
            _validated(bench, Path(name) / "large.xml", asked.times)
        bench.finish(asked)
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name) / "small.xml", Path(name) / "large.xml"
        for path, times in ((small, 1), (large, TIMES)):
            write(path, times)
        script = "import bench.iati, pathlib; bench.iati.streamed(pathlib.Path({!r}))"
        cpu = {}
        for label, path, times, runs in (("3.6 MB", small, 1, 3), ("360 MB", large, TIMES, 1)):
            argv = [sys.executable, "-c", script.format(str(path))]
            told = json.loads(bench.command(label, argv, runs=runs))
            assert told["entries"] == ACTIVITIES * TRANSACTIONS * times
            cpu[label] = round(told["cpu"], 2)
        # The peak of the verb is that of the larger of its two processes: itself, and the child that reads.
        read = [sys.executable, "-m", "konvoi.cli", "read", "--json", str(large)]
        (told,) = json.loads(bench.command("konvoi read, 360 MB", read, runs=1))["documents"]
        assert told["entries"] == ACTIVITIES * TRANSACTIONS * TIMES
    # Seconds of the processor: those on the wall depend on what else the machine does.
    bench.at_most("3.6 MB, processor", cpu["3.6 MB"], 1.2, unit="s")
    bench.at_most("360 MB, processor", cpu["360 MB"], 120, unit="s")
    for label in ("3.6 MB", "360 MB", "konvoi read, 360 MB"):
        bench.at_most(f"memory at {label}", bench.runs[label].peak_mb or 0.0, 300, unit="MB")
    bench.finish()


def _validated(bench: Benchmark, path: Path, times: int) -> None:
    write(path, times)
    label = f"konvoi read --validate, {path.stat().st_size // 10**6} MB"
    argv = [sys.executable, "-m", "konvoi.cli", "read", "--json", "--validate", str(path)]
    # What is invented departs from the standard, which is an error.
    (document,) = json.loads(bench.command(label, argv, runs=1, exits=(0, 1)))["documents"]
    assert document["entries"] == ACTIVITIES * TRANSACTIONS * times
    bench.figures["findings"] = len(document["findings"])
    bench.at_most(f"memory of {label}", bench.runs[label].peak_mb or 0.0, 300, unit="MB")


if __name__ == "__main__":
    main()
