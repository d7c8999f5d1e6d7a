"""Why a need stays unmet: each cause's code and its sentence (a message id), filled from unmet.csv."""

CAUSES: dict[str, str] = {
    "no-offer": "No one offers {good} or a good that serves instead.",
    "weight-unknown": "{good} is offered, but its weight is not known, so its load cannot be planned.",
    "standard": "The offers of {good} do not meet the standard {standard} ({requirement}).",
    "earmarked": "What is offered is tied to {to}.",
    "blocked": "What is offered is blocked: {kind} {value}.",
    "approval-open": "The {kind} of {state} is missing and has no day: {days} days since it was asked for.",
    "approval-late": "The {kind} of {state} comes on {day}, too late: {days} days since it was asked for.",
    "approval-refused": "{state} refused the {kind}.",
    "approval-expires": "The {kind} of {state} expires before anything can leave.",
    "ready-late": "Offer {offer} is ready on {day}, too late.",
    "tranche-late": "What budget {budget} buys is ready on {day}, too late.",
    "offer-lapses": "Offer {offer} lapses on {day}, before anything can leave.",
    "no-route": "No open way leads from {from} to {to}.",
    "too-late": "The earliest arrival is {day}, after the last useful day.",
    "past": "Its last useful day is before the first day of the plan.",
    "corridor-full": "The way is full: {places} in {weeks}.",
    "corridor-full-gain": (
        "The way is full: {places} in {weeks}. One more lorry ({lorry} t) there each of these weeks would "
        "bring {gain} more."
    ),
    "outbid": "All that is offered goes to needs that count more, most of it ({quantity}) to {need}.",
    "all-sent": "All that is offered for it is planned already: {quantity}.",
    "budget-spent": "The money of budget {budget} is spent.",
    "purchase-most": "The supplier can make no more than {quantity} of {good}.",
    "cap-reached": "{party} gives no more: its cap of {most} {resource} is reached.",
    "stock-floor": "{party} keeps what is left of its stock; it can spare {quantity} of {good}.",
    "kit-incomplete": "Kit {kit} cannot be completed: {need} is missing.",
    "not-in-full": "It is useful only in full, and only {quantity} of it could be brought.",
    "arrives-late": "It arrives after the due day, by {day}.",
    "not-found": "The plan found no place for it; the bound does not rule out that there is one.",
}
"""By code. A cause's parameters are a JSON object of texts, one for each name in braces, at times more."""
