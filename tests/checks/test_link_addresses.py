"""A link to another site keeps a text from readers; another page of the same site is told."""

from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letter.checks.allowed_links import LinksError, parse_links, read_links
from letter.editions.catalogue import State
from letter.editions.library import Library
from scripts import check, sign_off
from tests.checks.one_message import list_findings
from tests.conftest import WriteSite

WIKI = "See [Aleppo](https://en.wikipedia.org/wiki/Aleppo)."


find = partial(list_findings, checks=("addresses",))


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        ("https://en.wikipedia.org/wiki/Aleppo", "https://ar.wikipedia.org/wiki/حلب_(مدينة)", "ar"),
        ("https://en.wikipedia.org/wiki/Aleppo", "https://ku.m.wikipedia.org/wiki/Heleb", "ku"),
        ("https://en.wikipedia.org/wiki/Aleppo", "https://no.wikipedia.org/wiki/Aleppo", "nb"),
        ("https://en.wikipedia.org/wiki/Aleppo", "https://pt.wikipedia.org/wiki/Alepo", "pt-BR"),
        ("https://www.amnesty.org/en/latest/", "https://www.amnesty.org/tr/latest/", "tr"),
        ("https://www.bbc.com/news", "https://fa.bbc.com/x", "fa"),
        ("https://a.org/?hl=en", "https://a.org/?hl=fa", "fa"),
        ("https://rms.github.io/appendix.en", "https://rms.github.io/appendix.fa", "fa"),
        ("/appendix.en", "/appendix.fa", "fa"),
    ],
)
def test_another_page_of_the_site_is_told_and_shown(source: str, target: str, tag: str) -> None:
    ((severity, text),) = find(f"See [it]({source}).", f"x [y]({target}).", tag)
    whole = target.rstrip("/")
    assert severity == "warning"
    assert f"links to {source.rstrip('/')}" in text
    assert whole in text


@pytest.mark.parametrize("tag", ["ar", "tr", "fa"])
@pytest.mark.parametrize(
    "target",
    [
        "https://{tag}.wikipedia.org.evil.example/wiki/x",
        "https://en.wikipedia.org@evil.example/wiki/Aleppo",
        "https://user@en.wikipedia.org/wiki/Aleppo",
        "https://en.wikipedia.org\\.evil.example/",
        "https://xn--wikipedia-abc.org/wiki/x",
        "https://{tag}.wikipediа.org/wiki/x",
        "https://{tag}.wikipedia.com/wiki/x",
        "https://az.wikipedia.org/wiki/x",
        "https://en.wikipedia.org:8080/wiki/Aleppo",
        "https:/\\evil.example",
        "https://en.wikipedia.org%2fwiki@evil.example/Aleppo",
        "//evil.example/x",
        "evil.org/x",
        "javascript:alert",
    ],
)
def test_another_site_stays_an_error(target: str, tag: str) -> None:
    address = target.format(tag=tag)
    found = find(WIKI, f"x [y]({address}).", tag)
    assert ("error", f"the address {address} is not in the source: remove it, or copy the "
            "right one") in found  # fmt: skip
    assert any(
        "https://en.wikipedia.org/wiki/Aleppo of the source is missing" in t for _, t in found
    )


def test_sites_under_one_public_name_are_others_and_each_page_stands_for_one() -> None:
    assert find("https://it.co.uk/x", "https://fa.co.uk/x", "fa")[0][0] == "error"
    two = f"{WIKI} And [Homs](https://en.wikipedia.org/wiki/Homs)."
    found = find(two, "انظر [حلب](https://ar.wikipedia.org/wiki/x).", "ar")
    assert sorted(severity for severity, _ in found) == ["error", "warning"]
    assert find("Write to a@b.org.", "x c@b.org.", "ar")[0][0] == "error"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("https://t.me/aleppo", "https://t.me/x"),
        ("https://t.me/aleppo", "https://{tag}.t.me/aleppo"),
        ("https://en.facebook.com/aleppo", "https://{tag}.facebook.com/x"),
        ("https://bit.ly/a1", "https://bit.ly/b2"),
        ("https://www.facebook.com/aleppo", "https://m.facebook.com/x"),
        ("https://www.youtube.com/watch?v=1", "https://www.youtube.com/watch?v=2"),
        ("https://docs.google.com/forms/d/1", "https://docs.google.com/forms/d/2"),
        ("https://en.github.io/x", "https://{tag}.github.io/x"),
        ("https://en.blogspot.com/x", "https://{tag}.blogspot.com/x"),
        ("https://wordpress.com/x", "https://{tag}.wordpress.com/x"),
    ],
)
@pytest.mark.parametrize("tag", ["ar", "tr", "fa"])
def test_another_owner_on_a_host_for_everyone_is_another_site(
    source: str, target: str, tag: str
) -> None:
    found = find(f"See [it]({source}).", f"x [y]({target.format(tag=tag)}).", tag)
    assert {severity for severity, _ in found} == {"error"}


def test_the_same_page_for_telephones_is_of_the_site() -> None:
    pages = "See [it](https://www.facebook.com/a).", "x [y](https://m.facebook.com/a)."
    assert [severity for severity, _ in find(*pages, "tr")] == ["warning"]


