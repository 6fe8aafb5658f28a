"""News articles in; who stands where, how strongly, beside what happened when; out as a brief that can be checked."""

import os

__version__ = "0.1.0"
# The allocators that come with Arrow keep what was let go of, so memory would grow with every part of a table; the
# system's gives it back. It must be named before Arrow is first used.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
