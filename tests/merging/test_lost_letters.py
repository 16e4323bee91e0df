"""A file whose letters were lost or turned on the way is refused, and a right one is not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from letter.merging.lost_letters import find_lost_letters
from letter.po.model import Entry, PoFile
from letter.po.reader import read_po
from letter.po.writer import format_po
from scripts import receive
from tests.conftest import Copy
from tests.merging.examples import run_command
from tests.merging.sending import BETTER, TITLE, refuse_and_keep, send, send_turned
from tests.processor_time import limit_time

Turn = Callable[[str], str]


def save_as(codec: str) -> Turn:
    """Make what saves a text in an encoding that lacks its letters."""
    return lambda text: text.encode(codec, "replace").decode(codec)


def read_as(codec: str, wrong: str) -> Turn:
    """Make what reads a text's bytes in another encoding than theirs."""
    return lambda text: text.encode(codec, "replace").decode(wrong, "replace")


def without_marks(text: str) -> str:
    return text.translate(str.maketrans("şŞêÊîÎûÛçÇ", "sSeEiIuUcC"))


TURNS: dict[str, tuple[str, Turn, str]] = {
    "Sorani saved as cp1256": ("ckb", save_as("cp1256"), "ب?ج?"),
    "Sorani saved as cp1252": ("ckb", save_as("cp1252"), "??????"),
    "Kurmanji saved as cp1252": ("ku", save_as("cp1252"), "tema?e"),
    "Kurmanji without marks": ("ku", without_marks, "ê î ş û"),
    "Kurmanji without ş": ("ku", lambda text: text.translate({351: "s", 350: "S"}), "texts: ş"),
    "Kurmanji in cp1254 read as cp1252": ("ku", read_as("cp1254", "cp1252"), "temaþe"),
    "Kurmanji in UTF-8 read as cp1252": ("ku", read_as("utf-8", "cp1252"), "tÃªn"),
    "Kurmanji in UTF-8 read as cp1254": ("ku", read_as("utf-8", "cp1254"), "tÃªn"),
    "Arabic in UTF-8 read as cp1252": ("ar", read_as("utf-8", "cp1252"), "Ø"),
    "Arabic in UTF-8 read as cp1256": ("ar", read_as("utf-8", "cp1256"), "ط"),
    "Arabic in cp1256 read as cp1252": ("ar", read_as("cp1256", "cp1252"), "ÍáÈ"),
    "Sorani with U+FFFD": ("ckb", lambda text: text.replace("ە", "\ufffd"), "\ufffd"),
}


@pytest.mark.parametrize("name", TURNS)
def test_a_file_whose_letters_a_program_damaged_is_refused(copy: Copy, name: str) -> None:
    tag, turn, example = TURNS[name]
    told = refuse_and_keep(copy, send_turned(copy, tag, turn))
    assert f"letters of {tag} were lost on the way" in told
    assert example in told
    assert "UTF-8" in told


@pytest.mark.parametrize(
    ("generator", "advice"), [("Poedit 3.4.2", "in Poedit: "), ("", "in Notepad: Save as")]
)
def test_how_to_save_is_said_for_the_program_that_made_the_file(
    copy: Copy, generator: str, advice: str
) -> None:
    copy.edit("ku", '"X-Letter-Status: draft\\n"', f'"X-Generator: {generator}\\n"')
    assert advice in refuse_and_keep(copy, send_turned(copy, "ku", save_as("cp1252")))


def test_each_damaged_word_is_told_with_its_line(copy: Copy) -> None:
    sent = send(copy, TITLE, "“Em ji mirinê re tên hi?tin, ?êx Me?sûd, û cîhan tema?e dike.”")
    told = refuse_and_keep(copy, sent)
    line = next(e.line for e in read_po(copy.po("ku")).entries if e.msgstr == (TITLE,))
    assert f"{sent}:{line}: hi?tin, ?êx, Me?sûd\n" in told


