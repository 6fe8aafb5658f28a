"""The choice of labels in the form: for each target one of the stances, as a group of radio buttons with its name.

The toggle buttons of ipywidgets have neither a group's name nor a state that a screen reader can tell, and the form's
keys do not reach them.
"""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import anywidget
import traitlets

HERE = pathlib.Path(__file__).parent / "widgets"


class Labels(anywidget.AnyWidget):
    """One line for each target. `targets`: [name, label, key, definition, what support means]; `options`: [stance,
    words]; `chosen`: {target: stance}; `active`: the target that the keys for stances set; `bindings`: {key: action}.
    """

    _esm = HERE / "labels.js"
    _css = HERE / "labels.css"
    targets = traitlets.List().tag(sync=True)
    options = traitlets.List().tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True)
    active = traitlets.Unicode().tag(sync=True)
    bindings = traitlets.Dict().tag(sync=True)

    def on_set(self, call: Callable[[str, str], None]) -> None:
        """Call with the target and the stance that are chosen."""
        self.on_msg(lambda _, content, buffers: call(*map(str, content["set"])) if "set" in content else None)

    def on_action(self, call: Callable[[str], None]) -> None:
        """Call with the action of a key that is pressed here."""
        self.on_msg(lambda _, content, buffers: call(str(content["action"])) if "action" in content else None)
