"""The letter in its own language: its Markdown, its messages, and what an edit did to them."""
