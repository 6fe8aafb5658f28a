"""News articles in; who stands where, how strongly, beside what happened when; out as a brief that can be checked."""

__version__ = "0.1.0"
