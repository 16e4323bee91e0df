"""One open letter, published in many languages from gettext catalogues."""
