"""Rules for hosts of files that read `_headers` and `_redirects`: Netlify, Cloudflare Pages.

What only one of them knows, the other passes over. Neither can keep a reader's own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from letter.addresses import JSON
from letter.export.tag_patterns import EXTENDED, REST
from letter.serving.publications import CACHE, SECURITY, SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from letter.export.rules import Rules

_POLICY = "Content-Security-Policy"


def write_headers(rules: Rules) -> str:
    """Write the headers by address; each stands in one rule only, since hosts would join them."""
    common = [f"Cache-Control: {CACHE}", *(f"{name}: {value}" for name, value in SECURITY)]
    blocks = {"/*": common}
    for address in ("/", "/404.html", *(f"/{tag}/404.html" for tag in rules.tags)):
        blocks[address] = [f"{_POLICY}: {rules.policy}"]
    for file in rules.files.values():
        folder, _, name = file.path.rpartition("/")
        above, _, last = folder.rpartition("/")
        address = f"{folder}/" if name == "index.html" else file.path
        if last in rules.passages:
            address = f"{above}/:passage/"
        policy = file.policy or rules.policy
        # Cloudflare Pages moves /letter.html to /letter.
        shared = [": ".join(SHARED)] if file.media_type == JSON else []
        language = [f"Content-Language: {file.languages}"] if file.languages else []
        if language or shared:
            for known in (address, address.removesuffix(".html")):
                blocks[known] = [*language, f"{_POLICY}: {policy}", *shared]
    lines = [
        line
        for address, headers in blocks.items()
        for line in (f"{rules.prefix}{address}", *(f"  {header}" for header in headers))
    ]
    return "\n".join([*lines, ""])


def write_redirects(rules: Rules) -> str:
    """Write the redirects: editions side by side, a first choice at /, other names, not found."""
    prefix = rules.prefix
    lines = [
        *(f"{prefix}/{code} {prefix}/{tag}/ 301" for code, tag in _list_other_codes(rules)),
        *(
            f"{prefix}/{tag}/ with={other} {prefix}/{tag}/with/{other}/ 200!"
            for tag in rules.tags
            for other in rules.tags
            if other != tag
        ),
        *(f"{prefix}/ {prefix}/{tag}/ 302! Language={tag}" for tag in rules.tags),
        *(f"{prefix}/{tag}/* {prefix}/{tag}/404.html 404" for tag in rules.tags),
        *(f"{prefix}/* {prefix}/{tag}/404.html 404 Language={tag}" for tag in rules.tags),
        f"{prefix}/* {prefix}/404.html 404",
    ]
    return "\n".join([*lines, ""])


def _list_other_codes(rules: Rules) -> Iterator[tuple[str, str]]:
    """List the codes that mean an edition without a script or a region, and aren't its own."""
    for rule in rules.patterns:
        if rule.tag and rule.pattern.endswith(EXTENDED + REST):
            codes = rule.pattern.removesuffix(EXTENDED + REST).removeprefix("(?:").rstrip(")")
            yield from ((code, rule.tag) for code in codes.split("|") if code not in rules.tags)
