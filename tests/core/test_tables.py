"""Tables survive the way to a file and back, and no spreadsheet evaluates a word."""

import csv
import io
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laminoscope_core.tables import Arrays, Table, guarded_text, plain_text

text = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
risky_text = st.text("'=+-@\t\r\n,\";a é", max_size=6)


def read(table):
    return list(csv.reader(io.StringIO(table.to_bytes().decode("utf-8"), newline=""), strict=True))


@given(st.lists(text | risky_text, min_size=1))
def test_any_text_survives_csv_and_the_guard(words):
    header, *rows = read(Table({"word": words, "n": range(len(words))}))
    assert header == ["word", "n"]
    assert [plain_text(word) for word, _ in rows] == words


@given(text | risky_text)
def test_no_cell_begins_like_a_formula_and_the_guard_has_an_inverse(word):
    assert guarded_text(word)[:1] not in tuple("=+-@\t\r")
    assert plain_text(guarded_text(word)) == word


@pytest.mark.parametrize(
    ("word", "cell"),
    [
        ("-ing", "'-ing"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("@home", "'@home"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("'tis", "'tis"),
        ("'-x", "''-x"),
        ("x-1", "x-1"),
    ],
)
def test_only_formulas_are_guarded(word, cell):
    assert guarded_text(word) == cell


def test_column_names_are_guarded_as_words_are():
    assert read(Table({"=1+1": [1.0]}))[0] == ["'=1+1"]


def test_negative_numbers_are_numbers():
    table = Table({"r": [-0.5, np.float32(-1)], "n": np.array([-3, 4])})
    assert table.to_csv() == "r,n\n-0.5,-3\n-1,4\n"


@given(st.floats(width=32, allow_nan=False))
def test_float32_survives_exactly(value):
    (_, (cell,)) = read(Table({"x": np.array([value], dtype=np.float32)}))
    assert np.float32(cell) == np.float32(value)


@given(st.floats(allow_nan=False))
def test_float64_survives_exactly(value):
    (_, (cell,)) = read(Table({"x": [value]}))
    assert np.float64(cell).tobytes() == np.float64(value).tobytes()


def test_floats_have_their_fewest_digits_infinity_a_name_and_nan_nothing():
    values = [0.1, 1 / 3, 1e-12, np.inf, -np.inf]
    assert Table({"x": values}).to_csv().split() == [
        "x", "0.1", "0.3333333333333333", "1e-12", "inf", "-inf",
    ]  # fmt: skip
    assert Table({"x": np.array([0.1, 1 / 3], np.float32)}).to_csv() == "x\n0.1\n0.33333334\n"
    assert Table({"x": [np.nan], "y": [np.float32("nan")]}).to_csv() == "x,y\n,\n"


@given(st.lists(text | risky_text, min_size=1))
def test_any_text_survives_the_clipboard(words):
    content = Table({"word": words, "n": range(len(words))}).to_tsv()
    _, *rows = csv.reader(io.StringIO(content, newline=""), "excel-tab", strict=True)
    assert [plain_text(word) for word, _ in rows] == words
    assert not any(word.startswith(tuple("=+-@\t\r")) for word, _ in rows)


def test_the_file_is_utf8_with_bare_line_feeds():
    content = Table({"word": ["grün", 'a "b", c']}).to_bytes()
    assert content == 'word\ngrün\n"a ""b"", c"\n'.encode()


def test_columns_of_unequal_length_are_refused():
    with pytest.raises(ValueError, match="differ in length"):
        Table({"a": [1, 2], "b": [1]})


def test_arrays_need_no_pickle_and_are_the_same_bytes_each_time(tmp_path):
    arrays = Arrays({"q": np.ones((2, 3), np.float32), "words": np.array(["grün", "x"])})
    content = arrays.to_bytes()
    assert content == arrays.to_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        assert file["q"].dtype == np.float32
        assert file["words"].tolist() == ["grün", "x"]


def test_an_array_may_have_any_name():
    content = Arrays({"file": np.arange(3), "allow_pickle": np.zeros(1)}).to_bytes()
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        assert file["file"].tolist() == [0, 1, 2]


def test_arrays_of_objects_are_refused():
    with pytest.raises(ValueError, match="'words' holds Python objects"):
        Arrays({"words": np.array(["a", None])})
