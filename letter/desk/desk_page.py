"""The pages of the desk, as HTML: a language's own, and the overview of all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2.runtime import Macro

from letter.checks.findings import Finding, Severity, find_line
from letter.desk.editor_links import make_spot, split_problem
from letter.desk.margin import STATES, Margin, make_margins
from letter.desk.margin_order import list_strays, order_margins
from letter.desk.memo import Memo
from letter.desk.next_step import choose_stage, write_commands
from letter.desk.worksheet import Worksheet
from letter.editions.catalogue import State
from letter.editions.edition import Edition
from letter.editions.shelf import Shelf
from letter.formats.documents import embed_images, read_images
from letter.formats.frame import Frame
from letter.formats.page import render_page
from letter.formats.policies import hash_inline, make_lone_policy
from letter.formats.rendering import read_styles, render_template
from letter.formats.site import Site
from letter.languages.language import Language
from letter.source.blocks import Block, list_blocks

Standings = Mapping[str, Mapping[State, Sequence[str]]]  # languages by state, by msgid
STYLES = ("style.css", "desk.css")


@dataclass(frozen=True, slots=True)
class Showing:
    """How a page of the desk is shown: live, or alone as the preview of a file that was sent.

    `editor` opens links to lines. `options` name the letter to a command. `problems` tell what is
    wrong with other files than the language's own catalogue, whose edition tells its problem. A
    page that isn't live has no script and no link to another page; `sent` is the file that it
    shows, and `notes` are what became of it.
    """

    editor: str = ""
    options: str = ""
    problems: tuple[str, ...] = ()
    is_live: bool = True
    sent: str = ""
    notes: tuple[str, ...] = ()


@cache
def read_script() -> str:
    """Read the desk's script."""
    return Path(__file__).with_name("desk.js").read_text(encoding="utf-8")


def render_worksheet(
    sheet: Worksheet,
    shelf: Shelf,
    site: Site,
    showing: Showing,
    standings: Standings | None = None,
    pieces: Memo[str] | None = None,
) -> str:
    """Render the page of a worksheet.

    `standings` are for the letter's own language alone. `pieces` keeps blocks for the next
    rendering of the same letter in this language.
    """
    edition = sheet.edition
    margins = make_margins(sheet, showing.editor)
    problems = "\n".join(filter(None, (edition.problem, *showing.problems)))
    common = _list_common(showing)
    if not showing.is_live:
        common["frame"] = _make_lone_frame(sheet)
    page = render_page(
        "desk.html",
        edition,
        shelf,
        site,
        f"/desk/{edition.language.tag}/",
        showing=showing,
        sheet=sheet,
        margins=margins,
        order=order_margins(sheet, margins.values(), list_strays(sheet, showing.editor)),
        stage=choose_stage(
            sheet,
            margins.values(),
            has_problems=bool(problems),
            can_update=showing.is_live and not shelf.source.problem,
        ),
        commands=write_commands(sheet, showing.options),
        problems=split_problem(problems, showing.editor),
        standings=standings,
        keep_block=_make_keeper(sheet, margins, standings or {}, pieces or Memo[str]()),
        former={},
        **common,
    )
    return page if showing.is_live else embed_images(page, edition.letter)


def render_refusal(showing: Showing) -> str:
    """Render the page of a file that can't be shown: what is wrong with it, and what to do."""
    return render_template(
        "refusal.html",
        showing=showing,
        problems=split_problem("\n".join(showing.problems)),
        **_list_common(showing),
    )


def render_gone(language: Language, shelf: Shelf, showing: Showing) -> str:
    """Render what a language's page turns into while there is no such edition."""
    return render_template(
        "gone.html",
        language=language,
        editions=list(shelf.editions.values()),
        current=language.tag,
        showing=showing,
        problems=split_problem("\n".join(showing.problems), showing.editor),
        **_list_common(showing),
    )


def _make_keeper(
    sheet: Worksheet, margins: Mapping[str, Margin], standings: Standings, kept: Memo[str]
) -> Callable[..., str]:
    """Make what a template asks for a block that may be the same as in the last rendering."""
    edition = sheet.edition
    # All that a block's look depends on, beside the margins in it.
    states = (*sorted(edition.explained), edition.is_unreadable, edition.problem or "")
    lent = edition.catalogue.fallbacks  # of names from a file
    same = (edition.letter, edition.interface.catalogues, states, lent)

    def keep_block(macro: Macro, edition: Edition, block: Block, *values: object) -> str:
        msgids = [each.message.msgid for each in list_blocks((block,)) if each.message]
        own = tuple((margins[msgid], standings.get(msgid)) for msgid in msgids)
        make = partial(macro, edition, block, *values)
        return kept.find((macro.name, id(block)), (own, *same), make)

    return keep_block


def render_overview(sheets: Sequence[Worksheet], shelf: Shelf, showing: Showing) -> str:
    """Render the page of all languages."""
    problems = [*(sheet.edition.problem for sheet in sheets), *showing.problems, *shelf.unusable]
    told = dict.fromkeys(line for text in problems if text for line in text.splitlines())
    return render_template(
        "overview.html",
        sheets=sheets,
        letter=shelf.letter,
        editions=list(shelf.editions.values()),
        current="",
        showing=showing,
        problems=split_problem("\n".join(told), showing.editor),
        **_list_common(showing),
    )


def _list_common(showing: Showing) -> dict[str, Any]:
    """List what every template of the desk asks for."""
    script, style, own = read_script(), *map(read_styles, STYLES)
    return {
        "states": STATES,
        "under_table": "cell_margins.html",
        "script": script if showing.is_live else "",
        "style": style,
        "own": own,
        # A page that is open needs to be loaded anew where the two differ.
        "code": hash_inline(script + style + own),
        "policy": "" if showing.is_live else make_lone_policy(*STYLES),
        "count_findings": count_findings,
        "find_line": find_line,
        "make_spot": lambda path, line: make_spot(path, line, showing.editor),
    }


def _make_lone_frame(sheet: Worksheet) -> Frame:
    """Make the frame of a page without a server, which carries its pictures in itself."""
    tag, letter = sheet.edition.language.tag, sheet.edition.letter
    return Frame(letter, frozenset(read_images(letter)), own=tag, has_all_ids=True)


def count_findings(findings: Sequence[Finding]) -> str:
    """Count findings in words.

    >>> count_findings([Finding(1, Severity.ERROR, "", ""), Finding(2, Severity.ERROR, "", "")])
    '2 errors'
    >>> count_findings([])
    'no findings'
    """
    counts = [(sum(f.severity is each for f in findings), each) for each in Severity]
    told = [f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts if count]
    return ", ".join(told) or "no findings"


def find_standings(sheets: Sequence[Worksheet]) -> Standings:
    """Find for each message which languages have it in which state, by their English names."""
    found: dict[str, dict[State, list[str]]] = {}
    for sheet in sheets:
        for msgid, passage in sheet.edition.texts.items():
            name = sheet.edition.language.english_name
            found.setdefault(msgid, {}).setdefault(passage.state, []).append(name)
    return found


def tell_problems(showing: Showing, *problems: str | None) -> Showing:
    """Add what is wrong with files to what a page shows."""
    return replace(showing, problems=(*showing.problems, *filter(None, problems)))
