"""What all tests share: no network beyond this machine, and a small study of our own."""

import os
import pathlib
import shutil
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
OFFLINE = ROOT / "tests" / "offline"

# Here, and through PYTHONPATH in every process that a test starts, kernels included.
sys.path.insert(0, str(OFFLINE))
sys.modules.pop("sitecustomize", None)
import sitecustomize  # noqa: E402

sys.path.remove(str(OFFLINE))
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))
os.environ.setdefault("OMP_NUM_THREADS", "1")

ARTICLES = {
    "harbour.txt": """Council members differ over new measures

China's ambassador said on Tuesday that more sanctions would not bring anyone back to the table.

"We call on all sides to resume talks," he told the General Assembly. "Pressure alone will not work."

The United States envoy rejected the argument. "These launches violate Council resolutions," she said, adding that \
Washington supports stronger sanctions against Pyongyang.

Russia said the sanctions should be eased.
""",
    "ridge.txt": """Veto debate shows a divided Council

By our own correspondent

The veto was defended by China, whose ambassador said: "Pressure alone won't work."

According to Japan's envoy, the launches are a threat to the whole region.

"North Korea must stop its missile launches," the South Korean representative said.
""",
}


@pytest.fixture(scope="session")
def blocked():
    """The error that anything gets which tries to reach another host."""
    return sitecustomize.NetworkBlocked


def lay_out(folder):
    """The study of two short articles, in this folder."""
    (folder / "articles").mkdir(parents=True)
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_bytes(text.encode())
    (folder / "study.yaml").write_text(
        "title: Small\nquestion: Who stands where?\nstart: 2022-05-01\nend: 2022-06-30\n")
    (folder / "articles.csv").write_text(
        "file,outlet,outlet_country,headline,language,published,published_basis,published_note,url\n"
        "harbour.txt,Harbour Post,GBR,,en,2022-06-09,stated,,\n"
        "ridge.txt,Ridge Times,USA,,en,2022-06-10,stated,,\n")
    shutil.copyfile(ROOT / "data" / "dprk-vetoes" / "codebook.yaml", folder / "codebook.yaml")


@pytest.fixture
def small_study(tmp_path, monkeypatch):
    """A study named `small` with two short articles, alone in a folder of studies; gives the folder of the study.

    Its reports go to `tmp_path/reports`. Holds in this process and in the processes it starts.
    """
    from stancebrief import study
    folder = tmp_path / "studies" / "small"
    lay_out(folder)
    monkeypatch.setenv("STANCEBRIEF_STUDIES", str(folder.parent))
    monkeypatch.setenv("STANCEBRIEF_REPORTS", str(tmp_path / "reports"))
    monkeypatch.setattr(study, "REPORTS", tmp_path / "reports")
    return folder
