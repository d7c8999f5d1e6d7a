"""Lines of the log: JSON, without anything that partners submitted."""

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """One JSON object for each line: time, level, logger, event, and the public ids given with it.

    Of an exception the kind and the place in our code are written, never its message, which may quote a
    cell.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        values: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        given = getattr(record, "given", None)
        if isinstance(given, dict):
            values |= given
        status = getattr(record, "status_code", None)
        if status is not None:
            values["status"] = status
        if record.exc_info and record.exc_info[0] is not None:
            values["error"] = record.exc_info[0].__name__
            values["place"] = _place(record.exc_info[2])
        return json.dumps(values, ensure_ascii=False)


def _place(trace: object) -> str:
    """Return file and line of the innermost frame."""
    found = ""
    while trace is not None:
        frame = getattr(trace, "tb_frame", None)
        if frame is not None:
            found = f"{frame.f_code.co_filename.rpartition('/')[2]}:{getattr(trace, 'tb_lineno', 0)}"
        trace = getattr(trace, "tb_next", None)
    return found
