"""The live desk in a real browser, over files that are really saved."""

from __future__ import annotations

import random
import re
from contextlib import closing
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.open_desk import LASTING, WAYS, DeskServer, OpenDesk, save
from tests.conftest import Copy, copy_letter
from tests.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

FIRST, SECOND, LAST = "إنّ أهالي حلب", "إنّ إخفاق", "لا نفهم لماذا"  # how passages begin
NEW = "كلمات جديدة"
# How far the top of a passage is from the top of the window, in pixels.
TOP = "Math.round(kept[{}].getBoundingClientRect().top)"
HEARD = "Passage 2 changed. No passage is left to do."
# Notes what is told, by an alert and by a status, and whether a passage is ever gone.
WATCH = f"""(() => {{
    window.seen = new Set();
    window.told = [];
    const note = () => {{
        seen.add(document.getElementById("letter").textContent.includes({LAST!r}));
        const line = document.querySelector(".broken")?.textContent ?? "";
        const now = [line, said.textContent];
        if (String(told.at(-1)) !== String(now)) told.push(now);
    }};
    const all = {{subtree: true, childList: true, characterData: true, attributes: true}};
    new MutationObserver(note).observe(document.body, all);
}})()"""
LANDED = "document.querySelector('.landed')"
SAID = "document.getElementById('said').textContent"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    server = DeskServer(copy_letter(tmp_path_factory.mktemp("desk")))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def files(server: DeskServer) -> Iterator[Copy]:
    """The letter and its catalogues, which are as they were after a test, on the desk, too."""
    paths = [server.copy.letter, *server.copy.locales.glob("*/LC_MESSAGES/*.po")]
    before = {path: path.read_text(encoding="utf-8") for path in paths}
    page = server.load("/desk/ar/")
    yield server.copy
    for path, text in before.items():
        if path.read_text(encoding="utf-8") != text:
            save(path, text)
    wait_for(lambda: server.load("/desk/ar/") == page, "the desk is not as it was")


@pytest.fixture(scope="module")
def desk_tab(browser: Browser, server: DeskServer) -> Iterator[OpenDesk]:
    """A tab in a browser of its own."""
    context = browser.new_context(viewport={"width": 1000, "height": 600})
    yield OpenDesk(context.new_page(), server)
    context.close()


@pytest.fixture
def desk(desk_tab: OpenDesk, files: Copy) -> Iterator[OpenDesk]:
    """The Arabic desk, just opened; afterwards the browser has nothing to complain of."""
    desk_tab.page.emulate_media(reduced_motion="no-preference")
    desk_tab.visit()
    yield desk_tab
    assert desk_tab.complaints == []


def change(files: Copy, old: str, new: str, way: str = "rename", tag: str = "ar") -> None:
    """Save a catalogue with some words changed."""
    text = files.po(tag).read_text(encoding="utf-8")
    assert text.count(old) == 1
    save(files.po(tag), text.replace(old, new), way)


def spoil(files: Copy) -> None:
    """Take a quotation mark from line 24."""
    lines = files.po("ar").read_text(encoding="utf-8").split("\n")
    lines[23] = lines[23].rstrip('"')
    save(files.po("ar"), "\n".join(lines))


@pytest.mark.parametrize("way", WAYS)
def test_a_save_changes_its_passage_and_nothing_else(desk: OpenDesk, files: Copy, way: str) -> None:
    desk.ask("window.original = kept[2].querySelector('.original')")
    desk.ask("original.open = true")
    desk.ask("original.querySelector('summary').focus({preventScroll: true})")
    desk.ask("window.words = kept[2].querySelector('.words p').firstChild")
    desk.ask("getSelection().setBaseAndExtent(words, 12, words, 30)")
    desk.ask("kept[2].scrollIntoView({block: 'center', behavior: 'instant'})")
    desk.ask(WATCH)
    top, selected = desk.ask(f"[{TOP.format(2)}, getSelection().toString()]")
    change(files, SECOND, f"{NEW}? {SECOND}", way)
    desk.wait_for(NEW)
    assert desk.ask("[...document.querySelectorAll('.landed')].map(e => kept.indexOf(e))") == [2]
    assert desk.ask("kept.every(each => each.isConnected)")
    # In the passage that changed all of this stays, too, although a finding has joined it.
    assert desk.ask("kept[2].querySelector('.words + .original') === original")
    assert desk.ask("original.open && original.contains(document.activeElement)")
    assert desk.ask("getSelection().toString()") == selected
    # A page is scrolled by whole pixels, and a line that joins the strip has no whole height.
    assert abs(desk.ask(TOP.format(2)) - top) <= 1
    assert desk.ask("told.map(([, words]) => words)") == [HEARD.replace(" No", " 1 finding. No")]
    assert desk.ask("[...seen]") == [True], "the last passage is always there"


