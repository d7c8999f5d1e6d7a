"""The parts of a brief, in the order in which they are read."""

from konvoi.report.reports.bottlenecks import BOTTLENECKS_REPORT
from konvoi.report.reports.claims import CLAIMS_REPORT
from konvoi.report.reports.corridors import CORRIDORS_REPORT
from konvoi.report.reports.coverage import COVERAGE_REPORT
from konvoi.report.reports.duplicates import DUPLICATES_REPORT
from konvoi.report.reports.effect import EFFECT_REPORT
from konvoi.report.reports.findings import FINDINGS_REPORT
from konvoi.report.reports.forecast import FORECAST_REPORT
from konvoi.report.reports.framework import FRAMEWORK_REPORT
from konvoi.report.reports.funnel import FUNNEL_REPORT
from konvoi.report.reports.late import LATE_REPORT
from konvoi.report.reports.movements import MOVEMENTS_REPORT
from konvoi.report.reports.oversupply import OVERSUPPLY_REPORT
from konvoi.report.reports.packages import PACKAGES_REPORT
from konvoi.report.reports.planned_without import PLANNED_WITHOUT_REPORT
from konvoi.report.reports.positions import POSITIONS_REPORT
from konvoi.report.reports.prospect import PROSPECT_REPORT
from konvoi.report.reports.questions import QUESTIONS_REPORT
from konvoi.report.reports.reconciled import RECONCILED_REPORT
from konvoi.report.reports.reconstruction import RECONSTRUCTION_REPORT
from konvoi.report.reports.released import RELEASED_REPORT
from konvoi.report.reports.revisions import REVISIONS_REPORT
from konvoi.report.reports.sanctions import SANCTIONS_REPORT
from konvoi.report.reports.screening import SCREENING_REPORT
from konvoi.report.reports.sessions import SESSIONS_REPORT
from konvoi.report.reports.sources import SOURCES_REPORT
from konvoi.report.reports.speed import SPEED_REPORT
from konvoi.report.reports.stages import STAGES_REPORT
from konvoi.report.reports.standards import STANDARDS_REPORT
from konvoi.report.reports.stocks import STOCKS_REPORT
from konvoi.report.reports.support import SUPPORT_REPORT
from konvoi.report.reports.tempo import TEMPO_REPORT
from konvoi.report.reports.unmet import UNMET_REPORT
from konvoi.report.reports.usable import USABLE_REPORT
from konvoi.report.reports.way import WAY_REPORT

REPORTS = (
    SUPPORT_REPORT,
    FUNNEL_REPORT,
    RELEASED_REPORT,
    STAGES_REPORT,
    CLAIMS_REPORT,
    TEMPO_REPORT,
    SPEED_REPORT,
    LATE_REPORT,
    PROSPECT_REPORT,
    COVERAGE_REPORT,
    EFFECT_REPORT,
    UNMET_REPORT,
    PLANNED_WITHOUT_REPORT,
    CORRIDORS_REPORT,
    BOTTLENECKS_REPORT,
    FORECAST_REPORT,
    MOVEMENTS_REPORT,
    RECONCILED_REPORT,
    WAY_REPORT,
    PACKAGES_REPORT,
    RECONSTRUCTION_REPORT,
    STANDARDS_REPORT,
    USABLE_REPORT,
    OVERSUPPLY_REPORT,
    STOCKS_REPORT,
    DUPLICATES_REPORT,
    SESSIONS_REPORT,
    FRAMEWORK_REPORT,
    POSITIONS_REPORT,
    SANCTIONS_REPORT,
    SCREENING_REPORT,
    QUESTIONS_REPORT,
    REVISIONS_REPORT,
    FINDINGS_REPORT,
    SOURCES_REPORT,
)
