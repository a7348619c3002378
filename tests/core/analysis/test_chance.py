"""Permutation p, q and bands against relabelled and resampled matrices."""

import itertools

import numpy as np
import pytest
from scipy.stats import kendalltau, pearsonr, spearmanr
from statsmodels.stats.multitest import multipletests

from laminoscope_core.analysis import rsa, rsa_chance, separability_chance
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.resampling import (
    bootstrap_counts,
    n_dealings,
    n_relabellings,
    word_permutations,
)
from laminoscope_core.analysis.statistics import cohens_d
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.job import Cancelled, Job

CATEGORIES = tuple("aaaabbbbbccc")
SITE_PAIRS = (("q", "k"), ("q", "v"), ("k", "v"))
ORACLES = {"pearson": pearsonr, "spearman": spearmanr, "kendall_tau_a": kendalltau}


@pytest.fixture
def words(as_words):
    random = np.random.default_rng(0)
    common = random.normal(size=(2, 12, 10))
    rows = [common + 1.5 * random.normal(size=(2, 12, 10)) for _ in "qkv"]
    return as_words(*rows, categories=CATEGORIES)


@pytest.mark.parametrize("correlation", ORACLES)
def test_p_counts_relabelled_matrices(correlation, words, analyse):
    chance = rsa_chance.Params(n_permutations=60, n_resamples=5, seed=3)
    results = analyse(
        words, "similarity", "rsa", "rsa-chance", rsa=rsa.Params(correlation), rsa_chance=chance
    )
    matrices = results["similarity"].matrices
    pairs = word_pairs(CATEGORIES)
    for column, subset in enumerate(("all", "within", "across")):
        relabellings = word_permutations(CATEGORIES, 60, 3, inside=subset != "all")
        mask = pairs.mask(subset)
        for row, (first, second) in enumerate(SITE_PAIRS):
            for layer in range(2):
                x, y = matrices[first][layer].astype(float), matrices[second][layer].astype(float)
                observed = ORACLES[correlation](x[mask], y[mask]).statistic
                relabelled = [
                    ORACLES[correlation](x[mask], y[np.ix_(names, names)][mask]).statistic
                    for names in relabellings
                ]
                reaching = np.sum(np.abs(relabelled) >= abs(observed) - 1e-9)
                assert results["rsa-chance"].p[layer, row, column] == (1 + reaching) / 61


def test_block_corrected_scores_are_relabelled_inside_categories(as_words, analyse):
    random = np.random.default_rng(8)
    words = as_words(*random.normal(size=(2, 1, 12, 10)), categories=CATEGORIES)
    chance = rsa_chance.Params(n_permutations=80, n_resamples=60)
    params = rsa.Params(block_corrected=True)
    results = analyse(words, "similarity", "rsa", "rsa-chance", rsa=params, rsa_chance=chance)
    pairs = word_pairs(CATEGORIES)
    raw = [pairs.vectors(results["similarity"].matrices[site])[0] for site in "qk"]
    x, y = (rsa.block_corrected(vector[None], pairs.block)[0] for vector in raw)
    square = np.zeros((12, 12))
    square[pairs.first, pairs.second] = square[pairs.second, pairs.first] = y
    observed = abs(pearsonr(x, y).statistic)
    p = {}
    for inside in (True, False):
        relabelled = [
            pearsonr(x, square[np.ix_(n, n)][pairs.first, pairs.second]).statistic
            for n in word_permutations(CATEGORIES, 80, 0, inside=inside)
        ]
        p[inside] = (1 + np.sum(np.abs(relabelled) >= observed - 1e-9)) / 81
    assert p[True] != p[False]
    assert results["rsa-chance"].p[0, 0, 0] == p[True]

    resampled = []
    for counts in bootstrap_counts(12, 60, 0):
        copies = (counts[pairs.first] * counts[pairs.second]).astype(int)
        block = np.repeat(pairs.block, copies)
        a, b = (rsa.block_corrected(np.repeat(v, copies)[None], block)[0] for v in raw)
        resampled.append(pearsonr(a, b).statistic)
    low, high = np.quantile(resampled, [0.025, 0.975])
    assert results["rsa-chance"].low[0, 0, 0] == pytest.approx(low, abs=1e-6)
    assert results["rsa-chance"].high[0, 0, 0] == pytest.approx(high, abs=1e-6)


