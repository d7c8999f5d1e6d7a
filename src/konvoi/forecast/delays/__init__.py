"""The delays that a forecast draws, in the order in which they draw."""

from konvoi.forecast.delay import Delay
from konvoi.forecast.delays import transit

MEMBERS: tuple[Delay, ...] = (transit.MEMBER,)
