"""What a translator still has to do."""