@pytest.mark.parametrize("inside", [False, True])
def test_relabellings_are_permutations_all_equally_likely(inside):
    drawn = word_permutations(tuple("abab"), 24_000, seed=0, inside=inside)
    assert (np.sort(drawn, axis=1) == np.arange(4)).all()
    if inside:
        assert (drawn % 2 == np.arange(4) % 2).all()
    distinct, counts = np.unique(drawn, axis=0, return_counts=True)
    assert len(distinct) == (4 if inside else 24)
    np.testing.assert_allclose(counts, 24_000 / len(distinct), rtol=0.15)


def test_bands_are_percentiles_of_scores_without_self_pairs(words, analyse):
    chance = rsa_chance.Params(n_permutations=5, n_resamples=200, confidence=0.9, seed=7)
    results = analyse(words, "similarity", "rsa", "rsa-chance", rsa_chance=chance)
    x, y = (results["similarity"].matrices[site][1] for site in "qv")
    labels = np.array(CATEGORIES)
    expected = {"all": [], "within": [], "across": []}
    for counts in bootstrap_counts(12, 200, 7).astype(int):
        drawn = np.repeat(np.arange(12), counts)
        i, j = np.triu_indices(12, k=1)
        i, j = drawn[i], drawn[j]
        same = labels[i] == labels[j]
        for subset, keep in (("all", i != j), ("within", (i != j) & same), ("across", ~same)):
            if len({(a, b) for a, b in zip(i[keep], j[keep], strict=True)}) >= 3:
                r = pearsonr(x[i, j][keep].astype(float), y[i, j][keep].astype(float))
                expected[subset].append(r.statistic)
    for column, (subset, scores) in enumerate(expected.items()):
        low, high = np.quantile(scores, [0.05, 0.95])
        assert results["rsa-chance"].low[1, 1, column] == pytest.approx(low, abs=1e-6), subset
        assert results["rsa-chance"].high[1, 1, column] == pytest.approx(high, abs=1e-6)
        assert results["rsa-chance"].n_resamples[1, 1, column] == len(scores)


def test_q_adjusts_p_over_layers(as_words, analyse):
    random = np.random.default_rng(1)
    common = random.normal(size=(6, 12, 10))
    words = as_words(
        *(common + 2 * random.normal(size=(6, 12, 10)) for _ in "qkv"), categories=CATEGORIES
    )
    results = analyse(words)
    for chance in (results["rsa-chance"], results["separability-chance"]):
        p, q = chance.p.reshape(6, -1), chance.q.reshape(6, -1)
        for column in range(p.shape[1]):
            expected = multipletests(p[:, column], method="fdr_bh")[1]
            np.testing.assert_allclose(q[:, column], expected)


def test_p_of_d_counts_dealt_out_labels(words, analyse):
    chance = separability_chance.Params(n_permutations=70, n_resamples=5, seed=5)
    ids = ("similarity", "separability", "separability-chance")
    results = analyse(words, *ids, separability_chance=chance)
    labels = np.array(CATEGORIES)
    for column, site in enumerate("qkv"):
        for layer in range(2):
            vector = results["similarity"].matrices[site][layer][np.triu_indices(12, 1)]
            dealt = [
                cohens_d(vector[pairs.within].astype(float), vector[~pairs.within].astype(float))[0]
                for pairs in (
                    word_pairs(labels[n])
                    for n in word_permutations(CATEGORIES, 70, 5, inside=False)
                )
            ]
            observed = results["separability"].cohens_d[layer, column]
            reaching = np.sum(np.abs(dealt) >= abs(observed) - 1e-9)
            assert results["separability-chance"].p[layer, column] == (1 + reaching) / 71


def test_bands_of_d_are_percentiles_over_resampled_words(words, analyse):
    chance = separability_chance.Params(n_permutations=5, n_resamples=150, seed=2)
    ids = ("similarity", "separability", "separability-chance")
    results = analyse(words, *ids, separability_chance=chance)
    matrix = results["similarity"].matrices["k"][0].astype(float)
    labels = np.array(CATEGORIES)
    values = []
    for counts in bootstrap_counts(12, 150, 2).astype(int):
        drawn = np.repeat(np.arange(12), counts)
        i, j = (drawn[side] for side in np.triu_indices(12, k=1))
        within = (i != j) & (labels[i] == labels[j])
        across = labels[i] != labels[j]
        values.append(cohens_d(matrix[i, j][within], matrix[i, j][across])[0])
    low, high = np.quantile(values, [0.025, 0.975])
    assert results["separability-chance"].low[0, 1] == pytest.approx(low, abs=1e-6)
    assert results["separability-chance"].high[0, 1] == pytest.approx(high, abs=1e-6)


