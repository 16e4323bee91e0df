"""One language never lands in another's catalogue, whatever a file says of itself."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from letter.po.reader import read_po
from scripts import add_language, receive
from tests.conftest import Copy
from tests.merging.examples import run_command
from tests.merging.sending import BETTER, TITLE, refuse_and_keep, send

OPENING = 'world watches.”"\nmsgstr "'
TURKISH = "“Dünya seyrederken ölüme terk ediliyoruz.”"


def send_new(copy: Copy, language: str) -> str:
    """Translate the title in the file that msginit makes; give the file's path."""
    path = copy.letter.parent / "new.po"
    options = ["--no-translator", f"--input={copy.locales / 'letter.pot'}", "--locale=tr"]
    subprocess.run(["msginit", *options, f"--output={path}"], check=True, capture_output=True)
    text = path.read_text(encoding="utf-8").replace("Language: tr", f"Language: {language}")
    assert text.count(OPENING) == 1
    path.write_text(text.replace(OPENING, OPENING + TURKISH), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("language", "added"),
    [("tr", "tr"), ("es", "es"), ("de_DE", "de"), ("sr@latin", "sr-Latn"), ("pt_BR", "pt-BR")],
)
def test_a_language_without_a_catalogue_is_refused_with_the_command_that_adds_it(
    copy: Copy, language: str, added: str
) -> None:
    sent = send_new(copy, language)
    told = refuse_and_keep(copy, sent)
    assert told.startswith(f"{sent}: its header says {language}, ")
    assert f"scripts/add_language.py {added}," in told
    told = refuse_and_keep(copy, sent, f"--language={language}")
    assert told.endswith(f"scripts/add_language.py {added}\n")
    assert copy.run(add_language, added) == 0
    code, told = run_command(receive, copy, sent)
    assert (code, "1 taken" in told) == (0, True), told


@pytest.mark.parametrize(("there", "declared"), [("sr", "sr@latin"), ("zh_Hans", "zh_TW")])
def test_another_script_is_another_language(copy: Copy, there: str, declared: str) -> None:
    assert copy.run(add_language, there.replace("_", "-")) == 0
    assert "add_language.py" in refuse_and_keep(copy, send_new(copy, declared))


def test_the_letters_own_language_and_those_that_cldr_lacks_are_asked_about(copy: Copy) -> None:
    asked = {
        "en": "letter's own language",
        "Kurdish": "no known language",
        "aii": "language.py aii",
    }
    for declared, words in asked.items():
        told = refuse_and_keep(copy, send_new(copy, declared))
        assert words in told
        assert "--language" in told


def test_ku_arab_is_sorani(repository: Copy) -> None:
    sent = send(repository, "Language: ckb", "Language: ku_Arab", "ckb")
    assert "nothing new" in run_command(receive, repository, sent)[1]


@pytest.mark.parametrize("header", ["", '"Language: \\n"\n', '"Language: LANGUAGE\\n"\n'])
def test_without_a_language_a_file_is_of_the_catalogue_whose_words_it_has(
    repository: Copy, header: str
) -> None:
    sent = Path(send(repository, '"Language: ku\\n"\n', header))
    sent.write_text(sent.read_text(encoding="utf-8").replace(TITLE, BETTER), encoding="utf-8")
    code, told = run_command(receive, repository, str(sent))
    assert code == 0, told
    assert "5 of its 6 translations are those of ku" in told
    assert BETTER in repository.po("ku").read_text(encoding="utf-8")


def test_without_a_language_and_without_a_shared_word_a_file_is_asked_about(copy: Copy) -> None:
    told = refuse_and_keep(copy, send_new(copy, "LANGUAGE"))
    assert "say which one with --language (ar, ckb, ku)" in told


