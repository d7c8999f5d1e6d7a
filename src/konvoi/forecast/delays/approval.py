"""Approve on the due day half the time, else later; approvals of one state are late together."""

from konvoi.forecast.delay import Delay, Spread, beyond

MEMBER = Delay("approval", beyond, shared=0.5, assumed=Spread(0, 0, 21))
