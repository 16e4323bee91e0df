"""Files that are not taken for their letters, in words: what is wrong, and how to save them."""

from collections.abc import Sequence

from letter.checks.texts import find_words, read_original
from letter.merging.attachments import ReceiveError
from letter.merging.lost_letters import Damage, find_lost_letters, list_new_texts, list_translated
from letter.merging.own_letters import count_finished_letters, find_foreign_script
from letter.po.header import header_fields
from letter.po.model import PoFile

_EXAMPLES = 3
# By the header X-Generator, how a program saves a file as UTF-8; the last one is for all others.
_HOW_TO_SAVE = (
    ("Poedit", "in Poedit: Translation, Properties, Charset: UTF-8"),
    ("Lokalize", "in Lokalize: it keeps the charset of the header, which must be UTF-8"),
    ("", "in Notepad: Save as, Encoding: UTF-8; in Word: Save as, Plain Text, Unicode (UTF-8)"),
)


def refuse_lost_letters(sent: PoFile, current: PoFile, tag: str) -> None:
    """Refuse a file whose letters a program damaged, or that is written in another script."""
    damages, missing = find_lost_letters(sent, current, tag)
    words = [
        word
        for each in list_translated(list_new_texts(sent, current))
        for word in find_words(each.text)
        if word.lower() not in read_original(each.english).words  # a name, a placeholder
    ]
    script = find_foreign_script(words, count_finished_letters(current), tag)
    if script and not damages:
        told = f"its texts are in {script} letters, and those of {tag} are not"
        advice = "is it the right file? If it is, add --trust-letters."
        raise ReceiveError(f"{sent.path}: {told}: {advice}")
    if damages or missing:
        raise ReceiveError(explain_lost_letters(sent, damages, missing, tag))


def explain_lost_letters(sent: PoFile, damages: Sequence[Damage], missing: str, tag: str) -> str:
    """Say which letters are damaged, with examples, and how the file's program saves them."""
    lines = [f"{sent.path}: letters of {tag} were lost on the way, and nothing was taken:"]
    lines += [
        f"{sent.path}:{damage.line}: {', '.join(damage.words[:_EXAMPLES])}"
        for damage in damages[:_EXAMPLES]
    ]
    if len(damages) > _EXAMPLES:
        lines.append(f"{sent.path}: and so on, in {len(damages)} passages")
    if not damages:
        lines.append(
            f"{sent.path}: not once in its new texts: {' '.join(missing)}: is it the right file?"
        )
    generator = header_fields(sent).get("X-Generator", "")
    advice = next((how for name, how in _HOW_TO_SAVE if name in generator), _HOW_TO_SAVE[-1][1])
    lines.append(
        f"Ask for the file as it was before, saved as UTF-8: {advice}. "
        "If every letter is right, add --trust-letters."
    )
    return "\n".join(lines)
