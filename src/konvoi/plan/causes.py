"""Reasons for unmet needs: the code of each and its sentence (a message id), filled from unmet.csv."""

CAUSES: dict[str, str] = {
    "no-offer": "No one offers {good} or a good that serves instead.",
    "weight-unknown": "{good} is offered, but its weight is not known, so its load cannot be planned.",
    "standard": "The offers of {good} do not meet the standard {standard} ({requirement}).",
    "earmarked": "What could still come is tied to {to}.",
    "blocked": "What could still come is blocked: {kind} {value}.",
    "approval-open": "The {kind} of {state} is missing and has no day: {days} days since it was asked for.",
    "approval-late": "The {kind} of {state} comes on {day}, too late: {days} days since it was asked for.",
    "approval-refused": "{state} refused the {kind}.",
    "approval-expires": "The {kind} of {state} expires before anything can leave.",
    "ready-late": "Offer {offer} is ready on {day}, too late.",
    "tranche-late": "What budget {budget} buys is ready on {day}, too late.",
    "offer-lapses": "Offer {offer} lapses on {day}, before anything can leave.",
    "no-route": "No open way leads from {from} to {to}.",
    "too-late": "The earliest arrival is {day}, after the last useful day.",
    "horizon-end": "It cannot arrive by {end}, the last day that is planned.",
    "way-shut": "No way from {from} to {to} is open in time; shut: {places}.",
    "way-blocked": "No way from {from} to {to} is open in time; blocked: {kind} {value}.",
    "past-due": "Its due day is before the first day of the plan, and what comes late counts nothing.",
    "past": "Its last useful day is before the first day of the plan.",
    "corridor-full": "The way is full: {places} in {weeks}.",
    "corridor-full-gain": (
        "The way is full: {places} in {weeks}. One more lorry ({lorry} t) there each of these weeks would "
        "bring {gain} more."
    ),
    "corridor-full-train": (
        "The way is full: {places} in {weeks}. One more train ({train} t) there each of these weeks would "
        "bring {gain} more."
    ),
    "corridor-none": "The way is closed: the capacity of {places} is 0 in {weeks}.",
    "corridor-small": (
        "The smallest part of {good} that is sent ({quantity}) does not fit: it loads {load} ({resource}), "
        "and {places} takes {most} a week."
    ),
    "outbid": (
        "What could go there goes elsewhere, most of it ({quantity}) to {need}, where a unit is worth more: "
        "{other} against {weight}."
    ),
    "used-elsewhere": "All that could arrive in time ({quantity}) serves other needs.",
    "outbid-kit": "What could go there goes elsewhere, most of it ({quantity}) to {need}, for kit {kit}.",
    "outbid-of-kit": (
        "What could go there goes elsewhere, most of it ({quantity}) to {need}, of weight {other}; here it "
        "would count in kit {kit} alone."
    ),
    "all-offered": "Beyond that nothing is offered for it.",
    "all-sent": "All that is offered for it is planned already: {quantity}.",
    "budget-spent": "The money that budget {budget} has in time pays for no more.",
    "purchase-most": "The supplier can make no more than {quantity} of {good}.",
    "cap-reached": "{party} gives no more: its cap of {most} {resource} is reached.",
    "stock-floor": "{party} keeps what is left of its stock; it can spare {quantity} of {good}.",
    "no-weight": "Sending more of it would bring nothing: it has no weight of its own.",
    "kit-short": "One more kit {kit} takes {wanted} more of it, and only {quantity} could come in time.",
    "kit-together": "There is no room for all components of one more kit {kit} at once.",
    "kit-incomplete": "Kit {kit} cannot be completed: {need} is missing.",
    "not-in-full": "It is useful only in full, and only {quantity} of it could be brought.",
    "offered-in-part": "It is useful only in full, and only {quantity} of it is offered in time.",
    "arrives-late": "It arrives after the due day, by {day}.",
    "consignment-small": (
        "What could still be sent is less than the smallest consignment of {good}: {quantity}."
    ),
    "consignment-small-lane": (
        "What could still be sent is less than the smallest consignment of {lane}: {tonnes} t."
    ),
    "vehicles-full": (
        "There is no room for one more whole vehicle on its way, and none that goes has any left."
    ),
    "not-found": "The plan found no place for it; the bound does not rule out that there is one.",
}
"""Sentences by code. A cause's parameters are a JSON object of texts, one for each name in braces, or
more."""
