"""`scripts/update.py` after the letter changed, and `scripts/add_language.py`."""

import json
import os
import re
from pathlib import Path

import pytest

from letter.po.header import header_fields
from letter.po.reader import read_po
from scripts import add_language, update
from tests.conftest import Copy, WriteSite
from tests.merging.examples import run_command
from tests.tools import run_gettext


def snapshot(copy: Copy) -> dict[Path, tuple[bytes, int]]:
    files = [path for path in copy.locales.rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def fresh(copy: Copy) -> Copy:
    """A copy whose references have been brought to its own place once."""
    assert copy.run(update) == 0
    return copy


def test_nothing_changed_means_no_byte_of_any_file(fresh: Copy) -> None:
    """Also where the English was wrapped anew."""
    before = snapshot(fresh)
    assert run_command(update, fresh) == (0, "Everything is up to date.\n")
    fresh.change("In the past week, the Assad regime", "In the past week,\nthe Assad regime")
    for options in (["--check"], []):
        assert run_command(update, fresh, *options) == (0, "Everything is up to date.\n")
    assert snapshot(fresh) == before


def test_check_says_what_would_change_and_changes_nothing(fresh: Copy) -> None:
    fresh.change("more than 200 civilians", "more than 210 civilians")
    before = snapshot(fresh)
    code, told = run_command(update, fresh, "--check")
    assert code == 1
    assert told.count("would change: 5 kept, 1 outdated; 96 words to translate") == 3
    assert "[-200-] {+210+}" in told
    code, told = run_command(update, fresh, "--check", "--json")
    assert code == 1
    (outdated,) = json.loads(told)["ku"]["outdated"]
    assert "210 civilians" in outdated["msgid"]
    assert "[-200-] {+210+}" in outdated["changed"]
    assert json.loads(told)["letter.pot"]["changed"] is True
    assert snapshot(fresh) == before


def test_a_change_touches_its_own_entry_and_no_date_but_the_templates(fresh: Copy) -> None:
    old = {path: data.splitlines() for path, (data, _) in snapshot(fresh).items()}
    dates = header_fields(read_po(fresh.po("ar")))
    fresh.change("“We are being left to die as the world watches.”", "“We are left to die.”")
    assert fresh.run(update) == 0
    assert header_fields(read_po(fresh.po("ar"))) == dates
    for path, (data, _) in snapshot(fresh).items():
        if path.suffix == ".po":
            lost = [line for line in old[path] if line not in data.splitlines()]
            assert all(b"We are being left" in line for line in lost)
            assert bool(lost) is (path.name == "letter.po"), path
            run_gettext("msgfmt", "-c", "-o", os.devnull, path)


def test_the_templates_date_stays_so_that_merges_do_not_fail_for_it(fresh: Copy) -> None:
    template = fresh.locales / "letter.pot"
    text = template.read_text(encoding="utf-8")
    template.write_text(re.sub(r"(POT-Creation-Date: )[^\\]*", r"\g<1>2020-01-01 00:00+0000", text))
    fresh.change("A person, who signed in his own name.", "A person.")
    assert fresh.run(update) == 0
    assert "2020-01-01" in template.read_text(encoding="utf-8")
    assert "A person.\n" in template.read_text(encoding="utf-8")
    fresh.change("Kurds House", "Kurds’ House")
    assert fresh.run(update) == 0
    assert "2020-01-01" in template.read_text(encoding="utf-8")


def test_a_page_never_shows_the_old_translation_of_a_changed_sentence(fresh: Copy) -> None:
    fresh.change("Help us save our Syria.", "Help us.")
    assert fresh.run(update) == 0
    page = fresh.client().get("/ar/").get_data(as_text=True)
    page, folded = page.split("<details", 1)
    assert "Help us. More lives need not be lost." in page
    assert "ساعدونا على إنقاذ سوريتنا" not in page
    assert "has changed in English" not in page, "the notice is in Arabic"
    assert "ساعدونا على إنقاذ سوريتنا" in folded, "the earlier translation is there, and named so"
    assert "Help <del>us save our Syria.</del> <ins>us.</ins>" in folded


def test_a_broken_catalogue_is_left_alone_and_the_others_are_updated(fresh: Copy) -> None:
    fresh.po("ar").write_text('msgid "broken\n', encoding="utf-8")
    fresh.change("Kurds House", "The Kurds House")
    code, told = run_command(update, fresh)
    assert code == 2
    assert "letter.po:1: " in told
    assert fresh.po("ar").read_text(encoding="utf-8") == 'msgid "broken\n'
    assert "The Kurds House" in fresh.po("ku").read_text(encoding="utf-8")


def test_minor_keeps_a_correction_finished_and_names_it(fresh: Copy) -> None:
    fresh.change("area—Dier Ezzor—receives", "area—Deir Ezzor—receives")
    code, told = run_command(update, fresh, "--minor")
    assert code == 0
    assert "kept as finished: … " in told
    health = fresh.client().get("/healthz").get_json()
    assert health["editions"]["ckb"]["finished"] == 5


@pytest.mark.parametrize("tag", ["fa", "pt-BR", "zh-Hant", "cy", "he", "uk", "fr"])
def test_a_new_language_is_complete_and_its_edition_is_there_at_once(copy: Copy, tag: str) -> None:
    client = copy.client()
    assert client.get(f"/{tag}/").status_code in (301, 404)
    assert copy.run(add_language, tag) == 0
    page = client.get(f"/{tag}/")
    assert page.status_code == 200
    assert f'<html lang="{tag}" dir="{"rtl" if tag in ("fa", "he") else "ltr"}">' in page.text
    path = copy.po(tag.replace("-", "_"))
    run_gettext("msgfmt", "-c", "-o", os.devnull, path)
    assert run_gettext("msgcat", path) == path.read_bytes()
    assert header_fields(read_po(path))["Language"] == tag.replace("-", "_")


def test_a_language_that_cldr_lacks_is_complete_and_its_edition_is_there_at_once(
    copy: Copy,
) -> None:
    client, rule = copy.client(), "nplurals=3; plural=n>1 ? 2 : n;"
    options = ["--name", "ܣܘܪܝܬ", "--english-name", "Assyrian", "--direction", "rtl"]
    code, told = run_command(add_language, copy, "aii", *options, "--plurals", rule)
    assert (code, "ܣܘܪܝܬ (Assyrian) is ready" in told) == (0, True)
    assert all(f" at {page} " in told for page in ("/aii/", "/desk/aii/"))
    page = client.get("/aii/").text
    assert '<html lang="aii" dir="rtl">' in page
    assert '<meta property="og:locale" content="aii">' in page
    assert 'ܣܘܪܝܬ<span class="hidden" lang="en" dir="ltr">, Assyrian</span>' in page
    assert client.get("/", headers={"Accept-Language": "aii-IQ,ar"}).location == "aii/"
    path = copy.po("aii")
    run_gettext("msgfmt", "-c", "-o", os.devnull, path)
    assert run_gettext("msgcat", path) == path.read_bytes()
    fields = header_fields(read_po(path))
    assert (fields["Language"], fields["Plural-Forms"]) == ("aii", rule)
    copy.change("Help us save our Syria.", "Help us.")
    assert copy.run(update) == 0
    assert header_fields(read_po(path)) == fields
    path.write_bytes(path.read_bytes() + b'\nmsgid "broken')
    assert '<html lang="aii" dir="rtl">' in copy.client().get("/aii/").text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("aii", '--name "…" --direction rtl'),
        ("aii --name ܣܘܪܝܬ", "--direction rtl, and, where its plural rule is another one, --pl"),
        ("zza --direction ltr", "CLDR doesn't know zza (Zaza): say its name"),
        ("nan --name <b>a</b> --direction ltr", "write 'ba/b'"),
        (f"nan --name {'a' * 10_000} --direction ltr", f"write '{'a' * 60}'"),
        ("nan --name \u202ea --direction ltr", "write 'a'"),
        ("nan --name a --direction ltr --plurals n", "cannot be read"),
        ("fa --direction ltr", "fa is written rtl: leave out --direction"),
        ("kmr --name Kurmancî --direction ltr", "use ku"),
        ("und --name a --direction ltr", "CLDR has no language 'und'"),
        ("AII --name a --direction ltr", "say “Language: aii”"),
        ("ar-EG-x-a --name a --direction ltr", "use 'ar'"),
    ],
)
def test_what_is_missing_or_wrong_of_a_language_is_told(
    copy: Copy, options: str, words: str
) -> None:
    before = sorted(copy.locales.rglob("*"))
    code, told = run_command(add_language, copy, *options.split(" "))
    assert code == 2
    assert words in told
    assert sorted(copy.locales.rglob("*")) == before


