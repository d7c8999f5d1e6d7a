"""Reasons for unmet needs: the code of each and its sentence (a message id), filled from unmet.csv."""

CAUSES: dict[str, str] = {
    "no-offer": "{good} or an equivalent good is not offered.",
    "withheld": (
        "What could serve as {good} is withheld because a cell cannot be read: {file}, {sheet}, row {row}, "
        "column {column}."
    ),
    "weight-unknown": "{good} is offered, but its weight is not known, so its load cannot be planned.",
    "standard": "The offers of {good} do not meet the standard {standard} ({requirement}).",
    "earmarked": "Remaining supply is earmarked for {to}.",
    "blocked": "Remaining supply is blocked: {kind} {value}.",
    "approval-open": "Missing: {kind}, {state}. No decision date; days since the request: {days}.",
    "approval-late": "Too late: {kind}, {state}, expected on {day}; days since the request: {days}.",
    "approval-refused": "Refused by {state}: {kind}.",
    "approval-expires": "The {kind} of {state} expires before anything can leave.",
    "ready-late": "Offer {offer} is ready on {day}, too late.",
    "tranche-late": "What budget {budget} buys is ready on {day}, too late.",
    "offer-lapses": "Offer {offer} lapses on {day}, before anything can leave.",
    "no-route": "No open route from {from} to {to}.",
    "too-late": "Earliest arrival: {day}, after the last useful day.",
    "horizon-end": "Cannot arrive by {end}, the end of the planning horizon.",
    "way-shut": "No route from {from} to {to} is open in time; closed: {places}.",
    "way-blocked": "No route from {from} to {to} is open in time; blocked: {kind} {value}.",
    "horizon-none": "The planning horizon has no weeks.",
    "past-due": "Due date before the first day of the plan; late arrivals do not count.",
    "past": "Last useful day before the first day of the plan.",
    "corridor-full": "At capacity: {places} in {weeks}.",
    "corridor-full-gain": (
        "At capacity: {places} in {weeks}. One more lorry ({lorry} t) in each of these weeks would "
        "deliver {gain} more."
    ),
    "corridor-full-train": (
        "At capacity: {places} in {weeks}. One more train ({train} t) in each of these weeks would "
        "deliver {gain} more."
    ),
    "corridor-none": "Closed: {places} in {weeks} (capacity 0).",
    "corridor-small": (
        "The smallest part of {good} that is sent ({quantity}) does not fit: it loads {load} ({resource}), "
        "and {places} takes {most} a week."
    ),
    "outbid": (
        "Available goods are allocated to other needs, mostly ({quantity}) to {need}, where the weight "
        "is higher: {other} compared with {weight}."
    ),
    "used-elsewhere": "All goods that could arrive in time ({quantity}) are allocated to other needs.",
    "outbid-kit": (
        "Available goods are allocated to other needs, mostly ({quantity}) to {need}, for kit {kit}."
    ),
    "outbid-of-kit": (
        "Available goods are allocated to other needs, mostly ({quantity}) to {need} with weight "
        "{other}; here they would count only in kit {kit}."
    ),
    "all-offered": "No further offers.",
    "all-sent": "All that is offered for it is planned already: {quantity}.",
    "budget-spent": "Budget {budget} has no more money available in time.",
    "purchase-most": "Supplier capacity: at most {quantity} of {good}.",
    "cap-reached": "{party}: ceiling of {most} {resource} reached.",
    "stock-floor": "{party} keeps what is left of its stock; it can spare {quantity} of {good}.",
    "no-weight": "Further deliveries would have no effect: the need has no weight of its own.",
    "kit-short": "One more kit {kit} requires {wanted}; only {quantity} could arrive in time.",
    "kit-together": "There is no room for all components of one more kit {kit} at once.",
    "kit-incomplete": "Kit {kit} cannot be completed: {need} is missing.",
    "not-in-full": "Useful only in full; only {quantity} could arrive.",
    "offered-in-part": "Useful only in full; only {quantity} offered in time.",
    "arrives-late": "Arrives after the due date, by {day}.",
    "consignment-small": (
        "What could still be sent is less than the smallest consignment of {good}: {quantity}."
    ),
    "consignment-small-lane": (
        "What could still be sent is less than the smallest consignment of {lane}: {tonnes} t."
    ),
    "vehicles-full": ("No capacity for another full vehicle, and no free space in planned vehicles."),
    "not-found": "The plan found no place for it; the bound does not rule out that there is one.",
}
"""Sentences by code. A cause's parameters are a JSON object of texts, one for each name in braces, or
more."""