@pytest.mark.parametrize(
    "text",
    [
        "“Em ê bimirin? Na, em ê nemirin?”",
        "“Em ê bimirin?Na.”",
        "“Binêre https://example.org/?a=b&c=d?e=f û example.org/?q=x?y.”",
        "“Bi `a?b:c?d` û <a href='?next=x&y=?z'>.”",
        "“Þórður û Erdoğan û Łódź û Dvořák û Čapek û Đorđe û Ñuñoa.”",
        "“Em ji mirinê re tên hiþtin.”",  # one word, which is a finding of the checks
        "“Em ji mirinê re tên hi\ufffdtin.”",
        BETTER.upper(),
    ],
)
def test_what_a_person_types_is_no_lost_letter(repository: Copy, text: str) -> None:
    code, told = run_command(receive, repository, send(repository, TITLE, text))
    assert (code, "1 taken" in told) == (0, True), told


def test_a_file_can_be_taken_though_its_letters_look_lost(repository: Copy) -> None:
    sent = send_turned(repository, "ku", save_as("cp1252"))
    assert "lost" not in run_command(receive, repository, sent, "--trust-letters")[1]


def put_text(copy: Copy, folder: str, make: Callable[[str], str], count: int = 1) -> str:
    """Put texts made of the English under the long passages; give the file's path."""
    po = read_po(copy.po(folder))
    long = [entry.msgid for entry in po.entries if len(entry.msgid) > 150][:count]
    entries = [replace(e, msgstr=(make(e.msgid),)) if e.msgid in long else e for e in po.entries]
    path = copy.letter.parent / "put.po"
    path.write_bytes(format_po(replace(po, entries=tuple(entries))))
    return str(path)


@pytest.mark.parametrize("folder", ["ar", "ckb", "ku"])
@pytest.mark.parametrize(
    "make",
    [
        lambda text: f"{text} ",
        lambda text: text.replace("’", "'"),
        lambda text: text.replace(" the ", " all the ", 1),
    ],
)
def test_the_english_in_place_of_texts_is_no_loss_of_letters(
    repository: Copy, folder: str, make: Turn
) -> None:
    """People copy a passage to work on, and a tool copies all."""
    for count in (1, 4):
        told = run_command(receive, repository, put_text(repository, folder, make, count))[1]
        assert "lost" not in told


@pytest.mark.parametrize(("folder", "tag"), [("ar", "ku"), ("ku", "ar"), ("ckb", "ku")])
def test_a_file_in_another_script_is_asked_about(copy: Copy, folder: str, tag: str) -> None:
    told = refuse_and_keep(copy, str(copy.po(folder)), f"--language={tag}")
    script = "Latin" if folder == "ku" else "Arabic"
    assert f"its texts are in {script} letters, and those of {tag} are not: is it the r" in told
    assert "lost" not in told


def test_a_name_in_its_own_script_is_no_other_file(repository: Copy) -> None:
    sent = send(repository, 'msgstr "Baytna Syria"', 'msgstr "بيتنا سوريا"')
    assert run_command(receive, repository, sent)[0] == 0


@pytest.mark.parametrize(
    ("folder", "codec", "example"),
    [("ku", "iso8859-9", "?Em"), ("ar", "iso8859-6", "?إننا")],
)
def test_quotation_marks_that_an_encoding_lacks_are_seen(
    copy: Copy, folder: str, codec: str, example: str
) -> None:
    text = copy.po(folder).read_text(encoding="utf-8")
    for declared in ("UTF-8", codec):
        sent = copy.letter.parent / "sent.po"
        sent.write_bytes(text.replace("UTF-8", declared).encode(codec, "replace"))
        told = refuse_and_keep(copy, str(sent), "--language", folder)
        assert "were lost on the way" in told
        assert example in told