def test_a_seed_repeats_the_result_and_another_does_not(words, analyse):
    def p(seed):
        params = rsa_chance.Params(n_permutations=99, n_resamples=9, seed=seed)
        return analyse(words, "similarity", "rsa", "rsa-chance", rsa_chance=params)["rsa-chance"].p

    np.testing.assert_array_equal(p(1), p(1))
    assert (p(1) != p(2)).any()


def test_working_in_small_blocks_changes_nothing(words, analyse, monkeypatch):
    whole = analyse(words)
    monkeypatch.setattr("laminoscope_core.analysis.statistics._BLOCK_VALUES", 500)
    for module in ("relabelled", "weighted", "separability_chance"):
        monkeypatch.setattr(f"laminoscope_core.analysis.{module}._ROWS", 7)
        monkeypatch.setattr(f"laminoscope_core.analysis.{module}._TASK_VALUES", 500)
    parts = analyse(words)
    for name in ("rsa-chance", "separability-chance"):
        for field in ("p", "q", "low", "high"):
            np.testing.assert_allclose(
                getattr(parts[name], field), getattr(whole[name], field), rtol=1e-9
            )


def test_undefined_scores_have_no_chance_and_leave_other_layers_alone(as_words, analyse):
    random = np.random.default_rng(2)
    rows = random.normal(size=(3, 12, 8))
    broken = rows.copy()
    broken[1, 0, 0] = np.nan
    few = rsa_chance.Params(n_permutations=19, n_resamples=20)
    few_d = separability_chance.Params(n_permutations=19, n_resamples=20)
    clean, spoilt = (
        analyse(as_words(x, rows, categories=CATEGORIES), rsa_chance=few, separability_chance=few_d)
        for x in (rows, broken)
    )
    for name in ("rsa-chance", "separability-chance"):
        for field in ("p", "low", "high"):
            values = getattr(spoilt[name], field)
            assert np.isnan(values[1, 0]).all()
            np.testing.assert_array_equal(values[[0, 2]], getattr(clean[name], field)[[0, 2]])
    assert (spoilt["rsa-chance"].n_resamples[1, 0] == 0).all()


def test_rounding_noise_gets_no_band(as_words, analyse):
    random = np.random.default_rng(4)
    copies = np.repeat(random.normal(size=(1, 1, 64)), 12, axis=1)
    # cosines of 1 or, rounded, the next smaller float32
    copies = copies * (1 + 2e-4 * random.normal(size=copies.shape))
    words = as_words(copies, random.normal(size=(1, 12, 64)), categories=CATEGORIES)
    results = analyse(words)
    chance = results["rsa-chance"]
    assert 0 < np.ptp(results["similarity"].matrices["q"]) < 5e-7
    assert np.isnan(chance.low[:, 0]).all()
    assert np.isfinite(chance.low[:, 2]).all()


def test_d_of_a_resample_in_which_nothing_varies_is_skipped():
    a, b, c = np.random.default_rng(5).normal(size=(3, 50))
    values = np.stack([a, a, b, b, c])
    columns = np.concatenate([values, values**2], axis=1)
    within = np.array([[1, 3, 0, 0, 0], [1, 1, 0, 0, 1], [0, 0, 0, 0, 0]])
    across = np.array([[0, 0, 2, 1, 0], [0, 0, 2, 1, 0], [0, 0, 2, 1, 1]])
    groups = [
        (weights.sum(axis=1).astype(float), weights @ columns) for weights in (within, across)
    ]
    d = separability_chance.cohens_d_of_groups(*groups, columns.mean(axis=0))
    assert np.isnan(d[[0, 2]]).all()
    expected, _ = cohens_d(values[[0, 1, 4]].T, values[[2, 2, 3]].T)
    np.testing.assert_allclose(d[1], expected)


