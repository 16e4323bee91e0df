"""letter.json, as partners build on it."""

import json
from datetime import date
from typing import Any

import jsonschema

from letter.formats.letter_json import make_letter_data
from letter.formats.rendering import STATIC
from letter.formats.site import Site
from letter.po.marks import sign_off
from letter.po.reader import read_po
from letter.po.writer import format_po
from tests.conftest import TAGS, Copy, WriteSite
from tests.formats.test_pdf import LETTER, SITE

SCHEMA = json.loads((STATIC / "letter.schema.json").read_bytes())


def make_data(copy: Copy, site: Site = SITE) -> Any:
    """The data as a partner reads it: through JSON, and valid by the schema."""
    data = json.loads(json.dumps(make_letter_data(copy.read_shelf(), site)))
    jsonschema.validate(data, SCHEMA, cls=jsonschema.Draft202012Validator)
    return data


def test_the_data_names_its_schema_and_other_sites_pages_may_read_both(copy: Copy) -> None:
    client = copy.client("https://example.org")
    found = client.get("/letter.json")
    assert found.headers["Access-Control-Allow-Origin"] == "*"
    address = found.get_json()["$schema"]
    schema = client.get(address.removeprefix("https://example.org"))
    assert schema.headers["Access-Control-Allow-Origin"] == "*"
    jsonschema.validate(found.get_json(), schema.get_json(), cls=jsonschema.Draft202012Validator)
    assert "Access-Control-Allow-Origin" not in client.get("/ar/").headers


def test_it_has_every_passage_in_every_language(copy: Copy) -> None:
    data = make_data(copy)
    assert [language["tag"] for language in data["languages"]] == list(TAGS)
    assert [passage["number"] for passage in data["passages"]] == list(range(6)), "the title is 0"
    assert all(list(p["languages"]) == list(TAGS) for p in data["passages"])
    assert data["passages"][0]["kind"] == "heading"
    assert data["passages"][0]["level"] == 1
    assert [p["kind"] for p in data["passages"][1:6]] == ["paragraph"] * 5
    (signed,) = data["signatories"]
    assert (signed["heading"], signed["count"], len(signed["names"])) == ("", 18, 18)
    assert signed["names"][17]["name"] == "Kurds House"
    assert list(signed["names"][0]["names"]) == ["ar"], "where it has a name of its own"


def test_it_says_who_may_be_trusted_how_far(copy: Copy) -> None:
    languages = {language["tag"]: language for language in make_data(copy)["languages"]}
    assert languages["en"]["status"] == "source"
    assert languages["ar"]["status"] == "draft"
    assert languages["ar"]["direction"] == "rtl"
    assert languages["ar"]["address"] == "https://example.org/aleppo/ar/"
    assert languages["ckb"]["passages"]["finished"] == 5
    assert languages["ckb"]["passages"]["reviewed"] == 0


def test_a_review_is_credited_where_it_was_made(copy: Copy) -> None:
    po = read_po(copy.po("ku"))
    first = copy.read_shelf().letter.passages[1].msgid
    signed, _ = sign_off(po, "Rojda <r@example.org>", date(2026, 11, 20), {first}, {first})
    copy.po("ku").write_bytes(format_po(signed))
    data = make_data(copy)
    language = next(known for known in data["languages"] if known["tag"] == "ku")
    assert language["status"] == "partly reviewed"
    assert language["reviewers"] == [{"name": "Rojda", "day": "2026-11-20"}]
    reviewed = [p["languages"]["ku"]["reviewed_by"] for p in data["passages"]]
    assert reviewed.pop(1) == [{"name": "Rojda", "day": "2026-11-20"}]
    assert not any(reviewed)
    assert "r@example.org" not in json.dumps(data), "a mail address is nobody else's business"


def test_each_passage_says_what_really_stands_there(write_site: WriteSite) -> None:
    entries = 'msgid "One"\nmsgstr "Yek *û* bes"\n\n#, fuzzy\nmsgid "Three"\nmsgstr "Sê"\n\n'
    entries += '#, fuzzy\n#| msgid "Too"\nmsgid "Two"\nmsgstr "Du"\n'
    copy = write_site("# One\n\nTwo\n\nThree\n\nFour\n\nOne\n", ku=entries)
    data = make_data(copy, Site())
    found = {p["source_text"]: p["languages"]["ku"] for p in data["passages"]}
    states = ["finished", "outdated", "unfinished", "untranslated"]
    assert [found[name]["state"] for name in found] == states
    assert (found["One"]["text"], found["One"]["plain"]) == ("Yek *û* bes", "Yek û bes")
    assert found["One"]["language"] == "ku"
    assert (found["Two"]["text"], found["Two"]["language"]) == ("Two", "en")
    assert [found[name]["stands_in"] for name in found] == [False, True, True, True]
    assert data["languages"][1]["status"] == "unreviewed"
    assert data["languages"][1]["address"] == "/ku/"


def test_an_unreadable_catalogue_is_said_to_be(copy: Copy) -> None:
    copy.po("ku").write_text('msgid "broken\n', encoding="utf-8")
    language = make_data(copy)["languages"][3]
    assert (language["tag"], language["status"]) == ("ku", "unreadable")


def test_the_kinds_of_another_letter(write_site: WriteSite) -> None:
    copy = write_site(LETTER.replace("![A box](box.svg)", "- > In both\n"), ar="")
    kinds = {p["source_text"]: (p["kind"], p["level"]) for p in make_data(copy)["passages"]}
    assert kinds["A heading"] == ("heading", 2)
    assert kinds["inner"] == ("item", 0)
    assert kinds["A quotation."] == ("quote", 0)
    assert kinds["In both"] == ("item", 0)
