"""What has arrived is handed over on the same day nine times in ten, else on one of the next."""

from konvoi.forecast.delay import Delay, Spread, beyond

MEMBER = Delay("hand over", beyond, shared=0.0, assumed=Spread(0, 0, 0.5))
