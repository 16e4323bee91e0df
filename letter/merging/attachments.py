"""What a translator attached: a mail or an archive is opened, a file of another kind is named."""

from letter.errors import OneLetterError


class ReceiveError(OneLetterError):
    """A file that can't be used as it is; the text says why, and what to do."""