def test_what_an_extension_adds_to_a_page_stays_and_costs_no_reload(
    desk: OpenDesk, files: Copy
) -> None:
    """Such as one for dark pages, which adds its styles while a page is being loaded."""
    with closing(desk.page.context.new_page()) as page:
        added = "Object.assign(document.createElement('style'), {className: 'extension'})"
        start = "new MutationObserver((_, watch) => document.head && !watch.disconnect() && "
        watched = ".observe(document, {childList: true, subtree: true})"
        page.add_init_script(f"{start}document.head.append({added})){watched}")
        other = OpenDesk(page, desk.server)
        other.visit()
        other.ask("document.documentElement.dataset.dark = 'yes'")
        change(files, SECOND, f"{NEW} {SECOND}")
        other.wait_for(NEW)
        assert other.ask("document.querySelectorAll('head > .extension').length") == 1
        assert other.ask("document.documentElement.dataset.dark") == "yes"
        assert other.ask("window.kept?.every(each => each.isConnected)")


def test_a_name_that_changed_is_marked_and_scrolled_to(desk: OpenDesk, files: Copy) -> None:
    change(files, 'msgstr "Kurds House"', 'msgstr "بيت الكرد"')
    desk.wait("document.querySelector('li.landed')?.textContent.trim() === 'بيت الكرد'")
    assert desk.ask("document.querySelectorAll('.landed').length") == 1
    desk.wait("document.querySelector('li.landed').getBoundingClientRect().bottom <= innerHeight")
    assert desk.ask(SAID).startswith("بيت الكرد changed. ")


def test_a_name_in_two_lists_is_told_once_in_parts(desk: OpenDesk, files: Copy) -> None:
    table = files.letter.with_name("people.csv")
    text = files.letter.read_text(encoding="utf-8").partition("<!-- signatories")[0]
    save(table, "name,affiliation\nJane Doe,One School\n")
    lists = "".join(f"\n## List {n}\n\n<!-- signatories: people.csv -->\n" for n in (1, 2))
    save(files.letter, text + lists)
    desk.wait("document.getElementById('letter').textContent.includes('One School')")
    save(table, "name,affiliation\nJane Doe,Two Schools\n")
    desk.wait(f"{SAID}.startsWith('Jane Doe, Two Schools changed. ')")


def test_a_file_that_differs_from_the_letter_is_told_even_if_no_passage_does(
    desk: OpenDesk, files: Copy
) -> None:
    text = files.po("ar").read_text(encoding="utf-8")
    save(files.po("ar"), f'{text}\nmsgid "What the letter lacks"\nmsgstr ""\n')
    desk.wait(f"{SAID} === 'First: update the file'")


def edit_blocks(files: Copy, edit: Callable[[list[str]], object]) -> None:
    """Save the letter with some of its blocks elsewhere; the second is its first passage."""
    front, start, text = files.letter.read_text(encoding="utf-8").partition("# “We")
    blocks = text.split("\n\n")
    edit(blocks)
    save(files.letter, front + start + "\n\n".join(blocks))


def test_where_a_passage_leaves_the_letter_the_focus_goes_to_the_next(
    desk: OpenDesk, files: Copy
) -> None:
    desk.ask("kept[3].querySelector('.original summary').focus()")
    edit_blocks(files, lambda blocks: blocks.pop(3))
    desk.wait("!kept[3].isConnected")
    assert desk.ask("kept.indexOf(document.activeElement)") == 4
    assert desk.ask(SAID).startswith("Passage 3 removed. No passage is left to do.")
    assert desk.ask(f"{LANDED}") is None, "of what only has another number now"


def test_a_passage_is_changed_in_its_place_and_new_in_another(desk: OpenDesk, files: Copy) -> None:
    edit_blocks(files, lambda blocks: blocks.insert(3, f"{blocks.pop(3)} No more."))
    desk.wait(LANDED)
    assert desk.ask(SAID) == "Passage 3 changed. 1 passage to do. First: update the file"
    assert desk.ask("kept.every(each => each.isConnected)")
    edit_blocks(files, lambda blocks: blocks.insert(1, f"{blocks.pop(5)} No more."))
    desk.wait("!kept[5].isConnected")
    assert desk.ask(SAID) == "Passage 1 changed. Passage 5 removed. 2 passages to do."


