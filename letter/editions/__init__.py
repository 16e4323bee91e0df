"""What each language has, who stands behind it, and what stands in where it is wanting."""
