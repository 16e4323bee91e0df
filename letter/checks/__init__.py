"""What is wrong with a translation, and what to do about it."""