@pytest.mark.parametrize(("old", "new"), [(1, 4), (4, 1)])
def test_a_passage_that_moved_is_marked_and_told(
    desk: OpenDesk, files: Copy, old: int, new: int
) -> None:
    edit_blocks(files, lambda blocks: blocks.insert(new, blocks.pop(old)))
    desk.wait(LANDED)
    assert desk.ask("[...document.querySelectorAll('.landed')].map(e => kept.indexOf(e))") == [old]
    assert desk.ask(SAID) == f"Passage {new} moved. No passage is left to do."


def test_what_changed_beside_a_passage_is_marked_and_told(desk: OpenDesk, files: Copy) -> None:
    change(files, '#. "A death sentence" is', '# Who knows?\n#. "A death sentence" is')
    desk.wait(LANDED)
    assert desk.ask("[...document.querySelectorAll('.landed')].map(e => e.className)") == [
        "margin landed"
    ]
    assert desk.ask(f"kept[2].contains({LANDED})")
    assert desk.ask(SAID) == f"Margin of {HEARD}"


def test_the_mark_is_gone_after_a_moment(desk: OpenDesk, files: Copy) -> None:
    desk.ask("window.wait = window.setTimeout")
    desk.ask("window.setTimeout = (what, time) => wait(what, time / 20)")
    change(files, SECOND, f"{NEW} {SECOND}")
    desk.wait(LANDED)
    desk.wait(f"!{LANDED}")
    assert desk.ask("kept[2].className") == "piece"


def test_the_focus_stays_at_a_passage_of_which_the_focused_part_is_gone(
    desk: OpenDesk, files: Copy
) -> None:
    """Where the original itself is shown, there is none to open below it."""
    desk.ask("kept[2].querySelector('.original summary').focus()")
    change(files, 'msgid ""\n"The international', '#, fuzzy\nmsgid ""\n"The international')
    desk.wait("!kept[2].querySelector('.original')")
    assert desk.ask("kept.indexOf(document.activeElement)") == 2
    change(files, FIRST, f"{NEW} {FIRST}")
    desk.wait_for(NEW)
    landed = desk.ask("[...document.querySelectorAll('.landed')].map(e => kept.indexOf(e))")
    assert landed == [1, 2], "a mark lasts as long as it would without the next save"


def test_what_is_in_sight_stays_in_its_place_when_the_page_above_grows(
    desk: OpenDesk, files: Copy
) -> None:
    desk.ask("kept.at(-1).scrollIntoView({behavior: 'instant'})")
    top = desk.ask(TOP.format("kept.length - 1"))
    text = files.po("ar").read_text(encoding="utf-8")
    longer = text.replace(FIRST, f"{FIRST} {NEW * 60}").replace(LAST, f"{NEW} {LAST}")
    save(files.po("ar"), longer)
    desk.wait_for(f"{NEW} {LAST}")
    assert abs(desk.ask(TOP.format("kept.length - 1")) - top) <= 1
    assert desk.ask("document.querySelectorAll('.landed').length") == 2


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_passage_out_of_sight_is_scrolled_to(
    desk: OpenDesk, files: Copy, motion: Literal["no-preference", "reduce"]
) -> None:
    desk.page.emulate_media(reduced_motion=motion)
    # A mutation is told of as soon as the page has been changed, before anything moves smoothly.
    desk.ask(
        """new MutationObserver((_, watch) => {
            if (!document.querySelector(".landed")) return;
            watch.disconnect();
            window.first = [scrollY, document.getAnimations().length];
        }).observe(document.body, {subtree: true, attributes: true})"""
    )
    change(files, LAST, f"{NEW} {LAST}")
    desk.wait("window.first")
    scrolled, animations = desk.ask("first")
    assert (scrolled > 0) == (motion == "reduce")
    if motion == "reduce":
        assert animations == 0
    strip = "document.querySelector('.strip').offsetHeight"
    desk.wait(f"{TOP.format('kept.length - 1')} >= {strip}")
    desk.wait("kept.at(-1).getBoundingClientRect().top < innerHeight - 24")


