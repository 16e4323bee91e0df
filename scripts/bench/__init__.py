"""What bench.py runs: us beside the tools that people would use otherwise."""
