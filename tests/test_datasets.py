"""Tables in parts: what a part took in memory does not stay."""

import os
import subprocess
import sys


def test_memory_that_a_part_took_is_given_back_to_the_system():
    program = "import stancebrief, pandas, pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    around = {name: value for name, value in os.environ.items() if name != "ARROW_DEFAULT_MEMORY_POOL"}
    done = subprocess.run([sys.executable, "-c", program], env=around, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "system"
