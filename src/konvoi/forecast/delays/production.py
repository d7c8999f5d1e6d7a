"""Production takes about its planned days, one time in ten over 1.5 of them; a supplier's slip together."""

from konvoi.forecast.delay import Delay, Spread, around

MEMBER = Delay("production", around, shared=0.5, assumed=Spread(0.9, 1.0, 1.5), times=True)
