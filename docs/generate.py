"""Writes the pages of docs/reference that follow from the code: verbs, tables, findings."""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from konvoi.align.acts import AUTHORITIES, Act, Theme
from konvoi.cli import group
from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.declare import Derived
from konvoi.model.hxl import tag
from konvoi.model.table import Column, Table, Type
from konvoi.model.tables import BY_NAME, TABLES
from konvoi.web.access.roles import BY_ROLE, SECOND_FACTOR, Right, Role, is_possible

REFERENCE = Path(__file__).resolve().parent / "reference"
NOTICE = "<!-- Written by docs/generate.py: change what it is made from, then run it. -->"
WIDTH = 100

READ_AS = {
    Type.ID: "a short text without blanks, unique in its table",
    Type.REF: "the id of a row of another table",
    Type.TEXT: "any text",
    Type.PARTY: "the id, a name or an alias of a party",
    Type.DAY: "a date as `2026-03-31`, or a date cell; only a month or a year is an interval, with a warning",
    Type.NUMBER: "an exact decimal number with up to six places; `.` and empty are unknown, never zero",
    Type.WHOLE: "a whole number",
    Type.SHARE: "a number from 0 to 1, or per cent",
    Type.MONEY: "an amount in major units of the row's currency (`12.50`)",
    Type.CURRENCY: "a code of ISO 4217",
    Type.YES: "yes or no",
    Type.CHOICE: "one of the words listed",
    Type.LIST: "several values, parted by `;`",
    Type.URL: "an address that begins with `https://` or `http://`",
    Type.EMAIL: "an e-mail address",
}


def tables_page() -> str:
    """The tables of the workbook, column by column."""
    lines = [NOTICE, "", "# Tables of the workbook", ""]
    lines += [
        f"The workbook has {len(TABLES)} sheets of at most 16 columns, of which at most 5 must be filled.",
        "The same tables may be handed in as CSV files of these names; `konvoi template` writes empty ones.",
        "",
        "| type | how a cell is read |",
        "|---|---|",
        *(f"| {kind.value} | {READ_AS[kind]} |" for kind in Type),
        "",
    ]
    for table in TABLES:
        lines += _table(table)
    lines += [
        "# Derived tables",
        "",
        "`konvoi table NAME` prints or writes each of these, and the tables above as they are in force, as",
        "known on a day (`--as-of`) and for a reader (`--for`). Scope `reader`: computed from the rows that",
        "the reader may see.",
        "",
        "Amounts of money are written in major units, with the decimals of their currency (EUR 800.00,",
        "JPY 800); in Parquet as decimals. Columns whose names end in `_minor` hold minor units (cents).",
        "",
    ]
    for derived in CATALOGUE.values():
        if derived.name not in BY_NAME:
            lines += _derived(derived)
    return _page(lines)


def _derived(table: Derived) -> Iterator[str]:
    key = f" One row for each {' and '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    yield from (f"## {table.name}", "", f"{table.title}.{key} Scope: {table.scope.value}.", "")
    if table.inputs:
        yield from (f"Made of {', '.join(f'`{name}`' for name in table.inputs)}.", "")
    if table.parameters:
        yield from ("| parameter | default | meaning |", "|---|---|---|")
        for one in table.parameters:
            yield f"| `{one.name}` | {f'`{one.default}`' if one.default else ''} | {one.help} |"
        yield ""
    yield from ("| column | type | unit | what it holds |", "|---|---|---|---|")
    for column in table.columns:
        refers = f" (→ [{column.refers}](#{column.refers}))" if column.refers else ""
        kind = "money" if column.currency else str(column.type)
        unit = f"major units of `{column.currency}`" if column.currency else column.unit
        yield f"| `{column.name}` | {kind} | {unit} | {column.help}{refers} |"
    yield ""


def _table(table: Table) -> Iterator[str]:
    key = f" One row for each {' and '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    yield from (f"## {table.name}", "", f"{table.help}.{key}", "")
    yield from ("| column | type | must | unit | what it holds |", "|---|---|---|---|---|")
    for column in table.columns:
        must = "yes" if column.must else ""
        yield f"| `{column.name}` | {column.type.value} | {must} | {column.unit} | {_meaning(column)} |"
    yield ""


def _meaning(column: Column) -> str:
    more = ""
    if column.choices:
        more = ": " + ", ".join(f"`{choice}`" for choice in column.choices)
    if column.refers:
        more = f" (→ [{column.refers}](#{column.refers}))"
    return (column.help + more).replace("|", "\\|")


def cli_page() -> str:
    """Every verb of the command line with its help, as the command line itself prints it."""
    lines = [NOTICE, "", "# Command line", ""]
    lines += [
        "Answers go to stdout, talk and progress to stderr. `--json` gives one document on stdout.",
        "Exits: 0 no finding of severity error; 1 some; 2 a wrong command; 3 a file or a total refused.",
        "",
    ]
    for name, command in _commands("konvoi", group):
        wide = {**group.context_settings, "max_content_width": WIDTH}
        context = click.Context(command, info_name=name, terminal_width=WIDTH, **wide)
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        lines += [f"## {name}", "", "```", text, "```", ""]
    return _page(lines)


