"""Both sides of a file left in it for a person; Pythons down to 3.6 have to understand this."""

import os
import subprocess
from pathlib import Path

MOST_CONFLICTS = 127  # git merge-file counts them so far; a higher exit code is an error


def keep_both(ours: Path, theirs: Path) -> bool:
    """Leave both sides in our file, between git's marks; False where one of them is no text.

    Lines are compared without the base: beside the base, a side that lost everything would look
    like an edit.
    """
    labels = ["-L", "ours", "-L", "base", "-L", "theirs"]
    command = ["git", "merge-file", "-p", *labels, str(ours), os.devnull, str(theirs)]
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
        )
    except OSError:  # git isn't where programs are looked for
        sides = tuple(path.read_bytes().rstrip(b"\n") for path in (ours, theirs))
        if any(b"\0" in side for side in sides):
            return False
        ours.write_bytes(b"<<<<<<< ours\n%b\n=======\n%b\n>>>>>>> theirs\n" % sides)
        return True
    if done.returncode > MOST_CONFLICTS:
        return False
    ours.write_bytes(done.stdout)
    return True
