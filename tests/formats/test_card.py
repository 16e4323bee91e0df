"""The share card, as far as a program can tell; a person has looked at the letter's own."""

import io
import sys
from dataclasses import replace

import pytest
from PIL import Image, features

from letter.formats.card import PAPER, fill_card, paint_card
from letter.formats.fonts import MissingLibraryError
from tests.conftest import TAGS, Copy, WriteSite

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("documents")]


def draw(copy: Copy, tag: str) -> bytes:
    return paint_card(fill_card(copy.read_shelf().editions[tag]))


def find_ink(card: bytes, box: tuple[int, int, int, int]) -> int:
    """How many pixels within a box of the card are not paper."""
    part = Image.open(io.BytesIO(card)).convert("RGB").crop(box)
    paper = tuple(bytes.fromhex(PAPER[1:]))
    return sum(
        count for count, colour in part.getcolors(1 << 20) or [] if not is_near(colour, paper)
    )


def is_near(one: object, other: tuple[int, ...]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 16 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("tag", TAGS)
def test_it_is_as_networks_expect_and_within_its_edges(copy: Copy, tag: str) -> None:
    card = draw(copy, tag)
    assert draw(copy, tag) == card
    image = Image.open(io.BytesIO(card))
    assert (image.format, image.size, image.mode) == ("PNG", (1200, 630), "P")
    assert len(image.getcolors() or []) <= 16
    assert len(card) <= 24_000
    left, right = (0, 0, 20, 630), (1180, 0, 1200, 630)
    begin, end = (right, left) if tag in ("ar", "ckb") else (left, right)
    assert find_ink(card, begin) > 0, "it begins where its language does"
    assert find_ink(card, end) == 0
    far = (24, 0, 60, 630) if tag in ("ar", "ckb") else (1140, 0, 1176, 630)
    for edge in (far, (24, 0, 1176, 60), (24, 600, 1176, 630)):
        assert find_ink(card, edge) == 0


def test_joined_letters_are_not_single_ones_in_a_row(write_site: WriteSite) -> None:
    """Without shaping, a word and the same letters held apart would look alike."""
    joined, apart = "ننننننن", "\u200c".join("ننننننن")
    widths = []
    for word in (joined, apart):
        copy = write_site("# Hi\n", ar=f'msgid "Hi"\nmsgstr "{word}"\n')
        widths.append(find_ink(draw(copy, "ar"), (80, 80, 1120, 300)))
    assert widths[0] < 0.8 * widths[1]


def test_long_titles_shrink_and_the_longest_is_cut(write_site: WriteSite) -> None:
    for words in (12, 40, 400):
        copy = write_site("# " + "Something long " * words + "\n\nMore.\n")
        card = draw(copy, "en")
        assert find_ink(card, (1140, 0, 1200, 630)) == 0
        assert find_ink(card, (30, 500, 1200, 520)) == 0, "the title ends above the language"


def test_other_scripts_within_a_title_are_drawn_in_their_own_font(write_site: WriteSite) -> None:
    def draw_title(title: str) -> int:
        copy = write_site("# Hi\n", ar=f'msgid "Hi"\nmsgstr "{title}"\n')
        return find_ink(draw(copy, "ar"), (80, 80, 1120, 300))

    boxes, bare, mixed = draw_title("حلب \ue000"), draw_title("حلب"), draw_title("حلب (Aleppo)")
    assert mixed > bare
    assert boxes > bare, "what no font has is a box, not nothing"


def test_it_says_below_the_title_when_the_letter_was_written(write_site: WriteSite) -> None:
    given = "---\ndate: 2016-05\n---\n"
    cards = [
        fill_card(write_site(f"{front}# Title\n\nMore.\n").read_shelf().editions["en"])
        for front in ("", given)
    ]
    assert [card.dated for card in cards] == ["", "Open letter · May 2016"]
    bare, dated = (find_ink(paint_card(card), (80, 190, 1120, 330)) for card in cards)
    assert dated > bare + 500


def test_a_dot_between_two_scripts_stands_between_them(copy: Copy) -> None:
    card = fill_card(copy.read_shelf().editions["ar"])
    card = replace(card, summary="", dated="Open · أيار", dated_tag="ar")
    right = Image.open(io.BytesIO(paint_card(card))).convert("L").crop((1108, 210, 1120, 300))
    _, top, _, bottom = right.point(lambda value: 255 * (value < 160)).getbbox() or (0, 0, 0, 0)
    assert bottom - top > 9, "the line begins with a letter, which is higher than a dot"


def test_an_edition_without_a_translation_has_the_english_title(write_site: WriteSite) -> None:
    copy = write_site("# An English title\n\nMore.\n", ar='msgid "More."\nmsgstr "المزيد."\n')
    card = draw(copy, "ar")
    assert find_ink(card, (80, 80, 1120, 300)) > 1000
    assert find_ink(card, (1180, 0, 1200, 630)) > 0, "in the edition's own direction"


def test_without_pillow_it_says_what_to_install(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    with pytest.raises(MissingLibraryError, match=r"-r requirements-documents\.txt"):
        draw(copy, "ar")


def test_without_raqm_it_says_what_to_install(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda feature: False)
    with pytest.raises(MissingLibraryError, match="raqm"):
        draw(copy, "ar")
