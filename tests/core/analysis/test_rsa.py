"""RSA scores against correlations taken pair by pair, and the reasons where there are none."""

from itertools import combinations, permutations

import numpy as np
import pytest
from scipy import stats

from laminoscope_core.analysis import rsa, rsa_chance

SUBSETS = ("all", "within", "across")


def written_out(matrix, categories, subset):
    keep = {
        "all": lambda a, b: True,
        "within": lambda a, b: a == b,
        "across": lambda a, b: a != b,
    }[subset]
    pairs = combinations(range(len(categories)), 2)
    return np.array([float(matrix[i, j]) for i, j in pairs if keep(categories[i], categories[j])])


def tau_a(x, y):
    agree = np.sign(x[:, None] - x) * np.sign(y[:, None] - y)
    return agree.sum() / (len(x) * (len(x) - 1))


def rho_a(x, y):
    n = len(x)
    ranks = stats.rankdata(x) @ stats.rankdata(y)
    return 12 * ranks / (n**3 - n) - 3 * (n + 1) / (n - 1)


ORACLES = {
    "pearson": lambda x, y: stats.pearsonr(x, y).statistic,
    "spearman": lambda x, y: stats.spearmanr(x, y).statistic,
    "kendall_tau_a": tau_a,
    "rho_a": rho_a,
}


@pytest.fixture
def rows():
    random = np.random.default_rng(0)
    common = random.normal(size=(3, 34, 16))
    return [common + random.normal(size=(3, 34, 16)) for _ in "qkv"]


@pytest.mark.parametrize("correlation", ORACLES)
def test_every_score_is_the_correlation_of_its_pairs(correlation, rows, as_words, analyse):
    words = as_words(*rows)
    results = analyse(words, "similarity", "rsa", rsa=rsa.Params(correlation))
    scores, matrices = results["rsa"], results["similarity"].matrices
    assert scores.r.shape == (3, 3, 3)
    for layer in range(3):
        for first, second in ("qk", "qv", "kv"):
            for subset in SUBSETS:
                x = written_out(matrices[first][layer], words.categories, subset)
                y = written_out(matrices[second][layer], words.categories, subset)
                expected = ORACLES[correlation](x, y)
                actual = scores.curve(f"{first}-{second}", subset)[layer]
                assert actual == pytest.approx(expected, abs=1e-9)


def test_rho_a_is_the_mean_of_spearman_over_all_ways_to_break_ties():
    x, y = np.array([1.0, 2, 2, 3, 4]), np.array([2.0, 1, 3, 3, 3])
    broken = [
        stats.spearmanr(x + 1e-6 * np.array(a), y + 1e-6 * np.array(b)).statistic
        for a in permutations(range(5))
        for b in permutations(range(5))
    ]
    assert rsa.correlate(x[None], y[None], "rho_a")[0] == pytest.approx(np.mean(broken))


@pytest.mark.parametrize("correlation", ORACLES)
def test_block_correction_removes_the_mean_of_each_pair_of_categories(
    correlation, rows, as_words, analyse
):
    words = as_words(*rows)
    params = rsa.Params(correlation, block_corrected=True)
    results = analyse(words, "similarity", "rsa", rsa=params)
    corrected = {}
    for site, matrix in results["similarity"].matrices.items():
        blocks = {}
        for i, j in combinations(range(34), 2):
            name = tuple(sorted((words.categories[i], words.categories[j])))
            blocks.setdefault(name, []).append((i, j))
        corrected[site] = matrix[1].astype(float)
        for members in blocks.values():
            mean = np.mean([matrix[1, i, j] for i, j in members], dtype=float)
            for i, j in members:
                corrected[site][i, j] -= mean
    for subset in SUBSETS:
        x = written_out(corrected["q"], words.categories, subset)
        y = written_out(corrected["v"], words.categories, subset)
        assert results["rsa"].curve("q-v", subset)[1] == pytest.approx(
            ORACLES[correlation](x, y), abs=1e-9
        )


def test_widths_may_differ_and_equal_sites_score_one(as_words, analyse):
    random = np.random.default_rng(1)
    q, v = random.normal(size=(2, 34, 16)), random.normal(size=(2, 34, 9))
    scores = analyse(as_words(q, q, v), "similarity", "rsa")["rsa"]
    np.testing.assert_allclose(scores.curve("q-k", "all"), 1)
    assert (np.abs(scores.curve("q-v", "all")) < 0.5).all()


def test_fisher_z_of_a_perfect_score_is_shown_as_infinite(as_words, analyse):
    r = np.array([[[1.0, -1.0, 0.5]]])
    unknown = np.full(r.shape, np.nan)
    result = rsa.Result(
        rsa.Params(), "{word}", (0,), ("q-k",), SUBSETS, r, np.array([3, 3, 3]), 3,
        np.full(r.shape, ""), unknown, unknown,
    )  # fmt: skip
    csv = rsa.tables(result)["rsa/laminar.csv"].to_csv().splitlines()
    untested = ",,,,,,0,0,3,chance has not been computed"
    assert csv[1:] == [
        f"0,q-k,all,{{word}},1,inf,3,3{untested}",
        f"0,q-k,within,{{word}},-1,-inf,3,3{untested}",
        f"0,q-k,across,{{word}},0.5,{np.arctanh(0.5)!s},3,3{untested}",
    ]