@pytest.mark.parametrize("correlation", [*ORACLES, "rho_a"])
@pytest.mark.parametrize("corrected", [False, True])
def test_the_number_of_threads_changes_no_bit(correlation, corrected, words, analyse, monkeypatch):
    few = rsa_chance.Params(n_permutations=40, n_resamples=40)
    monkeypatch.setattr("laminoscope_core.analysis.relabelled._MOST_PERMUTATIONS", 3)
    monkeypatch.setattr("laminoscope_core.analysis.weighted._TASK_VALUES", 100)
    runs = []
    for threads in ("1", "2", "5"):
        monkeypatch.setenv("OMP_NUM_THREADS", threads)
        params = rsa.Params(correlation, corrected)
        runs.append(analyse(words, rsa=params, rsa_chance=few, separability_chance=few))
    for other in runs[1:]:
        for name in ("rsa-chance", "separability-chance"):
            for field in ("p", "low", "high"):
                np.testing.assert_array_equal(
                    getattr(other[name], field), getattr(runs[0][name], field)
                )


@pytest.mark.parametrize("module", [rsa_chance, separability_chance])
def test_what_there_is_so_far_is_handed_out_and_says_that_it_is_not_all(
    module, words, analyse, monkeypatch
):
    monkeypatch.setattr("laminoscope_core.analysis.relabelled._MOST_PERMUTATIONS", 10)
    monkeypatch.setattr("laminoscope_core.analysis.separability_chance._TASK_VALUES", 100)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    inputs = Inputs(words, results=analyse(words, "similarity", "rsa", "separability"))
    params = rsa_chance.Params(n_permutations=200, n_resamples=40)
    partial = []
    whole = module.run(inputs, params, Job(on_partial=partial.append, partial_every=0))
    assert len(partial) >= 3
    assert whole.complete
    assert not any(result.complete for result in partial)
    # p from the first relabellings alone, while some are still to come
    n_done = partial[0].n_permutations
    assert 0 < n_done < whole.n_permutations == 200
    first = partial[0].p[np.isfinite(partial[0].p)] * (n_done + 1)
    assert first.size
    if module is separability_chance:  # where each relabelling gives all scores at once
        np.testing.assert_allclose(first, np.round(first))
    assert np.isnan(partial[0].low).all()
    np.testing.assert_array_equal(partial[-1].p, whole.p)
    np.testing.assert_array_equal(partial[-1].low, whole.low)


@pytest.mark.parametrize("correlation", [*ORACLES, "rho_a"])
def test_two_words_and_lone_words_do_not_crash(correlation, as_words, analyse):
    rows = np.random.default_rng(3).normal(size=(2, 5, 8))
    few = rsa_chance.Params(n_permutations=9, n_resamples=9)
    for categories in ("ab", "aabbc", "abcde"):
        words = as_words(rows[:, : len(categories)], categories=categories)
        chance = analyse(words, rsa=rsa.Params(correlation), rsa_chance=few)["rsa-chance"]
        assert np.isnan(chance.p[..., 1]).all()
        if categories == "abcde":
            # nothing can be relabelled inside categories of one word
            assert np.isnan(chance.p[..., 2]).all()
            assert (chance.reasons[..., 2] == "only 1 relabelling differs").all()


def test_chance_stops_when_the_job_is_cancelled(words, analyse):
    results = analyse(words, "similarity", "rsa")
    reports = []

    def cancel_on_third(fraction, text):
        reports.append(fraction)
        if len(reports) == 3:
            job.cancel()

    job = Job(cancel_on_third)
    with pytest.raises(Cancelled):
        rsa_chance.run(
            Inputs(words, results=results), rsa_chance.Params(n_permutations=50_000), job
        )
    assert len(reports) == 3