def test_a_few_shared_words_among_many_others_are_no_proof(repository: Copy) -> None:
    """A catalogue at hand was translated into another language, and has lost its header."""
    sent = Path(send(repository, '"Language: ku\\n"\n', ""))
    text = re.sub(
        r'(?<=msgstr ")(?=\w)|(?<=\n")(?=\w[^:\n]*[êîûş])', "Evet, ", sent.read_text("utf-8")
    )
    sent.write_text(text, encoding="utf-8")
    assert "--language" in refuse_and_keep(repository, str(sent))


def test_translations_of_another_catalogue_are_asked_about(copy: Copy) -> None:
    """People translate into the file that they have at hand, and half of it stays as it was."""
    assert copy.run(add_language, "tr") == 0
    sent = Path(send(copy, "Language: ku", "Language: tr"))
    text = sent.read_text(encoding="utf-8").replace(TITLE, TURKISH)
    sent.write_text(text, encoding="utf-8")
    told = refuse_and_keep(copy, str(sent))
    assert "its header says tr, but" in told
    assert "are those of ku, word for word" in told


def test_the_translations_of_another_region_are_no_other_language(copy: Copy) -> None:
    shutil.copytree(copy.po("ku").parent, copy.locales / "pt" / "LC_MESSAGES")
    assert copy.run(add_language, "pt-BR") == 0
    text = copy.po("ku").read_text(encoding="utf-8")
    sent = copy.letter.parent / "sent.po"
    sent.write_text(text.replace("Language: ku", "Language: pt_BR"), encoding="utf-8")
    shutil.rmtree(copy.locales / "ku")
    assert run_command(receive, copy, str(sent), "--trust-letters")[0] == 0
    sent.write_text(text.replace("Language: ku", "Language: "), encoding="utf-8")
    assert "(ar, ckb, pt, pt-BR)" in refuse_and_keep(copy, str(sent))


def test_letters_like_anothers_are_warned_of_and_never_choose(copy: Copy) -> None:
    """The Arabic text, every passage changed, under the header of Sorani."""
    sent = copy.letter.parent / "sent.po"
    text = copy.po("ar").read_text(encoding="utf-8").replace("Language: ar", "Language: ckb")
    sent.write_text(text.replace("ن", "ن ").replace("ال", " ال"), encoding="utf-8")
    told = run_command(receive, copy, str(sent), "--trust-letters", "--dry-run")[1]
    warning = "looks more like ar's than ckb's: is it the right file?"
    assert told.count(warning) == 1, told
    assert str(copy.po("ckb")) in told


def test_a_nearly_empty_catalogue_does_not_compete(copy: Copy) -> None:
    """Each organisation's second translator, while the first has hardly begun."""
    assert copy.run(add_language, "tr") == 0
    assert run_command(receive, copy, send_new(copy, "tr"))[0] == 0
    shutil.copy(copy.po("ku"), copy.po("fr"))
    text = copy.po("fr").read_text(encoding="utf-8").replace("Language: ku", "Language: fr")
    copy.po("fr").write_text(text, encoding="utf-8")
    second = Path(send_new(copy, "tr"))
    text = second.read_text(encoding="utf-8").replace("seyrederken", "seyrediyor")
    second.write_text(text, encoding="utf-8")
    told = run_command(receive, copy, str(second))[1]
    assert "looks" not in told
    assert str(copy.po("tr")) in told


def test_a_merge_that_is_not_finished_is_told_in_one_line(repository: Copy) -> None:
    sent = send(repository, TITLE, BETTER)
    place = f'msgstr "{TITLE}"\n'
    both = f"<<<<<<< HEAD\n{place}=======\n{place}>>>>>>> translator\n"
    repository.edit("ku", place, both)
    line = repository.po("ku").read_text(encoding="utf-8").split("\n").index("<<<<<<< HEAD") + 1
    told = refuse_and_keep(repository, sent)
    assert told.startswith(f"{repository.po('ku')}:{line}: a merge in this file is not finished")
    assert told.count("\n") == 1
    other = send(repository, "Language: ar", "Language: ar", "ar", "ar.po")
    assert run_command(receive, repository, other)[0] == 0, "a broken catalogue harms no other"
    assert read_po(repository.po("ar"))
