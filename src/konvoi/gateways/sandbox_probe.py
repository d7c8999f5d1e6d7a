"""The surroundings of a child that reads a file, tried out in one."""

import json
import os
import socket


def probe(payload: bytes) -> bytes:
    """Return as JSON whether the file of this path can be opened, and whether a network is seen."""
    try:
        os.close(os.open(payload.decode(), os.O_RDONLY))
        opened = True
    except OSError:
        opened = False
    try:
        devices = {name for _, name in socket.if_nameindex()}
    except OSError:
        devices = set()
    return json.dumps({"files": opened, "network": bool(devices - {"lo"})}).encode()