def test_csv(words, analyse):
    results = analyse(words)
    chance = results["rsa-chance"]
    lines = rsa_chance.tables(chance)["rsa/laminar.csv"].to_csv().splitlines()
    assert lines[0] == (
        "layer,pair,subset,carrier,r,fisher_z,n_pairs,n_words,p,q,q_all,low,high,"
        "n_permutations,n_resamples,n,reason"
    )
    assert len(lines) == 1 + 2 * 3 * 3
    layer, pair, subset, *_, p = lines[1 + 9 + 3 + 2].split(",")[:9]
    assert (layer, pair, subset) == ("1", "q-v", "across")
    assert float(p) == pytest.approx(chance.p[1, 1, 2])
    table = separability_chance.tables(results["separability-chance"])
    lines = table["rsa/separability.csv"].to_csv().splitlines()
    assert lines[0] == (
        "layer,site,carrier,cohens_d,hedges_g,mean_within,mean_across,n_within,n_across,"
        "p,q,q_all,low,high,n_permutations,n_resamples,n,reason"
    )
    assert len(lines) == 1 + 2 * 3
    lines = rsa_chance.tables(chance)["rsa/contrast.csv"].to_csv().splitlines()
    assert lines[0] == (
        "layer,pair,carrier,difference,p,q,q_all,low,high,n_permutations,n_resamples,n,reason"
    )
    assert len(lines) == 1 + 2 * 3


@pytest.mark.parametrize(("n_layers", "n"), [(2, 1000), (61, 1220)])
def test_there_are_as_many_relabellings_as_one_layer_alone_needs(n_layers, n, as_words, analyse):
    rows = np.random.default_rng(5).normal(size=(n_layers, 12, 6))
    results = analyse(as_words(rows, rows, categories=CATEGORIES))
    for name in ("rsa-chance", "separability-chance"):
        assert results[name].n_permutations == n
        # the smallest p there can be, in one layer alone, has q < .05
        assert n_layers / (n + 1) < 0.05


def test_the_contrast_comes_from_the_same_relabellings_and_resamples(words, analyse):
    chance = rsa_chance.Params(n_permutations=80, n_resamples=150, seed=4)
    results = analyse(words, "similarity", "rsa", "rsa-chance", rsa_chance=chance)
    matrices, found = results["similarity"].matrices, results["rsa-chance"].contrast
    pairs, labels = word_pairs(CATEGORIES), np.array(CATEGORIES)
    for row, (first, second) in enumerate(SITE_PAIRS):
        x, y = (matrices[site][1].astype(float) for site in (first, second))

        def contrast(x, y):
            within, across = (
                pearsonr(x[pairs.mask(name)], y[pairs.mask(name)]).statistic
                for name in ("within", "across")
            )
            return within - across

        observed = contrast(x, y)
        assert found.score[1, row] == pytest.approx(observed, abs=1e-9)
        assert results["rsa"].contrast[1, row] == found.score[1, row]
        moved = [
            contrast(x, y[np.ix_(names, names)])
            for names in word_permutations(CATEGORIES, 80, 4, inside=True)
        ]
        reaching = np.sum(np.abs(moved) >= abs(observed) - 1e-9)
        assert found.p[1, row] == (1 + reaching) / 81
        drawn_contrasts = []
        for counts in bootstrap_counts(12, 150, 4).astype(int):
            drawn = np.repeat(np.arange(12), counts)
            i, j = (drawn[side] for side in np.triu_indices(12, k=1))
            same = labels[i] == labels[j]
            if len(set(zip(*np.stack([i, j])[:, (i != j) & same].tolist(), strict=True))) < 3:
                continue
            scores = [
                pearsonr(x[i[keep], j[keep]], y[i[keep], j[keep]]).statistic
                for keep in ((i != j) & same, ~same)
            ]
            drawn_contrasts.append(scores[0] - scores[1])
        low, high = np.quantile(drawn_contrasts, [0.025, 0.975])
        assert found.low[1, row] == pytest.approx(low, abs=1e-6)
        assert found.high[1, row] == pytest.approx(high, abs=1e-6)


def test_q_over_all_curves_adjusts_all_p_together(words, analyse):
    results = analyse(words)
    chance = results["rsa-chance"]
    for tested in (chance, chance.contrast, results["separability-chance"]):
        expected = multipletests(tested.p.ravel(), method="fdr_bh")[1]
        np.testing.assert_allclose(tested.q_all.ravel(), expected)
    assert chance.p.size == 2 * 3 * 3


