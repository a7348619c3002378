"""How soon every analysis would notice that it was cancelled, at the size of large experiments."""

import threading
import time
from types import SimpleNamespace

import numpy as np
import pytest
from tests.core.looks import longest_stretch

from laminoscope_core.analysis import rsa, rsa_chance, similarity
from laminoscope_core.analysis.inputs import Inputs, TextActivations
from laminoscope_core.analysis.registry import ANALYSES
from laminoscope_core.analysis.statistics import tau_a
from laminoscope_core.job import Cancelled, Job

N_WORDS, N_CATEGORIES, N_LAYERS, N_TOKENS = 300, 12, 6, 4000
MOST = 0.12
"""Seconds of processor time; 0.2 s are promised, and a busy machine counts some time twice."""


@pytest.fixture(scope="module")
def many_words(as_words):
    random = np.random.default_rng(0)
    common = random.normal(size=(N_LAYERS, N_WORDS, 1, 64))
    sites = [common + 1.5 * random.normal(size=(N_LAYERS, N_WORDS, n, 64)) for n in (9, 3, 3)]
    categories = [f"c{word * N_CATEGORIES // N_WORDS}" for word in range(N_WORDS)]
    return Inputs(as_words(*sites, categories=categories), results={})


@pytest.fixture(scope="module")
def long_text():
    random = np.random.default_rng(0)
    tokens = (" sky",) * N_TOKENS
    text = TextActivations(
        model=SimpleNamespace(title="synthetic"),
        text="".join(tokens),
        token_ids=tuple(range(N_TOKENS)),
        tokens=tokens,
        shown=tokens,
        special=(False,) * N_TOKENS,
        norms={"attn_out": np.exp(random.normal(size=(48, N_TOKENS)))},
        missing={},
        surprisal=random.exponential(3, N_TOKENS),
        entropy=random.exponential(3, N_TOKENS),
    )
    return Inputs(text=text, results={})


DRAWS = rsa_chance.Params(n_permutations=8, n_resamples=8)
DEAREST = {
    "similarity": similarity.Params("spearman"),
    "rsa": rsa.Params("spearman", block_corrected=True),
    "separability-chance": DRAWS,
    "rsa-chance": DRAWS,
}
"""By analysis: the parameters that take longest."""


@pytest.mark.parametrize("section", ["words", "text"])
def test_every_analysis_looks_at_its_job_often(section, many_words, long_text):
    import statsmodels.api  # noqa: F401 - what is imported once is not part of the work

    inputs = many_words if section == "words" else long_text
    for analysis in ANALYSES:
        if analysis.section != section:
            continue
        params = DEAREST.get(analysis.id, analysis.module.Params())

        def work(job, analysis=analysis, params=params):
            inputs.results[analysis.id] = analysis.module.run(inputs, params, job)

        longest = longest_stretch(work)
        assert longest.seconds < MOST, (analysis.id, longest.where)


@pytest.mark.parametrize("correlation", ["kendall_tau_a", "rho_a"])
def test_chance_by_ranks_looks_at_its_job_often(correlation, as_words, analyse):
    rows = np.random.default_rng(0).normal(size=(2, 54, 8))  # as many as all pairs are compared of
    words = as_words(rows, rows + 1, categories=[f"c{word % 3}" for word in range(54)])
    results = analyse(words, "similarity", "rsa", rsa=rsa.Params(correlation))
    params = rsa_chance.Params(n_permutations=256, n_resamples=256)
    longest = longest_stretch(
        lambda job: rsa_chance.run(Inputs(words, results=results), params, job)
    )
    assert longest.seconds < MOST, longest.where


def test_tau_of_many_values_is_scipys_and_is_left_behind(monkeypatch):
    from scipy import stats

    x, y = np.random.default_rng(0).normal(size=(2, 40_000))
    assert tau_a(x, y) == pytest.approx(stats.kendalltau(x, y).statistic, abs=1e-12)
    job, may_end = Job(), threading.Event()

    def endless(*_, **__):
        job.cancel()
        may_end.wait(30)

    monkeypatch.setattr(stats, "kendalltau", endless)
    with pytest.raises(Cancelled):
        rsa.correlate(x[None], y[None], "kendall_tau_a", job)
    may_end.set()


def test_a_stretch_is_what_a_thread_works_and_not_what_it_waits():
    def work(job):
        job.check()
        time.sleep(0.3)
        job.part(0, 1).check()
        begun = time.thread_time()
        while time.thread_time() - begun < 0.05:
            pass
        job.report(1, "")

    longest = longest_stretch(work)
    assert 0.05 <= longest.seconds < 0.25
    assert "test_cancelling" in longest.where


def test_a_cancelled_job_is_watched_to_its_end():
    def work(job):
        job.cancel()
        job.check()
        pytest.fail("it was cancelled")

    assert longest_stretch(work).seconds >= 0
    Job().check()
