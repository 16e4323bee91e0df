"""What each language has, who stands behind a translation, and what stands in for a missing one."""
