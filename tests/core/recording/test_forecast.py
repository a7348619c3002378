"""The forecast of a capture's memory against the measured peak of a process of its own."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from separately import run_separately

Run = Callable[..., dict[str, Any]]


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("work", ["words", "tokens"])
def test_the_forecast_for_the_default_model_is_within_15_percent(
    run_beside: Run, work: str
) -> None:
    found = run_beside("forecast_run.py", "smollm2", work)
    assert found["forecast"]["kept"] == found["kept"]
    assert found["forecast"]["peak"] == pytest.approx(found["peak"], rel=0.15)


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("section", ["words", "text", "prompts", "models"])
def test_the_forecast_of_a_section_holds_for_capture_and_analyses(section: str) -> None:
    program = Path(__file__).with_name("forecast_run.py")
    found = run_separately(program, "smollm2", "section", section)
    assert found["forecast"]["peak"] == pytest.approx(found["peak"], rel=0.15)
    assert found["forecast"]["advice"] == ""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_the_word_experiment_at_the_size_of_gpt2_xl_stays_within_15_percent(
    run_beside: Run,
) -> None:
    found = run_beside("forecast_run.py", "xl", "words")
    assert found["forecast"]["kept"] == found["kept"]
    assert found["forecast"]["peak"] == pytest.approx(found["peak"], rel=0.15)
