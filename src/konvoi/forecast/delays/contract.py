"""A contract is signed on the planned day half the time, else later; those of a supplier slip together."""

from konvoi.forecast.delay import Delay, Spread, beyond

MEMBER = Delay("contract", beyond, shared=0.5, assumed=Spread(0, 0, 14))
