"""Apache Spark as an engine of matching: a session for as long as one match takes."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import konvoi
from konvoi.gateways.refusal import Refused
from konvoi.link.spark_backend import Spread

_SETTINGS = {
    "spark.app.name": "konvoi",
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true",
    # Names of columns stand in double quotes, as everywhere else in SQL.
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.driver.maxResultSize": "0",
}
# Their messages on a failure stand in the finding about it.
_LOUD = ("DataFrameQueryContextLogger", "SQLQueryContextLogger")
_LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "16",
}


@contextmanager
def cluster(master: str, memory: str) -> Iterator[Spread]:
    """The engine of a cluster: local[2], spark://HOST:PORT, or a server of Spark Connect (sc://HOST:PORT).

    memory: of this side, as settings write it (4GB). Refused where Spark or Java is missing, or there is no
    answer.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.logger import PySparkLogger
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Refused(f"Apache Spark is not installed ({error.name}): pip install 'konvoi[spark]'") from error
    failures = (PySparkException, Py4JError)
    for name in _LOUD:
        PySparkLogger.getLogger(name).disabled = True
    session = _opened(SparkSession.builder, master, memory, failures)
    try:
        yield Spread(session, failures)
    finally:
        session.stop()


def _opened(builder: Any, master: str, memory: str, failures: tuple[type[Exception], ...]) -> Any:
    """Return a session; raise Refused, naming the missing part, if there is none."""
    connect = master.startswith("sc://")
    if not connect and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise Refused("Apache Spark needs Java 17: apt-get install openjdk-17-jre-headless, or set JAVA_HOME")
    local = master.startswith("local") or "//127.0.0.1:" in master
    given = _SETTINGS | {"spark.driver.memory": memory.replace(" ", "").removesuffix("B").lower()}
    given |= _LOCAL if local else {}
    if local:
        _at_home()
    builder = builder.remote(master) if connect else builder.master(master)
    for key, value in given.items():
        # A server of Spark Connect has its own memory and addresses.
        if not connect or key.startswith("spark.sql."):
            builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except failures as error:
        why = str(error).splitlines()[0]
        raise Refused(
            f"{master}: no session of Apache Spark: {why}; look whether it runs, and Java is 17"
        ) from error


def _at_home() -> None:
    """Workers on this machine use this very Python and this very Konvoi, and nothing but the loopback."""
    source = str(Path(konvoi.__file__).resolve().parent.parent)
    paths = [source, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