@pytest.mark.parametrize(
    "text",
    [
        "?Em ji mirinê re tên hiştin û cîhan temaşe dike.?",
        "? Em ji mirinê re tên hiştin û cîhan temaşe dike. ?",
        "?Em li ber çavên cîhanê ji mirinê re tên hiştin.?",
        "“Em ji mirinê re tên hiştin û cîhan temaşe dike.?",
    ],
)
def test_marks_lost_in_one_text_are_seen_by_the_english_or_the_text_of_before(
    copy: Copy, text: str
) -> None:
    assert "were lost on the way" in refuse_and_keep(copy, send(copy, TITLE, text))


@pytest.mark.parametrize(
    "text",
    [
        "Em ji mirinê re tên hiştin?",
        "¿Em ji mirinê re tên hiştin? Na.",
        "“Em ji mirinê re tên hiştin; cîhan temaşe dike؟”",
        "Em ji mirinê re tên hiştin ? Cîhan temaşe dike !",
        "Em ji mirinê re (?) tên hiştin.",
    ],
)
def test_a_question_without_quotation_marks_has_lost_none(repository: Copy, text: str) -> None:
    code, told = run_command(receive, repository, send(repository, TITLE, text))
    assert (code, "1 taken" in told) == (0, True), told


def make_po(*texts: str) -> PoFile:
    entries = (Entry(f"Message {n}", (text,), line=n) for n, text in enumerate(texts))
    return PoFile("x.po", entries=tuple(entries))


def test_icelandic_letters_are_right_in_icelandic_and_turned_in_turkish() -> None:
    texts = "Það er þörf", "Við getum ekki beðið", "Ýmsir þættir", "Friður þegar í stað"
    icelandic = make_po(*texts)
    turkish = make_po("þimdi barýþ", "yaþasýn Baðdat", "savaþ deðil barýþ")
    assert find_lost_letters(icelandic, make_po(), "is") == ([], "")
    assert len(find_lost_letters(turkish, make_po(), "tr")[0]) == 3
    turned = make_po(*(text.encode("cp1252").decode("cp1254") for text in texts))
    assert len(find_lost_letters(turned, make_po(), "is")[0]) == 4


def test_what_the_catalogue_has_in_the_same_way_was_not_lost_on_the_way() -> None:
    texts = make_po("tema?e hi?tin", "ku?tin ?er", "me?in re?")
    assert find_lost_letters(texts, texts, "ku") == ([], "")
    assert find_lost_letters(texts, make_po(), "ku")[0]


def test_question_marks_of_the_english_are_no_lost_letters() -> None:
    asked = Entry("Who?Where?When?", ("Kî?Kû?Kengî?",), line=1), Entry("Why?Not", ("Çima?Na",))
    assert find_lost_letters(PoFile("x.po", entries=asked), make_po(), "ku") == ([], "")


def test_letters_of_another_keyboard_are_no_lost_letters(copy: Copy) -> None:
    """Sorani typed on an Arabic keyboard is a finding of the checks, and readable."""
    po = read_po(copy.po("ckb"))
    keys = str.maketrans("یکە", "يكه")
    entries = [replace(e, msgstr=(e.msgstr[0].translate(keys),)) for e in po.entries]
    assert find_lost_letters(replace(po, entries=tuple(entries)), po, "ckb") == ([], "")


def test_letters_in_parts_are_no_lost_letters(copy: Copy) -> None:
    """macOS and OmegaT write î as i and a mark (NFD)."""
    po = read_po(copy.po("ku"))
    parts = str.maketrans({"ê": "e\u0302", "î": "i\u0302", "û": "u\u0302", "ş": "s\u0327"})
    entries = [replace(e, msgstr=(e.msgstr[0].translate(parts),)) for e in po.entries]
    assert find_lost_letters(replace(po, entries=tuple(entries)), po, "ku") == ([], "")


@pytest.mark.parametrize("part", ["a?", "](", "<a"])
def test_a_long_text_costs_as_much_as_its_letters(part: str) -> None:
    sent = PoFile("x.po", entries=(Entry("Kurds House", (part * 20_000,)),))
    with limit_time(3):
        find_lost_letters(sent, make_po(), "ku")
