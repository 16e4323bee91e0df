"""A file that came by mail is shown as readers would see it, with a margin, on one page."""

import html
import re
import zipfile
from pathlib import Path

import pytest
import yaml

from scripts import preview, update
from tests.conftest import Copy
from tests.git import commit, start_repository
from tests.merging.examples import run_command
from tests.merging.sending import BETTER, TITLE
from tests.tools import ROOT

KURDS = 'msgid "Kurds House"'
NUMBER = ("250 hezar", "255 hezar")


@pytest.fixture
def desk(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """The real letter in git, in whose folder commands run."""
    start_repository(copy.letter.parent)
    commit(copy.letter.parent)
    monkeypatch.chdir(copy.letter.parent)
    return copy


def show(copy: Copy, *arguments: str) -> tuple[int, str]:
    """Make previews, and see that no catalogue changes; give the exit code and what is printed."""
    before = {path: path.read_bytes() for path in copy.locales.rglob("*") if path.is_file()}
    told = run_command(preview, copy, *arguments)
    assert {path: path.read_bytes() for path in copy.locales.rglob("*") if path.is_file()} == before
    return told


def change(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def read_words(name: str) -> str:
    """Read the words of a page, as a person sees them."""
    page = Path(name).read_text(encoding="utf-8")
    body = re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", body)).split())


def test_an_old_file_is_shown_with_what_it_changed_and_what_others_did_since(desk: Copy) -> None:
    text = desk.po("ku").read_text(encoding="utf-8")
    sent = change(text, (TITLE, BETTER), NUMBER, ('msgstr "Kurds House"', 'msgstr "Mala Kurdan"'))
    Path("final (2).po").write_text(sent, encoding="utf-8")
    desk.edit("ku", "Tevî rêkeftina Rawestandina", "Digel rêkeftina Rawestandina")
    commit(desk.letter.parent)
    code, told = show(desk, "final (2).po")
    assert (code, told) == (0, "preview-ku.html: Kurdish (Kurmanji): 5 of 6 done, 1 error\n")
    words = read_words("preview-ku.html")
    for seen in (
        BETTER,
        "Digel rêkeftina",
        "Mala Kurdan",
        "would see of final (2).po",
    ):
        assert seen in words
    assert re.search(r"Error, line \d+: .*250", words)
    page = Path("preview-ku.html").read_text(encoding="utf-8")
    assert page.count("data-finding=") == 1
    assert not re.search(r"<(?:script|link rel=.stylesheet|iframe)|\bsrc=|url\(|@import", page)
    assert str(desk.letter.parent) not in page


def test_what_is_open_is_named_and_the_page_around_speaks_as_it_was_sent(desk: Copy) -> None:
    text = desk.po("ku").read_text(encoding="utf-8")
    paths = ("letter.po", "interface.po")
    page = desk.po("ku").with_name("interface.po").read_text(encoding="utf-8")
    sent = re.sub(r'(msgid ""\n"We do not understand)', r"#, fuzzy\n\1", text)
    assert sent != text
    page = change(page, ("Ev werger reşnivîs e", "Ev wergera han reşnivîs e"))
    with zipfile.ZipFile("work.zip", "w") as archive:
        archive.writestr(paths[0], sent)
        archive.writestr(paths[1], page)
    code, told = show(desk, "work.zip", "--output", "x.html")
    assert (code, told) == (0, "x.html: Kurdish (Kurmanji): 5 of 6 done, no findings\n")
    words = read_words("x.html")
    assert "Ev wergera han reşnivîs e" in words
    assert "Next: Passage 5" in words
    assert "Needs work: it is marked fuzzy" in words
    assert "scripts/" not in words


def test_a_broken_file_has_a_page_with_its_line(desk: Copy) -> None:
    name = "<img src=x>.po"
    Path(name).write_text('msgid "Aleppo"\nmsgstr "Heleb\n', encoding="utf-8")
    code, told = show(desk, name)
    line = f"{name}:2: This line has an opening quotation mark but no closing one"
    assert (code, told.splitlines()[0]) == (1, "preview.html: says what is wrong with the file")
    assert line in told
    assert line in read_words("preview.html")
    assert "<img" not in Path("preview.html").read_text(encoding="utf-8")
    Path("notes.txt").write_text("Hello", encoding="utf-8")
    assert show(desk, "notes.txt", "--output", "x.html")[0] == 1
    assert "has no msgid" in read_words("x.html")


def test_what_is_no_file_has_no_page(desk: Copy) -> None:
    assert show(desk, "none.po") == (2, "none.po: there is no such file: name the file that came\n")
    assert show(desk, "locales") == (2, "locales: is a folder: name the file that came\n")
    assert not Path("preview.html").exists()


def test_a_broken_language_is_no_matter_of_another_one(
    desk: Copy, caplog: pytest.LogCaptureFixture
) -> None:
    desk.po("ckb").write_text(desk.po("ckb").read_text(encoding="utf-8") + 'msgid "x\n')
    code, told = show(desk, "locales/ku/LC_MESSAGES/letter.po")
    assert (code, told) == (0, "preview-ku.html: Kurdish (Kurmanji): 6 of 6 done, no findings\n")
    assert caplog.messages == []


def test_a_catalogue_in_its_place_is_shown_as_it_is_and_a_broken_one_with_its_line(
    desk: Copy,
) -> None:
    path = "locales/ar/LC_MESSAGES/letter.po"
    assert show(desk, path, "--language", "ar")[0] == 0
    words = read_words("preview-ar.html")
    lines = desk.po("ar").read_text(encoding="utf-8").splitlines()
    assert f"letter.po:{lines.index(KURDS) + 2}" in words
    assert "Send the file back by mail" in words
    assert "scripts/" not in words
    interface = desk.po("ar").with_name("interface.po")
    good = interface.read_bytes()
    interface.write_bytes(good + b'msgid "x\n')
    code, told = show(desk, path)
    assert code == 1
    assert told.splitlines()[-1].startswith("locales/ar/LC_MESSAGES/interface.po:")
    shown = told.splitlines()[-1].removeprefix("locales/ar/LC_MESSAGES/")
    assert shown in read_words("preview-ar.html")
    interface.write_bytes(good)
    desk.po("ar").write_text(desk.po("ar").read_text(encoding="utf-8") + 'msgid "x\n')
    code, told = show(desk, path, "--language", "ar", "--output", "x.html")
    assert code == 1
    assert re.search(rf"{path}:\d+: This line has an opening", told)
    shown = told.splitlines()[-1].removeprefix("locales/ar/LC_MESSAGES/")
    assert f" {shown}" in read_words("x.html")


def test_places_are_those_of_the_file_that_was_sent(desk: Copy, tmp_path: Path) -> None:
    wrong = change(desk.po("ku").read_text(encoding="utf-8"), NUMBER)
    unwrapped = re.sub(r'(?<!\\n)"\n"', "", wrong)
    sent = tmp_path / "elsewhere" / "unwrapped.po"
    sent.parent.mkdir()
    sent.write_text(unwrapped, encoding="utf-8")
    desk.edit("ku", 'msgstr "Kurds House"', 'msgstr "Mala Kurdan"')
    commit(desk.letter.parent)
    code, told = show(desk, str(sent))
    assert (code, told) == (0, "preview-ku.html: Kurdish (Kurmanji): 5 of 6 done, 1 error\n")
    page, words = Path("preview-ku.html").read_text(encoding="utf-8"), read_words("preview-ku.html")
    lines = unwrapped.splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "255 hezar" in text)
    assert f"Error, line {line}: " in words
    places = {int(number) for number in re.findall(r"unwrapped\.po:(\d+)", page)}
    assert line in places
    assert all(lines[place - 1].startswith("msgstr") for place in places)
    assert lines.index(KURDS) + 2 not in places  # since readers see another text
    assert not re.search(r"(?<!interface)\bletter\.po", page)
    assert str(tmp_path) not in page


def test_an_edited_msgid_is_told_and_one_that_changed_in_the_letter_is_not(desk: Copy) -> None:
    text = desk.po("ku").read_text(encoding="utf-8")
    Path("mine.po").write_text(
        change(text, ('msgid "“We are', 'msgid "“We were')), encoding="utf-8"
    )
    code, told = show(desk, "mine.po")
    assert (code, told) == (0, "preview-ku.html: Kurdish (Kurmanji): 6 of 6 done, 1 error\n")
    words = read_words("preview-ku.html")
    assert "“We were being left to die as the world …” is not, word for word, in" in words
    assert "check.py finds nothing" not in words
    desk.po("ku").write_bytes(Path("mine.po").read_bytes())  # as on a branch of its own
    show(desk, "locales/ku/LC_MESSAGES/letter.po")
    words = read_words("preview-ku.html")
    assert words.count("Error, line") == words.count("is not, word for word, in the letter") == 1
    assert "scripts/" not in words
    Path("old.po").write_text(text, encoding="utf-8")
    desk.po("ku").write_text(text, encoding="utf-8")
    desk.change("# “We are being", "# “We were being")
    assert desk.run(update) == 0
    commit(desk.letter.parent)
    assert show(desk, "old.po")[1].endswith("5 of 6 done, no findings\n")


def test_each_language_in_an_archive_has_its_page(desk: Copy) -> None:
    with zipfile.ZipFile("all.zip", "w") as archive:
        for tag in ("ar", "ckb"):
            archive.write(desk.po(tag), f"{tag}.po")
        archive.writestr("broken.po", 'msgid "x\n')
    code, told = show(desk, "all.zip", "--output", "x.html")
    assert (code, Path("x.html").exists()) == (2, False)
    assert "makes a page for ar and ckb each" in told
    code, told = show(desk, "all.zip")
    assert code == 1
    for tag in ("ar", "ckb"):
        assert "all.zip: broken.po:1: This line has" in read_words(f"preview-{tag}.html")


@pytest.mark.parametrize("path", sorted(ROOT.glob(".github/workflows/*")), ids=lambda p: p.name)
def test_no_words_of_a_stranger_are_run_by_the_forge(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert not re.search(r"pull_request_target|workflow_run|secrets\.", text)
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert not any("${{" in step.get("run", "") for step in steps)
    checkouts = [step["with"] for step in steps if "checkout" in step.get("uses", "")]
    assert checkouts
    lists = [line for step in steps for line in step.get("run", "").splitlines()]
    names = [number for number, line in enumerate(lists) if "read -r -d ''" in line]
    assert all("=~ ^[A-Za-z0-9_@-]+$" in "".join(lists[number : number + 3]) for number in names)
    assert not any(each["persist-credentials"] for each in checkouts)
