"""What a page may load and do: each Content-Security-Policy of the site (CSP 3)."""

import base64
import hashlib

from letter.formats.rendering import read_styles

_CONFINED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# The one file carries its styles and pictures in itself, and is the same wherever it is opened.
BUNDLE_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {_CONFINED}"
# Safari and older Chromiums hold the page that they show a PDF in to these rules: <embed>, styles.
DOCUMENT_POLICY = (
    "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; " + _CONFINED
)


def make_page_policy(*styles: str, script: str = "") -> str:
    """Give the policy of a page with these style sheets in it, and with the letter's images.

    A page with a script may load what its own host has, such as events.
    """
    scripted = f"script-src {hash_inline(script)}; connect-src 'self'; " if script else ""
    return (
        f"default-src 'none'; {scripted}style-src {_hash_styles(*styles)}; img-src 'self' data:; "
        f"{_CONFINED}"
    )


def make_lone_policy(*styles: str) -> str:
    """Give the policy of a page without a server, which its <meta> holds: styles and pictures."""
    return (
        f"default-src 'none'; style-src {_hash_styles(*styles)}; img-src data:; form-action 'none'"
    )


def _hash_styles(*names: str) -> str:
    return " ".join(hash_inline(read_styles(name)) for name in names)


def hash_inline(text: str) -> str:
    """Name a style sheet or script that stands in a page, as its policy does (hash-source).

    >>> hash_inline("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