def test_a_catalogue_that_is_there_is_never_written_over(copy: Copy) -> None:
    path = copy.po("aii")
    path.parent.mkdir(parents=True)
    path.write_text("somebody's work", encoding="utf-8")
    code, told = run_command(add_language, copy, "aii", "--name", "a", "--direction", "rtl")
    assert (code, "is there already" in told) == (2, True)
    assert path.read_text(encoding="utf-8") == "somebody's work"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("kmr", "use ku"),
        ("ku_Arab", "ckb"),
        ("ku-Arab-IQ", "ckb"),
        ("ku", "is there already: translators can go on in it"),
        ("en", "own language"),
        ("xx", "CLDR doesn't know xx"),
        ("../evil", "is not a language"),
    ],
)
def test_what_babel_would_get_wrong_is_refused(copy: Copy, tag: str, words: str) -> None:
    before = sorted(copy.locales.rglob("*"))
    code, told = run_command(add_language, copy, tag)
    assert code == 2
    assert words in told
    assert sorted(copy.locales.rglob("*")) == before


# --- a catalogue that would lose most of its translations, and obsolete entries -----------------

OTHER = "# Another letter\n\nIt has a text.\n\nAnd a second one.\n"


def test_most_of_a_catalogue_becomes_obsolete_only_after_a_yes(fresh: Copy) -> None:
    fresh.letter.write_text(OTHER, encoding="utf-8")
    before = snapshot(fresh)
    for options in ([], ["--json"], ["--check"]):
        code, told = run_command(update, fresh, *options)
        assert code == (1 if options == ["--check"] else 2)
        assert "6 of the letter's 6 translations would become obsolete: add --yes" in told
        assert ("Nothing was written.\n" in told) == (options != ["--check"])
        assert snapshot(fresh) == before
    code, told = run_command(update, fresh, "--yes")
    assert code == 0
    assert told.count("changed: 3 new, 6 gone, 18 names gone") == 3
    assert "Another letter" in fresh.po("ku").read_text(encoding="utf-8")