@pytest.mark.parametrize(
    ("correlation", "column"),
    [("pearson", "r"), ("spearman", "r"), ("kendall_tau_a", "tau_a"), ("rho_a", "rho_a")],
)
def test_a_column_is_named_for_what_it_holds(correlation, column, rows, as_words, analyse):
    params = rsa.Params(correlation)
    scores = analyse(as_words(*rows), "similarity", "rsa", rsa=params)["rsa"]
    columns = rsa.tables(scores)["rsa/laminar.csv"].columns
    np.testing.assert_array_equal(columns[column], scores.r.ravel())
    assert {"r", "tau_a", "rho_a"} & columns.keys() == {column}
    assert ("fisher_z" in columns) == (column == "r")


def test_every_nan_has_its_reason_beside_it(as_words, analyse):
    rows = np.random.default_rng(0).normal(size=(3, 34, 8))
    broken = rows.copy()
    broken[1, 0, 0] = np.nan
    few = rsa_chance.Params(n_permutations=30, n_resamples=30)
    chance = analyse(as_words(broken, rows), rsa_chance=few)["rsa-chance"]
    columns = rsa_chance.tables(chance)["rsa/laminar.csv"].columns
    undefined, reasons = np.isnan(columns["r"]), np.array(columns["reason"])
    assert 0 < undefined.sum() < undefined.size
    np.testing.assert_array_equal(reasons != "", undefined)
    assert set(reasons[undefined]) == {"Q holds values that are not finite, first in layer 1"}


def test_laminar_csv_has_a_line_for_every_layer_pair_and_subset(rows, as_words, analyse):
    scores = analyse(as_words(*rows), "similarity", "rsa")["rsa"]
    lines = rsa.tables(scores)["rsa/laminar.csv"].to_csv().splitlines()
    assert lines[0].startswith("layer,pair,subset,carrier,r,fisher_z,n_pairs,n_words,p,q,")
    assert len(lines) == 1 + 3 * 3 * 3
    layer, pair, subset, _, r, z, n_pairs, n_words, *_ = lines[1 + 9 + 2 * 3 + 1].split(",")
    assert (layer, pair, subset, n_pairs, n_words) == ("1", "k-v", "within", "178", "34")
    assert float(r) == pytest.approx(scores.curve("k-v", "within")[1])
    assert float(z) == pytest.approx(np.arctanh(scores.curve("k-v", "within")[1]))


@pytest.mark.parametrize(
    ("categories", "subset", "reason"),
    [
        ("abcd", "within", "no category has two words"),
        ("aaaa", "across", "there is only one category"),
        ("aabb", "within", "a correlation needs at least 3 pairs of words, here there are 2"),
        ("ab", "all", "a correlation needs at least 3 pairs of words, here there are 1"),
    ],
)
def test_too_few_pairs_are_undefined_with_a_reason(categories, subset, reason, as_words, analyse):
    rows = np.random.default_rng(2).normal(size=(2, len(categories), 8))
    scores = analyse(as_words(rows, categories=categories), "similarity", "rsa")["rsa"]
    assert np.isnan(scores.curve("q-k", subset)).all()
    assert (scores.reasons[:, :, SUBSETS.index(subset)] == reason).all()


@pytest.mark.parametrize("correlation", ORACLES)
def test_constant_similarities_are_undefined_and_name_the_site(correlation, as_words, analyse):
    random = np.random.default_rng(3)
    q = random.normal(size=(2, 34, 40))
    k = q.copy()
    k[1] = np.eye(34, 40)
    scores = analyse(as_words(q, k, q), "similarity", "rsa", rsa=rsa.Params(correlation))["rsa"]
    assert np.isfinite(scores.r[0]).all()
    assert (scores.reasons[0] == "").all()
    assert np.isnan(scores.curve("q-k", "all")[1])
    assert scores.reasons[1, 0, 0] == "the pairs are all equally similar at K"
    assert np.isfinite(scores.curve("q-v", "all")[1])


def test_copies_of_one_row_are_constant_however_they_are_rounded(as_words, analyse):
    random = np.random.default_rng(4)
    copies = np.repeat(random.normal(size=(1, 1, 64)), 34, axis=1)
    copies *= 1 + 1e-7 * random.normal(size=copies.shape)
    scores = analyse(as_words(copies, random.normal(size=(1, 34, 64))), "similarity", "rsa")["rsa"]
    assert np.isnan(scores.curve("q-k", "all")).all()


def test_similarities_that_only_categories_explain_leave_nothing_to_correlate(
    sample_categories, as_words, analyse
):
    number = np.unique(sample_categories, return_inverse=True)[1]
    rows = np.concatenate([0.7 * np.eye(3)[number], np.eye(34)], axis=1)[None]
    other = np.random.default_rng(5).normal(size=(1, 34, 8))
    words = as_words(rows, other)
    raw, corrected = (
        analyse(words, "similarity", "rsa", rsa=rsa.Params(block_corrected=value))["rsa"]
        for value in (False, True)
    )
    assert np.isfinite(raw.curve("q-k", "all")).all()
    assert np.isnan(corrected.curve("q-k", "all")).all()
    assert corrected.reasons[0, 0, 0] == "the pairs are all equally similar at Q"


def test_activations_that_are_not_finite_name_the_first_layer(rows, as_words, analyse):
    q, k, v = rows
    k[1:, 3, 0] = np.inf
    scores = analyse(as_words(q, k, v), "similarity", "rsa")["rsa"]
    assert np.isfinite(scores.r[0]).all()
    assert np.isfinite(scores.curve("q-v", "across")).all()
    assert np.isnan(scores.r[1:, [0, 2]]).all()
    reason = "K holds values that are not finite, first in layer 1"
    assert (scores.reasons[1:, [0, 2]] == reason).all()
    assert (scores.reasons[:, 1] == "").all()
