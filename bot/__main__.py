"""`python -m bot`, which is the command `tutor`."""

import gc
import os
import sys

# What is loaded at a start stays, so there is nothing to collect, and looking for it takes a fifth of the time.
gc.disable()
# pydantic would read about every installed package, to find plug-ins that nobody asked for.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from bot.cli import main  # noqa: E402  see above

if __name__ == "__main__":
    sys.exit(main())
