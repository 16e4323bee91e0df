"""What an edition looks like: page, text, book, paper, picture and data."""
