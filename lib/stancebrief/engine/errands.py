"""Work on its way to a worker: parts of the items, and the function, which goes to each worker once.

What a function holds may be large, such as a codebook: to send it with every part would cost more than to read some
articles, and each copy of it would compile its patterns anew.
"""

from __future__ import annotations

import hashlib
import pickle
import traceback
from collections.abc import Callable

SMALL = 2_000  # bytes of a function that go with every part
AT_HAND = 4    # functions that a worker keeps
STAYS = (pickle.PicklingError, AttributeError, TypeError)  # what `pickle` raises of what cannot travel

Part = list[tuple[int, object]]                 # (place, item)
Answers = list[tuple[int, object, str]]         # (place, value, traceback or "")

_at_hand: dict[str, Callable[[object], object]] = {}  # in a worker: functions it was sent, by hash


def work(function: Callable[[object], object], part: Part) -> Answers:
    """The answers for one part; an exception in one item is that item's answer."""
    answers: Answers = []
    for place, item in part:
        try:
            answers.append((place, function(item), ""))
        except Exception:  # whatever one article does to the function must not stop the others
            answers.append((place, None, traceback.format_exc()))
    return answers


def run(name: str, content: bytes | None, part: Part) -> Answers | None:
    """In a worker: as `work`, with the function of that name; None if it is not here and its content was not sent."""
    if name not in _at_hand:
        if content is None:
            return None
        function = pickle.loads(content)
        while len(_at_hand) >= AT_HAND:
            _at_hand.pop(next(iter(_at_hand)))
        _at_hand[name] = function
    return work(_at_hand[name], part)


def stays(part: Part) -> Answers:
    """Each item's failure: the error at hand, as something cannot travel."""
    return [(place, None, traceback.format_exc()) for place, _ in part]


class Errand:
    """A function to be sent to some workers. Raises one of STAYS if it cannot be."""

    def __init__(self, function: Callable[[object], object], workers: int) -> None:
        self.content = pickle.dumps(function)
        self.name = hashlib.sha256(self.content).hexdigest()
        self.unsent = workers

    def of(self, part: Part, again: bool = False) -> tuple[str, bytes | None, Part]:
        """What `run` is to be called with; `again`: whether the worker may lack the function."""
        self.unsent -= 1
        sent = again or self.unsent >= 0 or len(self.content) <= SMALL
        return self.name, self.content if sent else None, part
