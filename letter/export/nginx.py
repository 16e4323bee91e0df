"""Rules for nginx, so that it answers for an export as the app would.

Two files: one of maps, for `http`, and one of answers, for a `server` whose `root` is the export.
Only what every nginx has is used: no module, no script. Each map is written for one question, and
a later one asks the earlier ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from letter.addresses import JSON
from letter.export.tag_patterns import EXTENDED, REST, ZERO, TagPattern, list_beginnings
from letter.serving.codings import SUFFIXES, list_coding_patterns
from letter.serving.negotiation import COOKIE, write_cookie
from letter.serving.publications import CACHE, NO_CACHE, SECURITY, SHARED, VARY_CHOICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from letter.export.rules import Rules

LONGEST_WORD = 4_095  # bytes of one word, more of which nginx refuses
LONGEST_KEY = 40  # bytes of a word in a map, more of which may not fit its table

_MAPS = """\
# What is asked for, and which language is meant. Written by scripts/export.py; include this file in
# http { }. A letter's maps are named letter_..., so that a host can carry other sites beside it.
"""
_ANSWERS = r"""# The answers. Written by scripts/export.py; after the maps, include this file in a
# server {{ }} whose root is the export.
merge_slashes off;
location ^~ {prefix}/ {{
    types {{ }}
    default_type "";
    gzip off;
    etag on;
    absolute_redirect off;
{headers}
    error_page 404 {prefix}/$letter_missing/404.html;
    location ~ "^{pattern}(?<letter_v>/[^/]+/404\.html)$" {{
        internal;
        rewrite ^ $letter_v break;
    }}
    if ($request_method !~ "^(?:GET|HEAD)$") {{ return 405 "405 Method Not Allowed"; }}
    if ($letter_moved) {{ return 301 $letter_moved; }}
    if ($letter_sent) {{ return 302 $letter_sent; }}
    if ($letter_paired) {{ return 301 $letter_paired; }}
    if ($letter_file = "") {{ return 404; }}
    try_files $letter_file$letter_suffix =404;
}}
"""


def write_maps(rules: Rules) -> str:
    """Write the maps: what is asked for, which language is meant, and what the headers say."""
    return "\n".join([_MAPS, *_write_address(rules), *_write_choice(rules), *_write_answer(rules)])


def write_answers(rules: Rules) -> str:
    """Write the answers: where to send a reader, which file to give, and its headers."""
    names = {
        "Content-Type": "$letter_type",
        "Content-Language": "$letter_languages",
        "Content-Encoding": "$letter_encoding",
        "Content-Security-Policy": "$letter_policy",
        "Cache-Control": "$letter_cache",
        "Vary": "$letter_vary",
        "Set-Cookie": "$letter_set_cookie",
        "Allow": "$letter_allow",
        SHARED[0]: "$letter_shared",
    } | {name: f'"{value}"' for name, value in SECURITY}
    headers = "\n".join(f"    add_header {name} {value} always;" for name, value in names.items())
    return _ANSWERS.format(prefix=rules.prefix, pattern=re.escape(rules.prefix), headers=headers)


def _write_address(rules: Rules) -> list[str]:
    """Write the maps that take an address apart, and say where it leads."""
    prefix = rules.prefix
    tags, below = "|".join(rules.tags), re.escape(prefix)
    return [
        _write_map("$uri", "letter_path", {rf"~(?s)^{below}(?<letter_a>/.*)$": "$letter_a"}),
        _write_map("$letter_path", "letter_first", {"~^/(?<letter_b>[^/]+)": "$letter_b"}),
        _write_tags("$letter_first", "letter_meant", rules.patterns),
        _write_map(
            "$letter_meant $letter_path",
            "letter_edition",
            {r"~^(?<letter_c>\S+) /\k<letter_c>/$": "$letter_c"},
        ),
        _write_map(
            "$letter_path",
            "letter_bare",
            {f"~^/(?:{tags})/(?<letter_d>[a-z0-9]+)$": "$letter_d"},
        ),
        _write_map("$letter_bare", "letter_passage", dict.fromkeys(rules.passages, "1")),
        _write_map(
            "$letter_passage $letter_meant $letter_edition $letter_path",
            "letter_moved",
            {
                r"~^ (?<letter_e>\S+)  /[^/]+/?$": f"{prefix}/$letter_e/",
                "~^1 ": f"{prefix}$letter_path/",
            },
        ),
        _write_map("$args", "letter_choose", {"~(?:^|&)choose(?:[=&]|$)": "1"}),
        _write_map(
            "$args", "letter_with", {"~(?:^|&)with(?:=(?<letter_f>[^&]*))?(?:&|$)": "$letter_f"}
        ),
        _write_tags("$letter_with", "letter_beside", rules.patterns),
        _write_map(
            "$letter_edition $letter_choose $letter_beside $letter_with",
            "letter_paired",
            {
                r"~^(?:\S* 1| )": "",
                r"~^(?<letter_g>\S+)  \k<letter_g> ": f"{prefix}/$letter_g/",
                r"~^\S+  (?<letter_h>\S+) \k<letter_h>$": "",
                r"~^(?<letter_i>\S+)  (?<letter_j>\S+) ": f"{prefix}/$letter_i/?with=$letter_j",
            },
        ),
        _write_map(
            "$letter_edition $letter_choose",
            "letter_kept",
            {r"~^(?<letter_k>\S+) 1$": "$letter_k"},
        ),
        _write_map(
            "$letter_edition $letter_with",
            "letter_query",
            {r"~^\S+ (?<letter_l>.+)$": "?with=$letter_l"},
        ),
        # nginx compares words without their case, so the address has to be confirmed.
        _write_map(
            "$letter_path$letter_query",
            "letter_listed",
            {address: f"{address} {file.path}" for address, file in rules.files.items()},
        ),
        _write_map(
            "$letter_path$letter_query $letter_listed",
            "letter_file",
            {r"~^(?<letter_m>.+) \k<letter_m> (?<letter_n>.+)$": "$letter_n"},
        ),
    ]


def _write_choice(rules: Rules) -> list[str]:
    """Write the choice of a language: letter/negotiation.py has the rule."""
    prefix = rules.prefix
    cookie = rf'~(?:^|;)\s*{COOKIE}="?(?<letter_q>[^;\s"]+)'
    refusals = [
        _write_map("$letter_ranges", f"letter_refuses_{number}", {_match_refusal(tag): "!"})
        for number, tag in enumerate(rules.tags)
    ]
    flags = "".join(f"${{letter_refuses_{number}}}," for number in range(len(rules.tags)))
    best = {_match_best(rules): "$letter_s"}
    if len(next(iter(best))) > LONGEST_WORD:
        best = {}  # so many languages that / leads to English, from where each is a link away
    return [
        _write_map("$http_cookie", "letter_cookie", {cookie: "$letter_q"}),
        _write_tags("$letter_cookie", "letter_chosen", rules.patterns),
        _write_map(
            "$http_accept_language",
            "letter_ranges",
            {r"~^(?<letter_r>.{0,1000})(?:,|$)": "$letter_r"},
        ),
        *refusals,
        _write_map(f"{flags}$letter_ranges", "letter_range", best),
        _write_tags("$letter_range", "letter_accepted", rules.patterns, "en"),
        _write_map("$letter_chosen", "letter_tag", {"": "$letter_accepted"}, "$letter_chosen"),
        _write_map("$letter_meant", "letter_missing", {"": "$letter_tag"}, "$letter_meant"),
        _write_map(
            "$letter_path $letter_kept",
            "letter_sent",
            {"/ ": f"{prefix}/$letter_tag/", r"~ (?<letter_t>\S+)$": f"{prefix}/$letter_t/"},
        ),
    ]


def _write_answer(rules: Rules) -> list[str]:
    """Write the maps of an answer's headers."""
    coded = rules.map_files(lambda file: "$letter_accepted_coding" if file.compressible else "")
    cookie = write_cookie("$letter_u")
    return [
        *map(_write_coding, rules.codings),
        _write_map(
            " ".join(f"$letter_takes_{coding}" for coding in rules.codings),
            "letter_accepted_coding",
            {r"~^\s*(?<letter_w>\S+)": "$letter_w"},
        ),
        _write_map("$letter_file", "letter_coding", coded),
        _write_map("$letter_coding", "letter_suffix", {c: SUFFIXES[c] for c in rules.codings}),
        _write_map("$letter_file", "letter_own_type", rules.map_files(lambda f: f.media_type)),
        _write_map("$letter_file", "letter_own_languages", rules.map_files(lambda f: f.languages)),
        _write_map(
            "$letter_file", "letter_own_policy", rules.map_files(lambda f: f.policy), rules.policy
        ),
        _write_map(
            "$status",
            "letter_type",
            {
                "~^20": "$letter_own_type",
                "404": "text/html; charset=utf-8",
                "405": "text/plain; charset=utf-8",
            },
        ),
        _write_map(
            "$status",
            "letter_languages",
            {"~^20": "$letter_own_languages", "404": "$letter_missing"},
        ),
        _write_map("$status", "letter_encoding", {"~^20": "$letter_coding"}),
        _write_map(
            "$status", "letter_policy", {"~^(?:20|304)": "$letter_own_policy"}, rules.policy
        ),
        _write_map("$status", "letter_cache", {"~^(?:20|304)": CACHE}, NO_CACHE),
        _write_map(
            "$status $letter_path",
            "letter_vary",
            {
                "~^(?:20.|304) /media/": "",
                "~^(?:20.|304) ": "Accept-Encoding",
                "302 /": VARY_CHOICE,
                "~^404 ": VARY_CHOICE,
            },
        ),
        _write_map(
            "$status $letter_kept",
            "letter_set_cookie",
            {r"~^302 (?<letter_u>\S+)$": cookie},
        ),
        _write_map("$status", "letter_allow", {"405": "GET, HEAD"}),
        _write_map(
            "$status $letter_own_type",
            "letter_shared",
            {f"~^(?:20.|304) {JSON}$": SHARED[1]},
        ),
    ]