def _commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for verb in command.list_commands(context):
            below = command.get_command(context, verb)
            if below is not None and not below.hidden:
                yield from _commands(f"{name} {verb}", below)


def findings_page() -> str:
    """Every finding by topic, joined from docs/reference/findings.d."""
    lines = [NOTICE, "", "# Findings", ""]
    lines += [
        "A finding says where (file, sheet, row, column), what was read, what was expected, what to do.",
        "Its code never changes its meaning. **note**: worth knowing, nothing to do. **warning**: read, but",
        "not as exactly as it should be. **error**: not used, or in contradiction; the command exits with 1.",
        "What cannot be read at all is refused, and the command exits with 3. Totals, plans, forecasts are",
        "still given where findings do not touch them.",
        "",
    ]
    for topic in sorted((REFERENCE / "findings.d").glob("*.md")):
        rows = finding_rows(topic.read_text("utf-8"))
        lines += [
            f"## {_title(topic)}",
            "",
            "| code | severity | what it means | what to do |",
            "|---|---|---|---|",
        ]
        lines += [*(f"| `{code}` | {' | '.join(cells)} |" for code, *cells in sorted(rows)), ""]
    return _page(lines)


def _title(topic: Path) -> str:
    heading = re.search(r"^#+ (.+)$", topic.read_text("utf-8"), re.MULTILINE)
    return heading.group(1) if heading else topic.stem.replace("-", " ").capitalize()


def finding_rows(text: str) -> list[list[str]]:
    """The rows of a topic's table, code first and without its marks."""
    lines = [line.strip() for line in text.splitlines() if line.startswith("|")]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    cells = [[cell.strip() for cell in row] for row in rows]
    codes = [[row[0].strip("`"), *row[1:]] for row in cells if len(row) == 4]
    return [row for row in codes if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row[0]) and row[0] != "code"]


def hxl_page() -> str:
    """The HXL tags of the columns."""
    lines = [
        *(NOTICE, "", "# HXL tags", ""),
        "`konvoi template --hxl` puts a tag into the second row of each sheet, after the",
        "[Humanitarian Exchange Language 1.1](https://hxlstandard.org/standard/1-1final/dictionary/):",
        "hashtags of its core vocabulary, with attributes of which some are ours.",
        "",
        "Tags are never required. Below the head they are no row of data, and a column whose name says",
        "nothing is read by its tag, with a note; a name goes before a tag unless another column has the tag",
        "of that name, and none is read twice. Blanks, capitals and the order of attributes say nothing.",
        "",
        "**In.** A sheet or CSV file with a row of tags needs neither a name nor heads of ours, and no",
        "mapping: if its tags cover all required columns of a table, and more of it than of any other, it is",
        "read as that table, with a note (`tags-read-as-table`). Otherwise map it once (`konvoi map`, which",
        "proposes by tags, too). Tags with other attributes than those below are not read.",
        "",
        "**Out.** `--hxl` writes tags in the workbook of `konvoi template`, in CSV and XLSX of `konvoi",
        "table`, in each file of `konvoi table --all`, in CSV and XLSX of `konvoi sanctions matrix`, and in",
        "`brief.xlsx` of `konvoi brief`, whose tables are named in words: amounts have the tag `#value` with",
        "the currency and the head as attributes. On the web, each list has CSV and XLSX with tags in",
        "its menu *Export* (`?hxl=yes`). JSON and Parquet have no tags. What HXL has no word for has none. A",
        "table written with tags is read back without loss. Forms that are filled in and come back",
        "(questions, pairs, marked workbooks), orders, folders of plans and dossiers have none: `konvoi",
        "table` gives their tables.",
        "",
    ]
    for table in TABLES:
        tags = [(column.name, tag(table, column)) for column in table.columns]
        lines += [f"## {table.name}", "", "| column | tag |", "|---|---|"]
        lines += [*(f"| `{name}` | `{found}` |" for name, found in tags if found), ""]
    return _page(lines)


def acts_page() -> str:
    """The legal acts behind the programme tags of sanctions lists."""
    lines = [
        *(NOTICE, "", "# Legal acts behind sanctions lists", ""),
        "Lists name programmes by tags. `konvoi sanctions matrix` cites the acts behind them.",
        "",
        "- **Declared**: the tag, the act and the theme by which programmes of different regimes compare.",
        "- **By number**: a tag that is itself the number of an act is cited by it: a CELEX number, a",
        "  symbol of the Security Council, a decree, an executive order in the tag (`RUSSIA-EO14024`).",
        "- **Verified**: title and number were compared with the published text. Others are shown with `*`.",
        "- A tag that is neither stays as the list writes it, in quotation marks.",
        "",
        "In force from and until are given as far as they are known. To add or correct an act: change",
        "`src/konvoi/align/acts/REGIME.py`.",
        "",
    ]
    for authority in AUTHORITIES:
        lines += [f"## {authority.regime}", ""]
        if authority.acts:
            lines += ["| tag | act to cite | in force | theme | verified |", "|---|---|---|---|---|"]
            lines += [_act(tag, act, authority.themes) for tag, act in sorted(authority.acts.items())]
            lines += [""]
        bare = sorted(set(authority.themes) - set(authority.acts))
        if bare:
            lines += ["Themes of tags that are cited by number, or as the list writes them:", ""]
            lines += ["| tag | theme |", "|---|---|"]
            lines += [*(f"| {tag} | {authority.themes[tag]} |" for tag in bare), ""]
        if not authority.acts and not bare:
            lines += ["Every act is cited by its number; themes are not declared.", ""]
    return _page(lines)