def test_who_edits_shortens_or_rewrites_a_part_of_the_letter_is_not_asked(fresh: Copy) -> None:
    text = fresh.letter.read_text(encoding="utf-8")
    names = re.findall(r"(?m)^- .*\n  .*\n|^- .*\n", text)
    for name in names[len(names) // 2 :]:
        text = text.replace(name, "")
    fresh.letter.write_text(text.replace("the ", "this "), encoding="utf-8")
    code, told = run_command(update, fresh)
    assert code == 0
    assert "outdated" in told
    assert " gone; " in told


def test_a_small_letter_is_rewritten_without_a_question(write_site: WriteSite) -> None:
    site = write_site("One\n\nTwo\n", fr='msgid "One"\nmsgstr "Un"\n\nmsgid "Two"\nmsgstr "Deux"\n')
    site.letter.write_text("Apples\n\nPears\n", encoding="utf-8")
    assert site.run(update) == 0
    assert '#~ msgstr "Un"' in site.po("fr").read_text(encoding="utf-8")


OBSOLETE = """\

# A loose comment.

# of the entry
#, fuzzy
#~| msgid "older"
#~ msgid "gone"
#~ msgstr "çû"

#~ msgid "gone too"
#~ msgid_plural "gone toos"
#~ msgstr[0] "ew jî"
#~ msgstr[1] "ew jî"
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("place", ["end", "middle", "top"])
def test_prune_removes_obsolete_entries_and_nothing_else(
    fresh: Copy, newline: str, place: str
) -> None:
    assert fresh.run(update, "--prune") == 0, "the page's texts of once"
    path = fresh.po("ku")
    clean = path.read_bytes().decode()
    places = {
        "end": len(clean),
        "middle": clean.index("\n\n#. ", 9000) + 1,
        "top": clean.index("\n#. "),
    }
    at = places[place]
    path.write_bytes((clean[:at] + OBSOLETE + clean[at:]).replace("\n", newline).encode())
    before = snapshot(fresh)
    code, told = run_command(update, fresh, "--prune", "--check")
    assert (code, told) == (
        1,
        f"{path}: 2 obsolete entries would go\n  gone → çû\n  gone too → ew jî / ew jî\n"
        "Their texts would then be only in git's history, as far as they were committed.\n",
    )
    assert snapshot(fresh) == before
    assert run_command(update, fresh, "--prune") == (
        0,
        f"{path}: 2 obsolete entries removed\n"
        "Their texts are now only in git's history, as far as they were committed.\n",
    )
    left = clean[:at] + "\n# A loose comment.\n" + (clean[at:] or "\n")
    assert path.read_bytes().decode() == left.replace("\n", newline)
    before = snapshot(fresh)
    assert run_command(update, fresh, "--prune") == (0, "There are no obsolete entries.\n")
    assert snapshot(fresh) == before


def test_prune_leaves_alone_what_is_no_edition(fresh: Copy) -> None:
    path = fresh.po("en")
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr "Language: en\\n"\n{OBSOLETE}', encoding="utf-8")
    before = path.read_bytes()
    code, told = run_command(update, fresh, "--prune")
    assert (code, f"{path}: the letter itself is this edition" in told) == (2, True)
    assert path.read_bytes() == before


def test_prune_leaves_a_broken_catalogue_alone(fresh: Copy) -> None:
    fresh.po("ar").write_text('msgid "broken\n', encoding="utf-8")
    code, told = run_command(update, fresh, "--prune", "--json")
    assert code == 2
    assert "letter.po:1: " in told