def _match_refusal(tag: str) -> str:
    """Match a header with a range of weight 0 that names a tag, whole or by its beginning."""
    names = "|".join(list_beginnings(tag).values())
    return rf"~*(?:^|,)[ \t]*(?:{names})[ \t]*;[ \t]*q={ZERO}[ \t]*(?:,|$)"


def _match_best(rules: Rules) -> str:
    """Match the range with the greatest weight, of several the first, as `letter_s`.

    That is the first one after which no greater weight comes, by its digits. Before the header is a
    word for each edition, `!` where it is refused. PCRE alone can count in this way.
    """
    count = len(rules.tags)
    flags = "^" + "(!)?," * count
    extended, rest, word, meant, later, end = range(count + 1, count + 7)
    first, second = count + 8, count + 9
    one = r"(?:;[ \t]*q=1(?:\.0*)?[ \t]*)?"
    define = (
        f"(?(DEFINE)({EXTENDED})({REST}(?![A-Za-z0-9_-]))([A-Za-z0-9_-]+)"
        f"({_match_meant(rules, f'(?{extended})', f'(?{rest})', f'(?{word})')})"
        rf"(,[ \t]*(?{meant})[ \t]*;[ \t]*q=0\.)"
        r"([0-9]*[ \t]*(?:,|$)))"
    )

    def no_later(digits: str) -> str:
        return f"(?!.*(?{later}){digits}(?{end}))"

    def take_digit(known: str) -> str:
        lower = (f"{digit}{no_later(f'{known}[{digit + 1}-9]')}" for digit in range(9))
        return f"(9|{'|'.join(lower)})"

    a, b = rf"\g{{{first}}}", rf"\g{{{second}}}"
    short = "(?![0-9])"
    thirds = f"(?:{take_digit(a + b)}[0-9]*|{short}{no_later(f'{a}{b}[1-9]')})"
    seconds = f"(?:{take_digit(a)}{thirds}|{short}{no_later(f'{a}(?:[1-9]|0[1-9])')})"
    less = (
        rf";[ \t]*q=0\.(?!000|0{{0,2}}{short})"
        rf"(?!.*,[ \t]*(?{meant})[ \t]*{one}(?:,|$)){take_digit('')}{seconds}[ \t]*"
    )
    return (
        rf"~*{flags}{define}(?:[^,]*,)*?[ \t]*(?<letter_s>(?{meant}))[ \t]*"
        rf"(?:{one}|{less})(?=,|$)"
    )