def _act(tag: str, act: Act, themes: Mapping[str, Theme]) -> str:
    days = " – ".join(str(day or "") for day in (act.first, act.last)) if act.first or act.last else ""
    checked = "yes" if act.checked else "no"
    return f"| {tag} | [{act.citation}]({act.link}) | {days} | {themes.get(tag, '')} | {checked} |"


def glossary_page() -> str:
    """The terms of docs/terms.toml, in three languages."""
    lines = [
        *(NOTICE, "", "# Glossary", ""),
        "Terms of pages, workbooks, commands and code; each concept has one term. Source: docs/terms.toml.",
        "",
        "| term | definition | German | Ukrainian | follows | not |",
        "|---|---|---|---|---|---|",
    ]
    for term in terms():
        cells = [str(term.get(name, "")) for name in ("en", "definition", "de", "uk", "follows")]
        lines.append(f"| {' | '.join([*cells, ', '.join(term.get('avoid', []))])} |")
    return _page(lines)


def terms() -> list[dict[str, Any]]:
    """The termbase: en, de, uk, definition; where given, follows (a standard) and avoid (wording)."""
    found: list[dict[str, Any]] = tomllib.loads((REFERENCE.parent / "terms.toml").read_text("utf-8"))["term"]
    return found


RIGHTS = {
    Right.READ: "read what the reader of the role may see",
    Right.SUBMIT: "hand in, confirm, withdraw and answer: a desk for its party, a planner for any",
    Right.DECIDE: "decide for the coordination cell, and stop runs",
    Right.NEGOTIATE: "take positions on texts: a desk and a legal desk for their party, a planner for any",
    Right.SCREEN: "decide on alerts and proposals of sanctions for the coordination cell",
    Right.AUDIT: "read and verify the audit log",
    Right.INVITE: "invite persons, decide on roles: a desk on readers of its party, an administrator on all",
    Right.ADMINISTER: "change settings, close accounts, see parties, runs and health",
}
"""What each right allows that a role can give."""


def roles_page() -> str:
    """The roles of the web instrument and their rights."""
    lines = [
        *(NOTICE, "", "# Roles and rights", ""),
        "A person has roles in the [web instrument](../how-to/run-the-web.md), each for a party or for the",
        "coordination cell. One role is in use at a time. What is not listed here nobody may do.",
        "",
        "| role | belongs to | sees | second factor | rights |",
        "|---|---|---|---|---|",
    ]
    for role in Role:
        kinds = [
            "a party" if is_possible(role, "PL") else "",
            "the coordination cell" if is_possible(role, "") else "",
        ]
        belongs = " or ".join(filter(None, kinds))
        sees = {
            Role.ADMINISTRATOR: "what is public",
        }.get(role, "everything" if belongs == "the coordination cell" else "what its party may see")
        if len(list(filter(None, kinds))) == 2:
            sees = "what its party may see; for the coordination cell everything"
        factor = "needed" if role in SECOND_FACTOR else "offered"
        rights = "; ".join(RIGHTS[one] for one in RIGHTS if one in BY_ROLE[role])
        lines.append(f"| {role} | {belongs} | {sees} | {factor} | {rights} |")
    lines += [
        "",
        "The public, where the coalition allows it (`public = true` in `konvoi.toml`), sees what is marked",
        "public. A role is asked for by one person and confirmed by a second; nobody decides on a role of",
        "their own. A role that needs a second factor is not in force until the person has set one up; the",
        "demonstration asks for none. A token of a program has a scope: `read`; `submit`, which is for",
        "reading and handing in; or `decide`, which is for reading and deciding and can be made by planners",
        "alone. It is its person: what needs two persons needs them with tokens, too. It never administers",
        "or audits.",
        "",
    ]
    return _page(lines)


def _page(lines: Iterable[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


PAGES = {
    "acts.md": acts_page,
    "cli.md": cli_page,
    "findings.md": findings_page,
    "hxl.md": hxl_page,
    "roles.md": roles_page,
    "tables.md": tables_page,
}


def main() -> None:
    """Write every page."""
    for name, made in PAGES.items():
        (REFERENCE / name).write_text(made(), encoding="utf-8")
        print(f"docs/reference/{name}", file=sys.stderr)
    (REFERENCE.parent / "glossary.md").write_text(glossary_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
