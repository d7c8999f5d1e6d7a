"""The official schemas of UBL, completed by types that they take from elsewhere."""

from functools import cache
from pathlib import Path

from lxml import etree

# The folder of schemas leaves out the module of unqualified data types and that of signatures: what stands
# in for them has the same value spaces and attributes for every type that the other modules build on.
_XSD = "http://www.w3.org/2001/XMLSchema"
_IDENTIFIER = "schemeID schemeName schemeAgencyID schemeAgencyName schemeVersionID schemeDataURI schemeURI"
_CODE = "listID listAgencyID listAgencyName listName listVersionID name languageID listURI listSchemeURI"
_QUANTITY = "unitCode unitCodeListID unitCodeListAgencyID unitCodeListAgencyName"
_TEXT = "languageID languageLocaleID"
_TYPES = {
    "AmountType": ("decimal", "currencyID currencyCodeListVersionID"),
    "BinaryObjectType": ("base64Binary", "mimeCode format encodingCode characterSetCode uri filename"),
    "CodeType": ("normalizedString", _CODE),
    "DateType": ("date", ""),
    "IdentifierType": ("normalizedString", _IDENTIFIER),
    "IndicatorType": ("boolean", ""),
    "MeasureType": ("decimal", "unitCode unitCodeListVersionID"),
    "NameType": ("string", _TEXT),
    "NumericType": ("decimal", "format"),
    "PercentType": ("decimal", "format"),
    "QuantityType": ("decimal", _QUANTITY),
    "RateType": ("decimal", "format"),
    "TextType": ("string", _TEXT),
    "TimeType": ("time", ""),
}


class _Beside(etree.Resolver):
    """Gives the stand-ins for the modules that the folder leaves out."""

    def resolve(self, system_url: str, public_id: str, context: object) -> object:  # type: ignore[override]
        name = system_url.rsplit("/", 1)[-1]
        if name.startswith("BDNDR-UnqualifiedDataTypes"):
            return self.resolve_string(_types(), context)  # type: ignore[call-arg]
        if name.startswith("UBL-ExtensionContentDataType"):
            return self.resolve_string(_content(), context)  # type: ignore[call-arg]
        return None


def _content() -> str:
    """Anything of another namespace may stand in an extension."""
    space = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
    return (
        f'<xsd:schema xmlns:xsd="{_XSD}" targetNamespace="{space}" elementFormDefault="qualified">'
        '<xsd:complexType name="ExtensionContentType"><xsd:sequence>'
        '<xsd:any namespace="##other" processContents="skip"/>'
        "</xsd:sequence></xsd:complexType></xsd:schema>"
    )


def _types() -> str:
    space = "urn:oasis:names:specification:bdndr:schema:xsd:UnqualifiedDataTypes-1"
    parts = [f'<xsd:schema xmlns:xsd="{_XSD}" targetNamespace="{space}" elementFormDefault="qualified">']
    for name, (kind, attributes) in _TYPES.items():
        parts.append(f'<xsd:complexType name="{name}"><xsd:simpleContent><xsd:extension base="xsd:{kind}">')
        parts += [f'<xsd:attribute name="{one}" type="xsd:normalizedString"/>' for one in attributes.split()]
        parts.append("</xsd:extension></xsd:simpleContent></xsd:complexType>")
    return "".join([*parts, "</xsd:schema>"])


@cache
def schema(folder: Path, kind: str) -> etree.XMLSchema:
    """The schema of one kind of paper, such as DespatchAdvice."""
    parser = etree.XMLParser()
    parser.resolvers.add(_Beside())
    return etree.XMLSchema(etree.parse(str(folder / "maindoc" / f"UBL-{kind}-2.4.xsd"), parser))