def test_a_broken_file_leaves_the_page_and_is_told_in_a_line(desk: OpenDesk, files: Copy) -> None:
    desk.ask(WATCH)
    whole = files.po("ar").read_text(encoding="utf-8")
    spoil(files)
    desk.wait("document.querySelector('.broken[role=alert]')")
    assert "letter.po:24: " in desk.ask("document.querySelector('.broken').textContent")
    save(files.po("ar"), whole)
    desk.wait("!document.querySelector('.broken')")
    assert desk.ask("[...seen]") == [True]
    assert desk.ask("kept.every(each => each.isConnected)")
    told = desk.ask("told")
    assert [bool(line) for line, _ in told] == [True, False]
    assert [words for _, words in told] == ["", "The file can be read again."]


def test_a_language_that_leaves_and_is_back_has_the_focus_and_the_place_of_before(
    desk: OpenDesk, files: Copy
) -> None:
    desk.ask("kept[4].querySelector('.original summary').focus({preventScroll: true})")
    desk.ask("kept[4].scrollIntoView({block: 'start', behavior: 'instant'})")
    place, top = desk.ask(f"[kept[4].id, {TOP.format(4)}]")
    folder = files.po("ar").parents[1]
    away = folder.rename(folder.with_name("away"))
    try:
        desk.wait(f"{SAID}.startsWith('There is nothing to show of Arabic now.')")
        assert desk.ask("document.activeElement.id") == "letter"
        press(desk, "KeyJ", "ت")
        assert desk.ask(SAID).startswith("There is nothing"), "nor anything to lead to"
    finally:
        away.rename(folder)
    desk.wait(f"{SAID} === 'Arabic is back.'")
    assert desk.ask("document.activeElement.id") == place
    assert abs(desk.ask("document.activeElement.getBoundingClientRect().top") - top) <= 1
    assert desk.ask(LANDED) is None


def edit_catalogue(text: str, chance: random.Random) -> str:
    """Translate otherwise, empty or mark a passage; the names are left alone."""
    entries = text.split("\n\n")
    place = chance.randrange(2, 7)  # after the header and the title
    entry = re.sub("^#, fuzzy\n", "", entries[place], flags=re.MULTILINE)
    kind = chance.choice(["words", "empty", "fuzzy", "finished"])
    if kind == "words":
        entry = re.sub(r'(msgstr ""\n")', rf"\1{chance.choice(NEW.split())} ", entry)
    elif kind == "empty":
        entry = entry[: entry.index("\nmsgstr")] + '\nmsgstr ""'
    elif kind == "fuzzy":
        entry = entry.replace("\nmsgid", "\n#, fuzzy\nmsgid")
    return "\n\n".join([*entries[:place], entry, *entries[place + 1 :]])


def edit_letter(text: str, chance: random.Random) -> str:
    """Reword, take out, move or add a passage."""
    blocks = text.split("\n\n")
    place = chance.randrange(2, len(blocks) - 2) if len(blocks) > 5 else 2
    kind = chance.choice(["reworded", "gone", "moved", "new"])
    if kind == "reworded":
        blocks[place] += chance.choice([" More.", " Less.", " Now."])
    elif kind == "new":
        blocks.insert(place, f"A passage of its own, number {chance.random()}.")
    elif len(blocks) > 5:
        block = blocks.pop(place)
        if kind == "moved":
            blocks.insert(1, block)
    return "\n\n".join(blocks)


def test_300_saves_end_in_the_page_that_is_loaded_anew(desk: OpenDesk, files: Copy) -> None:
    chance = random.Random(16)
    po, letter = files.po("ar"), files.letter
    whole = {path: path.read_text(encoding="utf-8") for path in (po, letter)}
    texts = dict(whole)
    fresh = OpenDesk(desk.page.context.new_page(), desk.server)
    desk.ask("kept[1].querySelector('details').open = true")
    for number in range(1, 301):
        path = chance.choice([po, po, po, letter])
        edit = edit_letter if path == letter else edit_catalogue
        texts[path] = edit(texts[path], chance) if chance.random() < 0.8 else whole[path]
        broken = texts[path].replace('"\n\n#', "\n\n#", 3)  # only a catalogue has such
        save(path, chance.choice([texts[path]] * 4 + [broken]), chance.choice(WAYS))
        if number % 60 == 0:
            texts[po] = re.sub('"زيتون[0-9]*"', f'"زيتون{number}"', texts[po])
            save(po, texts[po])
            desk.wait_for(f"زيتون{number}")
            fresh.visit()
            fresh.wait_for(f"زيتون{number}")
            assert desk.page.evaluate(LASTING) == fresh.page.evaluate(LASTING)
    assert desk.ask("window.kept.length"), "it was never loaded anew"
    fresh.page.close()