def test_the_same_page_by_https_or_in_other_escapes_is_right() -> None:
    assert find("See http://a.org/x", "Bkz. https://a.org/x", "tr") == []
    assert find("[x](https://a.org/حلب)", "[y](https://a.org/%D8%AD%D9%84%D8%A8)", "ar") == []
    hidden = find("[x](https://a.org/@evil.org)", "[y](https://a.org%2F@evil.org)", "tr")
    assert hidden[0][0] == "error", "an escape that makes another site"
    ((severity, text),) = find("See https://a.org/x", "Bkz. http://a.org/x", "tr")
    assert severity == "warning"
    assert text.endswith("write https, as there")


def test_the_words_of_a_link_may_name_its_site() -> None:
    named = "[{0}.wikipedia.org](https://{0}.wikipedia.org/wiki/{1})"
    for tag in ("ar", "ku", "tr"):
        found = find(named.format("en", "Aleppo"), named.format(tag, "x"), tag)
        assert [severity for severity, _ in found] == ["warning"]


# ---- locales/links.csv ----


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "links.csv:1: must begin"),
        ("from,to\n", "links.csv:1: must begin"),
        ("source,target\nhttps://a.org\n", "links.csv:2: has 1 cells"),
        (
            "source,target\n\nhttps://a.org,b.org\n",
            "links.csv:3: “b.org” begins no address, since it",
        ),
        (
            "source,target\nhttps://a.org,https://x@b.org\n",
            "links.csv:2: “https://x@b.org” begins no address",
        ),
        ("source,target\njavascript:x,https://b.org\n", "links.csv:2: “javascript:x”"),
        ("source,target\n,https://b.org\n", "links.csv:2: “” begins no address"),
        ('source,target\n"https://a.org,b\n', "links.csv:2: is not CSV"),
    ],
)
def test_a_bad_list_of_links_is_explained_at_its_line(text: str, words: str) -> None:
    with pytest.raises(LinksError) as caught:
        parse_links(text)
    assert str(caught.value).startswith(words)


def test_a_list_of_links_that_is_not_utf8_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    assert read_links(path) == ()
    path.write_bytes("source,target\nhttps://a.org,https://حلب.org\n".encode("cp1256"))
    with pytest.raises(LinksError, match=":2: is not UTF-8"):
        read_links(path)


@settings(max_examples=200)
@given(st.text(st.sampled_from('htps:/a.@,"\n?#é\\') | st.characters()))
def test_any_list_of_links_is_read_or_refused(text: str) -> None:
    with suppress(LinksError):
        links = parse_links("source,target\n" + text)
        find(WIKI, f"x {text}", "ar", links=links)


@pytest.mark.parametrize("above", ["", "sep={}\r\n\r\n"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_list_of_links_is_read_as_a_spreadsheet_saves_it(mark: str, above: str) -> None:
    """Hosts are the same in capitals (RFC 3986, 3.2.2); paths aren't."""
    rows = [("Source", "Target"), ('"HTTPS://A.org/X;1"', "https://B.org/Y")]
    links = parse_links(above.format(mark) + "".join(f"{mark.join(row)}\r\n" for row in rows))
    assert find("[x](https://a.org/X;1)", "[y](https://b.org/Y)", "fa", links=links) == []
    assert find("[x](https://A.org/x;1)", "[y](https://B.org/Y)", "fa", links=links) != []


def test_a_pair_allows_what_begins_so_and_nothing_else() -> None:
    links = parse_links("source,target\nhttps://a.org,https://b.org/fa/\na@a.org,fa@b.org\n")
    assert (
        find("[x](https://a.org/x) a@a.org", "[y](https://b.org/fa/y) fa@b.org", "fa", links=links)
        == []
    )
    for target in ("https://b.org/ar/y", "https://b.org.evil.example/fa/", "https://b.org/fax"):
        assert find("[x](https://a.org/x)", f"[y]({target})", "fa", links=links)[0][0] == "error"
    found = find("[x](https://a.org.evil.example/)", "[y](https://b.org/fa/)", "fa", links=links)
    assert found[0][0] == "error"


PO = 'msgid "Hi"\nmsgstr "سڵاو"\n\nmsgid "Read [it](https://a.org/x)."\n' \
     'msgstr "بیخوێنەوە [ئەمە](https://b.org/y)."\n'  # fmt: skip


def test_the_page_and_the_commands_allow_the_same_links(
    write_site: WriteSite, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last good list stays in force while a row is broken, and a change is seen at once."""
    site = write_site("# Hi\n\nRead [it](https://a.org/x).\n", ckb=PO)
    library = Library(site.letter, site.locales)
    path = site.locales / "links.csv"

    def state() -> State:
        return list(library.look_again().editions["ckb"].passages.values())[-1].state

    assert state() is State.WITHHELD
    assert site.run(check) == 1
    path.write_text("source,target\nhttps://a.org/,https://b.org/\n", "utf-8")
    assert state() is State.FINISHED
    assert site.run(check) == 0
    assert site.run(sign_off, "ckb", "--reviewer", "Zîn <zin@example.org>") == 0
    path.write_text("source,target\nhttps://a.org/path/that/is/longer/,b\n", "utf-8")
    assert state() is State.FINISHED, "the last good list"
    health = library.look_again().report_health()
    assert f"{path.name}:2: “b” begins no address, " in str(health["problems"])
    capsys.readouterr()
    assert site.run(check) == 2
    assert f"{path}:2: “b” begins no address" in capsys.readouterr().err
    path.unlink()
    assert state() is State.WITHHELD
    assert library.look_again().report_health()["status"] == "ok"
