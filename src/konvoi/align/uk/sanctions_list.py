"""The UK Sanctions List of the Foreign, Commonwealth and Development Office: CSV, ODS and XML.

Its Unique ID is the reference. The OFSI Group ID is the key, where there is one: it is that of the
consolidated list, and joins a party's designations under several regulations.
"""

from konvoi.align.declared import Form
from konvoi.align.listing import Kind, NameKind, Order
from konvoi.align.orders import ENGLISH

_SHIPS = r"\bship|\bport\b|port entry|crew|chartering|cargo|bunker|detention|air(?:craft|port|space)"

FORM = Form(
    list="sanctions-list",
    needed=("unique", "family", "programme"),
    root="Designations",
    record="Designation",
    each=("Names/Name",),
    fields={
        "unique": ("Unique ID", "UniqueID"),
        "group": ("OFSI Group ID", "OFSIGroupID"),
        "programme": ("Regime Name", "RegimeName"),
        "kind": ("Designation Type", "Individual, Entity, Ship", "IndividualEntityShip"),
        "measures": ("Sanctions Imposed", "SanctionsImposed"),
        "since": ("Date Designated", "DateDesignated"),
        "information": ("Other Information", "OtherInformation"),
        "given": (
            *(f"Name {at}" for at in range(1, 6)),
            *(f"Names/Name/Name{at}" for at in range(1, 6)),
        ),
        "family": ("Name 6", "Names/Name/Name6"),
        "original": ("Name non-latin script", "NonLatinNames/NonLatinName/NameNonLatinScript"),
        "name type": ("Name type", "Names/Name/NameType"),
        "name quality": ("Alias strength", "Names/Name/AliasStrength"),
        "births": ("D.O.B", "DOB", "IndividualDetails/Individual/DOBs/DOB"),
        "birth place": (
            *("Town of birth", "Country of birth"),
            "IndividualDetails/Individual/BirthDetails/Location/TownOfBirth",
            "IndividualDetails/Individual/BirthDetails/Location/CountryOfBirth",
        ),
        "nationality": (
            *("Nationality(/ies)", "Nationality"),
            "IndividualDetails/Individual/Nationalities/Nationality",
        ),
        "passport": (
            "Passport number",
            "IndividualDetails/Individual/PassportDetails/Passport/PassportNumber",
            "PassportDetails/Passport/PassportNumber",
        ),
        "national": (
            "National Identifier number",
            "IndividualDetails/Individual/NationalIdentifierDetails/NationalIdentifier/NationalIdentifierNumber",
            "NationalIdentifierDetails/NationalIdentifier/NationalIdentifierNumber",
        ),
        "registration": (
            "Business registration number (s)",
            "EntityDetails/Entity/BusinessRegistrationNumbers/BusinessRegistrationNumber",
        ),
        "parent": ("Parent company", "EntityDetails/Entity/ParentCompanies/ParentCompany"),
        "subsidiary": ("Subsidiaries", "EntityDetails/Entity/Subsidiaries/Subsidiary"),
        "imo": ("IMO number", "ShipDetails/Ship/IMONumbers/IMONumber"),
        "owner": (
            "Current owner/operator (s)",
            "ShipDetails/Ship/CurrentOwnerOperators/CurrentOwnerOperator",
        ),
    },
    kinds={"individual": Kind.PERSON, "entity": Kind.ENTITY, "ship": Kind.SHIP},
    names={
        "primary name": NameKind.PRIMARY,
        "primary name variation": NameKind.VARIATION,
        "alias": NameKind.ALSO,
    },
    orders=((r"asset.?freeze", Order.ASSET_FREEZE), (_SHIPS, Order.TRANSPORT_BAN), *ENGLISH),
    day=("DateGenerated", "Report Date", "Last Updated"),
    untried=True,
)