def set_hidden(desk: OpenDesk, *, is_hidden: bool) -> None:
    """Have a page believe that its tab was left, or that one came back to it."""
    desk.ask(
        f"""(() => {{
            const value = {str(is_hidden).lower()};
            Object.defineProperty(document, "hidden", {{value, configurable: true}});
            document.dispatchEvent(new Event("visibilitychange"));
        }})()"""
    )


def test_a_hidden_tab_leaves_the_server_alone_and_catches_up_when_it_is_seen(
    desk: OpenDesk, files: Copy
) -> None:
    """Browsers open six streams a host: of six others the last gets none while this one is open."""
    set_hidden(desk, is_hidden=True)
    other = OpenDesk(desk.page.context.new_page(), desk.server)
    other.visit()
    other.ask("window.streams = Array.from({length: 5}, () => new EventSource('events'))")
    other.wait("streams.every(each => each.readyState === EventSource.OPEN)")
    change(files, SECOND, f"{NEW} {SECOND}")
    other.wait_for(NEW)
    assert NEW not in desk.page.inner_text("main")
    other.page.close()
    set_hidden(desk, is_hidden=False)
    desk.wait_for(NEW)
    assert desk.ask("kept.every(each => each.isConnected)")
    assert desk.ask("kept[2].matches('.landed')")
    assert other.complaints == []


def test_a_server_that_comes_back_is_followed_again(desk: OpenDesk, files: Copy) -> None:
    desk.ask("kept[2].scrollIntoView({block: 'center', behavior: 'instant'})")
    top = desk.ask(TOP.format(2))
    desk.server.stop()
    try:
        desk.wait("document.getElementById('cut-off').checkVisibility()")
        assert abs(desk.ask(TOP.format(2)) - top) <= 1
        press(desk, "KeyJ", "ت")
        assert desk.ask("document.getElementById('cut-off').checkVisibility()"), "until it is back"
        change(files, SECOND, f"{NEW} {SECOND}")
    finally:
        desk.server.start()
    desk.wait_for(NEW)
    assert not desk.ask("document.getElementById('cut-off').checkVisibility()")
    assert desk.ask("kept.every(each => each.isConnected)")
    assert all("net::ERR_" in told for told in desk.complaints), "and nothing else is wrong"
    desk.complaints.clear()


def press(desk: OpenDesk, code: str, key: str, *, modifiers: int = 1) -> None:
    """Press a key by its place, which types `key`; modifiers: 1 Alt, 2 Ctrl, 4 Meta, 8 Shift."""
    session = desk.page.context.new_cdp_session(desk.page)
    event = {"modifiers": modifiers, "code": code, "key": key}
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **event})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})


