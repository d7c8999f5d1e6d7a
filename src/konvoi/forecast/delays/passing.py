"""A crossing, port or hub is passed on the same day nine times in ten; its bad weeks are shared."""

from konvoi.forecast.delay import Delay, Spread, beyond

MEMBER = Delay("passing", beyond, shared=0.5, assumed=Spread(0, 0, 0.5))
