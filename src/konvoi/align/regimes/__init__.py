"""Every regime, in the order in which pages show them; a new one is a file here and a line below."""

from konvoi.align.regime import Regime
from konvoi.align.regimes.au import AU
from konvoi.align.regimes.ca import CA
from konvoi.align.regimes.ch import CH
from konvoi.align.regimes.cz import CZ
from konvoi.align.regimes.eu import EU
from konvoi.align.regimes.jp import JP
from konvoi.align.regimes.lv import LV
from konvoi.align.regimes.national import NATIONAL
from konvoi.align.regimes.nl import NL
from konvoi.align.regimes.ua import UA
from konvoi.align.regimes.uk import UK
from konvoi.align.regimes.un import UN
from konvoi.align.regimes.us import US

REGIMES: tuple[Regime, ...] = (UN, EU, UK, US, CA, AU, UA, JP, CH, CZ, LV, NL, *NATIONAL)
