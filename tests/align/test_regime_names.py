"""The names that settings may use are those of the regimes."""

import subprocess
import sys

from konvoi.align.regime_names import REGIME_NAMES
from konvoi.align.regimes import REGIMES


def test_every_regime_has_its_name_in_its_order() -> None:
    assert tuple(regime.name for regime in REGIMES) == REGIME_NAMES


def test_settings_of_screening_load_no_reader_and_no_matcher() -> None:
    program = "import sys, konvoi.align.regime_names, konvoi.align.roles; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert not {"konvoi.align.regimes", "konvoi.align.judging"} & set(loaded.split())
