"""A lane takes about its p50 days, seldom less than p10 or more than p90; a bad week is shared."""

from konvoi.forecast.delay import Delay, Spread, around

MEMBER = Delay("transit", around, shared=0.5, assumed=Spread(0.8, 1.0, 1.5), times=True)