def test_keys_lead_from_one_passage_to_do_to_the_next_on_any_keyboard(
    desk: OpenDesk, files: Copy
) -> None:
    text = files.po("ar").read_text(encoding="utf-8")
    for begin in ("The international", "We do not understand"):
        text = text.replace(f'msgid ""\n"{begin}', f'#, fuzzy\nmsgid ""\n"{begin}')
    save(files.po("ar"), text)
    desk.wait("document.querySelectorAll('[data-todo]').length === 2")
    at = "kept.indexOf(document.activeElement)"
    seen = (
        "document.activeElement.getBoundingClientRect().top"
        " >= document.querySelector('.strip').offsetHeight"
    )
    press(desk, "KeyK", "ن")
    places = [(desk.ask(at), desk.ask(SAID))]  # nothing is above the top, nor reached there
    for code, key in [("KeyJ", "ت"), ("KeyJ", "j"), ("KeyJ", "ت"), ("KeyK", "ن"), ("KeyK", "ن")]:
        press(desk, code, key)
        places.append((desk.ask(at), desk.ask(SAID).partition(":")[0].strip()))
        desk.wait(seen)
    second, fifth = (2, "Passage 2"), (5, "Passage 5")
    last, first = (5, "None is below."), (2, "None is above.")
    assert places == [(-1, first[1]), second, fifth, last, second, first]
    desk.ask("document.activeElement.blur()")
    desk.ask("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    press(desk, "KeyO", "خ")
    assert desk.ask(SAID) == "No original here.", "among the names"
    press(desk, "KeyJ", "ت")
    assert desk.ask(SAID) == last[1]
    press(desk, "KeyK", "ن")
    assert desk.ask(at) == 5
    press(desk, "KeyO", "خ")
    assert "No original here" in desk.ask(SAID), "which stands there in the place of the other"
    desk.ask("kept[3].focus()")
    press(desk, "KeyO", "خ")
    assert desk.ask("kept[3].querySelector('.original').open")
    box = "kept[3].querySelector('{}').getBoundingClientRect().{}"
    assert desk.ask(f"{box.format('.original', 'top')} >= {box.format('.words', 'bottom')}")
    assert desk.ask(f"{box.format('.original', 'left')} === {box.format('.words', 'left')}")
    press(desk, "KeyO", "خ")
    assert not desk.ask("kept[3].querySelector('.original').open")
    assert desk.ask(at) == 3
    press(desk, "KeyI", "ه")
    assert desk.ask(SAID) == "No passage has a finding."
    for modifiers in (0, 3, 5, 9):
        press(desk, "KeyJ", "ت", modifiers=modifiers)
        assert desk.ask(at) == 3
    desk.ask("document.querySelector('main').append(document.createElement('input'))")
    desk.page.focus("input")
    press(desk, "KeyJ", "j")
    assert desk.ask("document.activeElement.matches('input')")


def test_a_key_leads_to_a_finding_in_another_file(desk: OpenDesk, files: Copy) -> None:
    path = files.po("ar").with_name("interface.po")
    text = path.read_text(encoding="utf-8")
    save(path, text.replace('msgstr "%(', 'msgstr "% (', 1))
    desk.wait("document.querySelector('[data-finding]')")
    press(desk, "KeyI", "ه")
    assert desk.ask("document.activeElement.matches('.below .piece')")
    desk.wait("document.activeElement.getBoundingClientRect().bottom <= innerHeight")


def test_escape_or_a_click_elsewhere_closes_the_panels(desk: OpenDesk) -> None:
    desk.page.click(".keys summary")
    desk.page.keyboard.press("Escape")
    assert desk.ask("document.querySelector('.keys').open") is False
    assert desk.ask("document.activeElement.matches('.keys summary')")
    desk.page.click(".keys summary")
    desk.page.click(".keys dd >> nth=0")
    assert desk.ask("document.querySelector('.keys').open")
    desk.page.click("main")
    assert desk.ask("document.querySelector('.keys').open") is False


def test_a_key_leads_to_the_same_passage_in_the_next_language(desk: OpenDesk) -> None:
    desk.ask("kept[3].focus()")
    place = desk.ask("kept[3].id")
    with desk.page.expect_navigation():
        press(desk, "KeyL", "م")
    assert not desk.page.url.startswith(desk.server.find("/desk/ar/"))
    desk.wait(f"document.activeElement.id === {place!r}")


def test_a_row_of_the_desk_of_all_languages_changes_is_marked_and_told(
    desk: OpenDesk, files: Copy
) -> None:
    desk.visit("")
    row = "document.getElementById('row-ckb')"
    desk.ask(f"window.kept = [{row}, document.querySelector('main')]")
    press(desk, "KeyJ", "ت")
    assert desk.ask(SAID) == "", "passages are on other pages"
    change(files, 'msgid "“We are', '#, fuzzy\nmsgid "“We are', tag="ckb")
    desk.wait(LANDED)
    assert desk.ask(f"{LANDED} === {row}")
    assert desk.ask("kept.every(each => each.isConnected)")
    assert desk.ask(SAID) == "Kurdish (Sorani), 5 of 6 done, no findings, changed."
    desk.ask("kept[0].querySelector('a').focus()")
    folder = files.po("ckb").parents[1]
    away = folder.rename(folder.with_name("away"))
    try:
        desk.wait("!kept[0].isConnected")
        assert desk.ask("document.activeElement === kept[1]")
    finally:
        away.rename(folder)


def test_screen_readers_hear_of_a_save_politely_and_once(desk: OpenDesk, files: Copy) -> None:
    live = "[...document.querySelectorAll('[aria-live], [role=status], [role=alert], [role=log]')]"
    assert desk.ask(f"{live}.map(each => each.id)") == ["said", "cut-off"]
    desk.ask(WATCH)
    change(files, SECOND, f"{NEW} {SECOND}")
    desk.wait("told.length")
    assert desk.ask("told") == [["", HEARD]]
