"""Every regime, in the order in which pages show them; a new one is a file here and a line below."""

from konvoi.align.regime import Regime
from konvoi.align.regimes.au import AU
from konvoi.align.regimes.ca import CA
from konvoi.align.regimes.eu import EU
from konvoi.align.regimes.ua import UA
from konvoi.align.regimes.uk import UK
from konvoi.align.regimes.un import UN
from konvoi.align.regimes.us import US

REGIMES: tuple[Regime, ...] = (UN, EU, UK, US, CA, AU, UA)
