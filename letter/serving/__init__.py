"""What stands at each address, which language a request means, and what keeps answers fresh."""
