"""Which languages there are, how their plurals are formed, and which one a tag means."""
