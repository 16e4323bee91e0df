"""A translation that was typed over its original, in a text editor, is never lost."""

import pytest

from letter.merging.typed_over import keep_typed_over
from letter.po.model import Entry
from letter.po.reader import read_po
from scripts import receive, update
from tests.conftest import Copy
from tests.merging.examples import LONG, LONGER, catalogue, entry, run_command, template

TYPED = {
    "ar": "نحن نُترك لنموت والعالم يتفرج علينا.",
    "ckb": "ئێمە بۆ مردن جێهێڵراوین و جیهان تەماشا دەکات.",
    "ku": "Em ji mirinê re tên hiştin û cîhan temaşe dike.",
}
ENGLISH = "“We are being left to die as the world watches.”"


def empty_title(copy: Copy, folder: str) -> None:
    """Leave the title, and one more passage, for a translator to translate."""
    po = read_po(copy.po(folder))
    title = next(e for e in po.entries if e.msgid == ENGLISH)
    copy.edit(folder, f'msgstr "{title.msgstr[0]}"', 'msgstr ""')


def type_over(copy: Copy, folder: str) -> None:
    copy.edit(folder, f'msgid "{ENGLISH}"', f'msgid "{TYPED[folder]}"')


def find_titles(copy: Copy, folder: str) -> list[Entry]:
    """Every entry that has what was typed, and none where only the msgid has it."""
    return [e for e in read_po(copy.po(folder)).entries if TYPED[folder] in e.msgstr]


@pytest.mark.parametrize("folder", TYPED)
def test_an_update_keeps_it_under_its_message_for_the_translator_to_confirm(
    copy: Copy, folder: str
) -> None:
    empty_title(copy, folder)
    type_over(copy, folder)
    code, told = run_command(update, copy)
    assert (code, "  typed over its original: kept as fuzzy under “" in told) == (0, True), told
    (title,) = find_titles(copy, folder)
    assert (title.msgid, title.fuzzy, title.obsolete) == (ENGLISH, True, False)
    before = copy.po(folder).read_bytes()
    assert "up to date" in run_command(update, copy)[1]
    assert copy.po(folder).read_bytes() == before


@pytest.mark.parametrize("folder", TYPED)
@pytest.mark.parametrize("way", ["git", "--base", "nothing"])
def test_a_file_that_is_received_brings_it_under_its_message(
    copy: Copy, request: pytest.FixtureRequest, folder: str, way: str
) -> None:
    empty_title(copy, folder)
    start = copy.po(folder).read_bytes()
    if way == "git":
        request.getfixturevalue("repository")
    type_over(copy, folder)
    sent, base = (copy.letter.parent / name for name in ("sent.po", "base.po"))
    sent.write_bytes(copy.po(folder).read_bytes())
    copy.po(folder).write_bytes(start)
    base.write_bytes(start)
    options = [f"--base={base}"] if way == "--base" else []
    code, told = run_command(receive, copy, str(sent), *options)
    assert (code, "1 taken" in told, "kept as fuzzy under “" in told) == (0, True, True), told
    (title,) = find_titles(copy, folder)
    assert (title.msgid, title.fuzzy, title.obsolete) == (ENGLISH, True, False)
    before = copy.po(folder).read_bytes()
    run_command(receive, copy, str(sent), *options)
    assert copy.po(folder).read_bytes() == before


@pytest.mark.parametrize("folder", TYPED)
def test_where_another_translation_stands_already_both_are_kept(
    repository: Copy, folder: str
) -> None:
    (old,) = (e for e in read_po(repository.po(folder)).entries if e.msgid == ENGLISH)
    start = repository.po(folder).read_bytes()
    empty_title(repository, folder)
    type_over(repository, folder)
    sent = repository.letter.parent / "sent.po"
    sent.write_bytes(repository.po(folder).read_bytes())
    repository.po(folder).write_bytes(start)
    for _ in range(2):
        run_command(receive, repository, str(sent))
        entries = read_po(repository.po(folder)).entries
        now = next(e for e in entries if e.msgid == ENGLISH)
        assert (now.msgstr, now.fuzzy) == (old.msgstr, False)
    assert sum(e.msgid == TYPED[folder] and e.obsolete and e.fuzzy for e in entries) == 1


@pytest.mark.parametrize("typed", TYPED.values())
def test_where_no_place_is_sure_it_stays_among_the_obsolete_entries(copy: Copy, typed: str) -> None:
    path = copy.po("ku")
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}\nmsgid "{typed}?"\nmsgstr ""\n', encoding="utf-8")
    told = run_command(update, copy)[1]
    assert "kept among the obsolete entries: “" in told
    assert f'#~ msgstr "{typed}?"' in path.read_text(encoding="utf-8")
    before = path.read_bytes()
    assert "up to date" in run_command(update, copy)[1]
    assert path.read_bytes() == before


@pytest.mark.parametrize("typed", TYPED.values())
def test_several_in_a_row_are_kept_each_in_its_place(typed: str) -> None:
    texts = [f"{typed} {n}" for n in ("Yek", "Du")]
    po = catalogue(*(entry(text, "", "#, fuzzy\n") for text in texts), entry("Last", "Dawî"))
    kept, told = keep_typed_over(po, template(LONG, "Second here", "Last"), ())
    assert [(e.msgid, e.msgstr[0]) for e in kept.entries[:2]] == [
        (LONG, texts[0]),
        ("Second here", texts[1]),
    ]
    assert len(told) == 2


def test_an_untranslated_passage_that_the_authors_changed_leaves_no_trace(copy: Copy) -> None:
    empty_title(copy, "ku")
    copy.change(f"# {ENGLISH}", "# “Nobody ever came here.”")
    run_command(update, copy)
    assert ENGLISH not in copy.po("ku").read_text(encoding="utf-8")


@pytest.mark.parametrize("known", [False, True])
def test_what_was_asked_once_is_no_translation(*, known: bool) -> None:
    old = catalogue(entry("Quite otherwise" if known else LONGER, ""), entry("Last", "Dawî"))
    once = (old,) if known else ()
    assert keep_typed_over(old, template(LONG, "Last"), once) == (old, ())


@pytest.mark.parametrize("folder", TYPED)
def test_a_finished_text_that_was_moved_out_of_its_place_stays_finished(
    repository: Copy, folder: str
) -> None:
    (old,) = (e for e in read_po(repository.po(folder)).entries if e.msgid == ENGLISH)
    start = repository.po(folder).read_bytes()
    empty_title(repository, folder)
    repository.edit(folder, f'msgid "{ENGLISH}"', f'msgid "{old.msgstr[0]}"')
    sent = repository.letter.parent / "sent.po"
    sent.write_bytes(repository.po(folder).read_bytes())
    repository.po(folder).write_bytes(start)
    assert run_command(receive, repository, str(sent))[0] == 0
    assert repository.po(folder).read_bytes() == start
