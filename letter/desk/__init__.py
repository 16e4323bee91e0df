"""What a translator still has to do, and how every save reads at once."""