@pytest.mark.parametrize("categories", ["aabbcc", "aaabbb", "abcdef", "aaaaaa", "aab", "aabbb"])
@pytest.mark.parametrize("subset", ["all", "within", "across"])
@pytest.mark.parametrize("inside", [False, True])
def test_relabellings_that_differ_are_counted(categories, subset, inside):
    if not inside and subset != "all":
        return  # never asked for
    pairs = word_pairs(list(categories)).of(subset)
    matrix = np.random.default_rng(0).normal(size=(len(categories),) * 2)
    matrix = matrix + matrix.T
    labels = np.array(list(categories))
    moved = {
        tuple(matrix[np.ix_(names, names)][pairs.first, pairs.second])
        for names in map(list, itertools.permutations(range(len(categories))))
        if not inside or (labels[names] == labels).all()
    }
    assert n_relabellings(categories, subset, inside=inside) == len(moved)


@pytest.mark.parametrize("categories", ["aabbcc", "aaabbb", "abcdef", "aaaaaa", "aab", "aabbbc"])
def test_dealings_that_differ_are_counted(categories):
    dealt = {
        tuple(word_pairs([categories[name] for name in names]).within)
        for names in itertools.permutations(range(len(categories)))
    }
    assert n_dealings(categories) == len(dealt)


@pytest.mark.parametrize(
    ("categories", "subset", "reason"),
    [
        ("aabbcc", 1, "only 1 relabelling differs"),
        ("aabbcc", 2, "only 8 relabellings differ"),
        ("aaabb", 1, "only 6 relabellings differ"),
        ("aaaabbbb", 1, ""),
        ("aaa", 0, "only 6 relabellings differ"),
        ("aabbcc", 0, ""),
    ],
)
def test_a_p_that_cannot_be_small_is_undefined(categories, subset, reason, as_words, analyse):
    rows = np.random.default_rng(6).normal(size=(2, 2, len(categories), 9))
    chance = analyse(as_words(*rows, categories=categories))["rsa-chance"]
    assert (np.isnan(chance.p[..., subset]) == (reason != "")).all()
    assert (chance.reasons[..., subset] == reason).all()
    table = rsa_chance.tables(chance)["rsa/laminar.csv"]
    undefined = np.isnan(table.columns["p"]) | np.isnan(table.columns["low"])
    assert (undefined == (np.array(table.columns["reason"]) != "")).all()


def test_relabellings_that_give_equal_scores_do_not_differ(as_words, analyse):
    # one word lies apart, the others are at right angles: twelve relabellings, twelve scores
    rows = np.eye(12)[None].repeat(2, axis=0)
    rows[:, 1] = rows[:, 0]
    words = as_words(rows, rows, categories="a" * 12)
    chance = analyse(words, "similarity", "rsa", "rsa-chance")["rsa-chance"]
    assert set(chance.reasons[..., 0].ravel()) == {"only 2 relabellings differ"}
    assert np.isnan(chance.p[..., 0]).all()


@pytest.mark.parametrize(
    ("categories", "all_pairs", "others"),
    [
        ("aaaabbbb", "a band needs at least 9 words, here there are 8", None),
        ("aaaaaaabb", "", "a band needs at least 3 words in each category, “b” has 2"),
        ("aaabbbccc", "", ""),
    ],
)
def test_a_band_that_promises_too_much_is_not_computed(
    categories, all_pairs, others, as_words, analyse
):
    others = all_pairs if others is None else others
    rows = np.random.default_rng(7).normal(size=(2, 3, len(categories), 9))
    results = analyse(as_words(*rows, categories=categories))
    chance, of_d = results["rsa-chance"], results["separability-chance"]
    for tested, reason in (
        (chance.contrast, others),
        (of_d, others),
    ):
        assert (tested.band_reasons == reason).all()
        assert (np.isnan(tested.low) == (reason != "")).all()
    for column, reason in ((0, all_pairs), (1, others), (2, others)):
        assert (chance.band_reasons[..., column] == reason).all()
        assert (np.isnan(chance.high[..., column]) == (reason != "")).all()
        assert ((chance.n_resamples[..., column] == 0) == (reason != "")).all()


def test_block_corrected_pairs_within_need_a_word_more_for_a_band(as_words, analyse):
    rows = np.random.default_rng(8).normal(size=(2, 1, 9, 9))
    params = rsa.Params(block_corrected=True)
    chance = analyse(as_words(*rows, categories="aaabbbccc"), rsa=params)["rsa-chance"]
    reason = "a band needs at least 4 words in each category, “a” has 3"
    for reasons in (chance.band_reasons[..., 1], chance.contrast.band_reasons):
        assert (reasons == reason).all()
    assert np.isfinite(chance.low[..., [0, 2]]).all()
