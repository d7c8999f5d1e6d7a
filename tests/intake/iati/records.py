"""A complete activity of invented parties, for checks of the standard to be broken one by one."""

from datetime import date

from lxml import etree

from konvoi.intake.iati.check import Check, Fault, Standard

COMPLETE = """<iati-activity xml:lang="en" default-currency="EUR" last-updated-datetime="2026-02-01T00:00:00">
<iati-identifier>UA-EDR-12345678-P1</iati-identifier>
<reporting-org ref="UA-EDR-12345678" type="10"><narrative>Agency</narrative></reporting-org>
<title><narrative>Heating</narrative></title>
<description type="1"><narrative>Boilers</narrative></description>
<participating-org role="1" type="10" ref="UA-EDR-12345678"/>
<activity-status code="2"/>
<activity-date type="1" iso-date="2026-01-01"/>
<activity-date type="3" iso-date="2026-12-31"/>
<recipient-country code="UA"/>
<location ref="L1"/>
<sector vocabulary="1" code="11110"/>
<budget type="1" status="1">
<period-start iso-date="2026-01-01"/><period-end iso-date="2026-12-31"/>
<value value-date="2026-01-01">10</value>
</budget>
<transaction>
<transaction-type code="3"/><transaction-date iso-date="2026-02-01"/>
<value value-date="2026-02-01">10</value>
</transaction>
<result type="1"><title><narrative>Heat</narrative></title>
<indicator measure="1"><title><narrative>Boilers</narrative></title>
<baseline year="2025" value="0"><location ref="L1"/></baseline>
</indicator></result>
</iati-activity>"""


def record(*changes: tuple[str, str]) -> etree._Element:
    """The complete activity with texts replaced by others, each of which must be there."""
    text = COMPLETE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return etree.fromstring(text)


def faults(check: Check, *changes: tuple[str, str], version: str = "2.03") -> list[Fault]:
    """What a check finds in the changed activity."""
    return list(check(record(*changes), Standard(version, date(2026, 11, 29))))
