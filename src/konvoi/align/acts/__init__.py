"""Legal acts behind the programme tags of each regime's list, and the theme of each programme."""

from konvoi.align.acts.act import Act, Authority, Theme
from konvoi.align.acts.au import AU
from konvoi.align.acts.ca import CA
from konvoi.align.acts.eu import EU
from konvoi.align.acts.ua import UA
from konvoi.align.acts.uk import UK
from konvoi.align.acts.un import UN
from konvoi.align.acts.us import US

AUTHORITIES = (AU, CA, EU, UA, UK, UN, US)
"""One for each regime of which acts are declared; those of any other are shown as its list writes them."""

__all__ = ["AUTHORITIES", "Act", "Authority", "Theme"]
