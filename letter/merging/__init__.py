"""Catalogues are brought up to the letter, and translators' work is brought back."""
