"""Names of regimes: settings are held against them, and no reader of lists is loaded for it."""

STATES = {
    "at": "Austria",
    "be": "Belgium",
    "bg": "Bulgaria",
    "cy": "Cyprus",
    "de": "Germany",
    "dk": "Denmark",
    "ee": "Estonia",
    "es": "Spain",
    "fi": "Finland",
    "fr": "France",
    "gr": "Greece",
    "hr": "Croatia",
    "hu": "Hungary",
    "ie": "Ireland",
    "it": "Italy",
    "lt": "Lithuania",
    "lu": "Luxembourg",
    "mt": "Malta",
    "pl": "Poland",
    "pt": "Portugal",
    "ro": "Romania",
    "se": "Sweden",
    "si": "Slovenia",
    "sk": "Slovakia",
}
"""Member states whose own lists are read by one mapped table, with their names."""

REGIME_NAMES = ("un", "eu", "uk", "us", "ca", "au", "ua", "jp", "ch", "cz", "lv", "nl", *STATES)
"""The regimes in their order; a test holds them against konvoi.align.regimes."""
