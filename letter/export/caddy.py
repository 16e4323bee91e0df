"""Rules for Caddy, so that it answers for an export as the app would.

One file with a snippet, for a site whose `root` is the export. Caddy's expressions (RE2) can't look
back or ahead, so the language is chosen by rewriting a copy of Accept-Language step by step.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from letter.addresses import JSON
from letter.export.tag_patterns import ZERO, list_beginnings
from letter.serving.codings import SUFFIXES, list_coding_patterns
from letter.serving.negotiation import COOKIE, write_cookie
from letter.serving.publications import CACHE, NO_CACHE, SECURITY, SHARED, VARY_CHOICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from letter.export.rules import Rules

_HEADER = "Letter-Ranges"
_TAG = "[A-Za-z0-9-]+"
_SPACE = r"[ \t]*"
_GONE = " "  # with an empty replacement, Caddy takes what is to be found for a new value
_SNIPPET = """\
# Written by scripts/export.py. Import this file, then say `import letter` in a site whose root is
# the export.
(letter) {{
	route {prefix}/* {{
{body}
	}}
}}
"""


def write_snippet(rules: Rules) -> str:
    """Write the snippet: where to send a reader, which file to give, and its headers."""
    lines = [
        *(f"uri strip_prefix {prefix}" for prefix in [rules.prefix] if prefix),
        *(f'header {name} "{value}"' for name, value in SECURITY),
        f'header Content-Security-Policy "{rules.policy}"',
        f'header Cache-Control "{NO_CACHE}"',
        *_write_methods(),
        *_write_address(rules),
        *_write_redirects(rules),
        *_write_files(rules),
        *_write_choice(rules),
    ]
    return _SNIPPET.format(prefix=rules.prefix, body=_indent("\n".join(lines), 2))


def _write_methods() -> list[str]:
    return [
        "@letter_write not method GET HEAD",
        'header @letter_write Allow "GET, HEAD"',
        'header @letter_write Content-Type "text/plain; charset=utf-8"',
        'respond @letter_write "405 Method Not Allowed" 405',
    ]


def _write_address(rules: Rules) -> list[str]:
    """Write the maps that take an address apart; what they say changes with its path."""
    tags = rules.tags
    return [
        _write_map("{path}", "letter_first", {"~^/([^/]+)": "${1}"}),
        _write_tags("{letter_first}", "letter_meant", rules),
        _write_map(
            "{letter_meant} {path}", "letter_edition", {f"{tag} /{tag}/": tag for tag in tags}
        ),
        _write_map(
            "{letter_edition} {letter_meant} {path}",
            "letter_moved",
            {
                r"~^ (\S+) /[^/]+/?$": f"{rules.prefix}/${{1}}/",
                f"~^ .* (/(?:{'|'.join(tags)})/(?:{'|'.join(rules.passages)}))$": (
                    f"{rules.prefix}${{1}}/"
                ),
            },
        ),
        _write_map("{query.with}", "letter_with", {"~^([^,]+)": "${1}"}),
        _write_tags("{letter_with}", "letter_beside", rules),
        _write_map(
            "{letter_edition} {letter_beside} {letter_with}",
            "letter_paired",
            {f"~^{tag} {tag} ": f"{rules.prefix}/{tag}/" for tag in tags}
            | {rf"~^\S+ {tag} {tag}$": "" for tag in tags}
            | {r"~^(\S+) (\S+) ": f"{rules.prefix}/${{1}}/?with=${{2}}"},
        ),
        _write_map(
            "{letter_edition} {letter_with}", "letter_query", {r"~(?s)^\S+ (.+)$": "?with=${1}"}
        ),
        _write_map(
            "{path}{letter_query}",
            "letter_file",
            {address: file.path for address, file in rules.files.items()},
        ),
    ]


def _write_redirects(rules: Rules) -> list[str]:
    return [
        '@letter_moved expression {letter_moved} != ""',
        "redir @letter_moved {letter_moved} 301",
        "@letter_choose {",
        '	expression {letter_edition} != ""',
        "	query choose=*",
        "}",
        f'header @letter_choose Set-Cookie "{write_cookie("{letter_edition}")}"',
        f"redir @letter_choose {rules.prefix}/{{letter_edition}}/ 302",
        '@letter_paired expression {letter_paired} != ""',
        "redir @letter_paired {letter_paired} 301",
    ]


def _write_files(rules: Rules) -> list[str]:
    """Write how a file is given, compressed if the reader takes it."""
    coded = rules.map_files(lambda file: "{letter_accepted_coding}" if file.compressible else "")
    body = [
        *map(_write_coding, rules.codings),
        _write_map(
            " ".join(f"{{letter_{coding}}}" for coding in rules.codings),
            "letter_accepted_coding",
            {r"~^\s*(\S+)": "${1}"},
        ),
        _write_map("{letter_file}", "letter_coding", coded),
        _write_map("{letter_coding}", "letter_suffix", {c: SUFFIXES[c] for c in rules.codings}),
        _write_map("{letter_file}", "letter_type", rules.map_files(lambda f: f.media_type)),
        _write_map("{letter_file}", "letter_languages", rules.map_files(lambda f: f.languages)),
        _write_map(
            "{letter_file}", "letter_policy", rules.map_files(lambda f: f.policy), rules.policy
        ),
        f'header Cache-Control "{CACHE}"',
        'header Content-Type "{letter_type}"',
        'header Content-Security-Policy "{letter_policy}"',
        "@letter_page not path /media/*",
        'header @letter_page Vary "Accept-Encoding"',
        '@letter_known expression {letter_languages} != ""',
        'header @letter_known Content-Language "{letter_languages}"',
        f'@letter_shared expression {{letter_type}} == "{JSON}"',
        f'header @letter_shared {SHARED[0]} "{SHARED[1]}"',
        '@letter_coded expression {letter_coding} != ""',
        'header @letter_coded Content-Encoding "{letter_coding}"',
        "rewrite * {letter_file}{letter_suffix}",
        "file_server",
    ]
    return [
        '@letter_file expression {letter_file} != ""',
        "route @letter_file {\n" + _indent("\n".join(body), 1) + "\n}",
    ]


def _write_coding(coding: str) -> str:
    """Write whether a reader takes a coding: letter/codings.py has the rule."""
    patterns = list_coding_patterns(coding).items()
    values = {f"~(?i){pattern}": coding if is_taken else "" for pattern, is_taken in patterns}
    return _write_map("{header.Accept-Encoding}", f"letter_{coding}", values)


def _write_choice(rules: Rules) -> list[str]:
    """Write the choice of a language, for / and for the page that says there is none."""
    best = rf"~^\s*<({_TAG})="
    return [
        f"request_header -{_HEADER}",
        f'request_header {_HEADER} "{{header.Accept-Language}}"',
        *(_write_step(find, replace) for find, replace in _list_steps(rules)),
        *_write_refusals(rules),
        *_write_comparison(),
        _write_map(f"{{header.{_HEADER}}}", "letter_accepted", {best: "${1}"}, "en"),
        _write_tags(f"{{http.request.cookie.{COOKIE}}}", "letter_chosen", rules),
        _write_map(
            "{letter_meant} {letter_chosen} {letter_accepted}",
            "letter_tag",
            {r"~^\s*(\S+)": "${1}"},
        ),
        f'header Vary "{VARY_CHOICE}"',
        "@letter_root path_regexp ^/$",
        f"redir @letter_root {rules.prefix}/{{letter_tag}}/ 302",
        'header Content-Type "text/html; charset=utf-8"',
        'header Content-Language "{letter_tag}"',
        "rewrite * /{letter_tag}/404.html",
        "file_server {",
        "	status 404",
        "}",
    ]


def _list_steps(rules: Rules) -> Iterator[tuple[str, str]]:
    """List the steps that bring the header into the form <tag=thousandths>…<!refused tag>."""
    weight = f"{_SPACE}(;[^,]*)?,"
    yield "[<>]", "?"
    yield "(?s)^(.{0,1000})(?:,.*)?$", ",$1,"
    yield ",", ",,"
    refusable = {
        name: pattern for tag in rules.tags for name, pattern in list_beginnings(tag).items()
    }
    for name, pattern in refusable.items():
        yield f"(?i),{_SPACE}{pattern}{_SPACE};{_SPACE}q={ZERO}{_SPACE},", f"<!{name}>"
    for rule in rules.patterns:
        yield f"(?i),{_SPACE}{rule.pattern}{weight}", f"<{rule.tag or '-'}$1>"
    yield rf",{_SPACE}\*{weight}", "<en$1>"
    start = f"<({_TAG});{_SPACE}[Qq]="
    yield rf"<({_TAG})(?:;{_SPACE}[Qq]=1(?:\.0*)?{_SPACE})?>", "<$1=1000>"
    yield rf"{start}0\.([0-9]{{3}})[0-9]*{_SPACE}>", "<$1=0$2>"
    yield rf"{start}0\.([0-9]{{2}}){_SPACE}>", "<$1=0${2}0>"
    yield rf"{start}0\.([0-9]){_SPACE}>", "<$1=0${2}00>"
    yield f"<(?:-=[0-9]{{4}}|{_TAG}=0000)>", _GONE
    yield f"(?s)(<{_TAG}=[0-9]{{4}}>|<!{_TAG}>)|.", "$1"


def _write_refusals(rules: Rules) -> Iterator[str]:
    for number, tag in enumerate(rules.tags):
        names = "|".join(list_beginnings(tag))
        yield f"@letter_refused_{number} header_regexp {_HEADER} <!(?:{names})>"
        yield _write_step(f"<{tag}=[0-9]{{4}}>", _GONE, f"@letter_refused_{number} ")
    yield _write_step("<![^>]*>", _GONE)


def _write_comparison() -> Iterator[str]:
    """Drop the ranges with a lower weight than another one's, digit by digit."""
    yield f"@letter_whole header_regexp {_HEADER} =1"
    yield _write_step(f"<{_TAG}=0[0-9]{{3}}>", _GONE, "@letter_whole ")
    for place in range(3):
        for digit in range(9, 0, -1):
            name = f"@letter_{place}_{digit}"
            yield f"{name} header_regexp {_HEADER} =0.{{{place}}}{digit}"
            lower = f"<{_TAG}=0.{{{place}}}[0-{digit - 1}].{{{2 - place}}}>"
            yield _write_step(lower, _GONE, f"{name} ")


def _write_step(find: str, replace: str, matcher: str = "") -> str:
    return f'request_header {matcher}{_HEADER} `{find}` "{replace}"'


def _write_tags(source: str, name: str, rules: Rules) -> str:
    """Write the map of a tag to the edition that it means."""
    return _write_map(source, name, {f"~(?i)^{p.pattern}$": p.tag for p in rules.patterns})


def _write_map(source: str, name: str, values: Mapping[str, str], default: str = "") -> str:
    lines = [f'	`{key}` "{value}"' for key, value in values.items()]
    return "\n".join([f'map "{source}" {{{name}}} {{', *lines, f'	default "{default}"', "}"])


def _indent(text: str, depth: int) -> str:
    return re.sub("^(?=.)", "\t" * depth, text, flags=re.MULTILINE)
