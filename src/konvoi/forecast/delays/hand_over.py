"""Hand over on the day of arrival nine times in ten, else on one of the next days."""

from konvoi.forecast.delay import Delay, Spread, beyond

MEMBER = Delay("hand over", beyond, shared=0.0, assumed=Spread(0, 0, 0.5))
