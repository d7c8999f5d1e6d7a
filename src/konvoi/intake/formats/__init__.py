"""The formats in which partners write; a document is read by the first that recognises it."""

from konvoi.intake.format import Format
from konvoi.intake.formats.akoma_ntoso import AKOMA_NTOSO
from konvoi.intake.formats.docx import DOCX
from konvoi.intake.formats.ecb_rates import ECB_RATES
from konvoi.intake.formats.epcis import EPCIS
from konvoi.intake.formats.fts import FTS_FLOWS
from konvoi.intake.formats.iati import IATI_ACTIVITIES
from konvoi.intake.formats.iati_organisations import IATI_ORGANISATIONS
from konvoi.intake.formats.item_list import ITEM_LIST
from konvoi.intake.formats.kiel import KIEL
from konvoi.intake.formats.konvoi_answers import KONVOI_ANSWERS
from konvoi.intake.formats.konvoi_csv import KONVOI_CSV
from konvoi.intake.formats.konvoi_markings import KONVOI_MARKINGS
from konvoi.intake.formats.konvoi_workbook import KONVOI_WORKBOOK
from konvoi.intake.formats.mapped import MAPPED
from konvoi.intake.formats.markdown import MARKDOWN
from konvoi.intake.formats.oc4ids import OC4IDS
from konvoi.intake.formats.ocds import OCDS
from konvoi.intake.formats.ocha_needs import OCHA_NEEDS
from konvoi.intake.formats.pdf import PDF
from konvoi.intake.formats.ua_hromadas import UA_HROMADAS
from konvoi.intake.formats.ubl import UBL
from konvoi.intake.formats.ukraine_plan import UKRAINE_PLAN

# What a person has mapped goes first. Kiel's workbook and answers are known by sheets of their own; they come
# before ours, so that none of these is taken for our tables.
FORMATS: tuple[Format, ...] = (
    MAPPED,
    KIEL,
    KONVOI_ANSWERS,
    KONVOI_MARKINGS,
    KONVOI_WORKBOOK,
    # A file of published items is often called items.csv, as is the sheet of a desk.
    ITEM_LIST,
    KONVOI_CSV,
    FTS_FLOWS,
    IATI_ACTIVITIES,
    IATI_ORGANISATIONS,
    UBL,
    EPCIS,
    # Projects hold links to releases; releases hold no projects.
    OC4IDS,
    OCDS,
    ECB_RATES,
    OCHA_NEEDS,
    UA_HROMADAS,
    UKRAINE_PLAN,
    AKOMA_NTOSO,
    DOCX,
    PDF,
    MARKDOWN,
)
