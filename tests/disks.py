"""A disk that takes no more, made by the system's own bound on the size of a file."""

import contextlib
import resource


@contextlib.contextmanager
def full(size):
    """While it lasts, no file of this process can grow beyond so many bytes: writing on fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
