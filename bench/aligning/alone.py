"""The processor seconds of our whole task in a process of its own: from tables read to parties.

    python -m bench.aligning.alone TABLES

TABLES is a pickled list of konvoi.align.frames.Frames, made by the benchmark itself.
"""

import pickle
import sys
import time
from pathlib import Path

from konvoi.align.parties import aligned

if __name__ == "__main__":
    tables = pickle.loads(Path(sys.argv[1]).read_bytes())
    start = time.process_time()
    for one in tables:
        aligned(one)
    print(time.process_time() - start)