def _match_meant(rules: Rules, extended: str, rest: str, word: str) -> str:
    """Match a range that means an edition which isn't refused: the first pattern decides."""
    refused = "(?!)"
    numbers = {tag: number for number, tag in enumerate(rules.tags, 1)}
    meant = rf"(?(?=\*)(?({numbers['en']}){refused}|\*)|{refused})"
    for rule in reversed(rules.patterns):
        taken = f"(?({numbers[rule.tag]}){refused}|{word})" if rule.tag else refused
        whole = rule.pattern.replace(EXTENDED, extended).removesuffix(REST) + rest
        meant = f"(?(?={whole}){taken}|{meant})"
    return meant


def _write_coding(coding: str) -> str:
    """Write whether a reader takes a coding: letter/codings.py has the rule."""
    patterns = list_coding_patterns(coding).items()
    values = {f"~*{pattern}": coding if is_taken else "" for pattern, is_taken in patterns}
    return _write_map("$http_accept_encoding", f"letter_takes_{coding}", values)


def _write_tags(source: str, name: str, patterns: Iterable[TagPattern], any_tag: str = "") -> str:
    """Write the map of a tag to the edition that it means."""
    rules = {f"~*^{rule.pattern}$": rule.tag for rule in patterns}
    return _write_map(source, name, rules, any_tag)


def _write_map(source: str, name: str, values: Mapping[str, str], default: str = "") -> str:
    lines = [f"    default {_quote(default)};"] if default else []
    # A pattern's $ would match before a line break at the end, too; and what isn't a pattern
    # must be short, for nginx's table of words.
    for key, value in values.items():
        word = f"{key[:-1]}\\z" if key.startswith("~") and key.endswith("$") else key
        if len(key) > LONGEST_KEY and not key.startswith("~"):
            word = rf"~^{re.escape(key)}\z"
        lines.append(f"    {_quote(word)} {_quote(value)};")
    return f"map {_quote(source)} ${name} {{\n" + "\n".join(lines) + "\n}\n"


def _quote(word: str) -> str:
    quoted = word.replace('"', r"\"")
    return f'"{quoted}"'
