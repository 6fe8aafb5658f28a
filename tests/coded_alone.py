"""The positions of a content that stands alone, in an article about the dossier: for tests of the reading of stance."""

from stancebrief import codebook, stance, study

BOOK = codebook.read(study.DATA / "dprk-vetoes" / "codebook.yaml")
NEWS = (
    "North Korea fired a ballistic missile last week, months after a nuclear test. The United States circulated a "
    "draft resolution with new sanctions at the Security Council. The military drills of South Korea and the United "
    "States began on Monday. Talks have stalled, and humanitarian aid is held up."
)
S, D, W, J, A = "sanctions", "dialogue", "dprk_weapons", "joint_exercises", "humanitarian_aid"
PLUS, MINUS, NEUTRAL = "support", "oppose", "neutral"


def read(says: str, by: str = "OTHER", cue: str = "said") -> dict[str, str]:
    """{target: stance} of the targets that are measures or talks."""
    found = stance.toward_target(says, BOOK, cue=cue, by=by, text=NEWS)
    return {p.target: stance.NAMES[p.sign] for p in found if BOOK[p.target].kind in ("measure", "process")}
