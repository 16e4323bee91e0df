"""The app, which waits a minute for the rest of a file, as no machine is too slow for."""

from app import make_application
from letter.editions import readings

__all__ = ["make_application"]

readings.QUIET = 60
