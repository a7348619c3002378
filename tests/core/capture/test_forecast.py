"""The forecast of a capture's memory against the measured peak of a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def measured(*arguments: str) -> dict:
    path = os.pathsep.join([str(ROOT / "core"), str(ROOT / "resources")])
    run = subprocess.run(
        [sys.executable, str(HERE / "forecast_run.py"), *arguments],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
        timeout=280,
    )
    return json.loads(run.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("work", ["words", "text"])
def test_the_forecast_for_the_default_model_is_within_15_percent(work: str) -> None:
    found = measured("smollm2", work)
    assert found["forecast"]["kept"] == found["kept"]
    assert found["forecast"]["peak"] == pytest.approx(found["peak"], rel=0.15)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.skipif(psutil.virtual_memory().available < 13e9, reason="needs 13 GB of free memory")
def test_the_word_experiment_at_the_size_of_gpt2_xl_stays_within_15_percent() -> None:
    found = measured("xl", "words")
    assert found["forecast"]["kept"] == found["kept"]
    assert found["forecast"]["peak"] == pytest.approx(found["peak"], rel=0.15)
