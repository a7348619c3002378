"""Word lists are read by strict rules or refused with line and reason; never guessed."""

import contextlib
import csv
import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from laminoscope_core.analysis.inputs import WordActivations
from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import WordsSection
from laminoscope_core.export.formats import table_bytes
from laminoscope_core.run.sections import SECTIONS
from laminoscope_core.tables import Table
from laminoscope_core.word_lists import MOST_WORDS, read_word_list
from laminoscope_core.word_lists.editing import moved, sorted_rows
from laminoscope_core.word_lists.faults import faults

SUN, PEAR = ("space", "sun"), ("fruit", "pear")


@pytest.mark.parametrize(
    ("text", "rows", "said"),
    [
        ("sun\n\n moon \n", [("words", "sun"), ("words", "moon")], "one word a line"),
        ("word\nsun", [("words", "sun")], "after a line that names them"),
        ("space,sun\nfruit,pear", [SUN, PEAR], "two columns divided by commas"),
        ("space\tsun\nfruit\tpear", [SUN, PEAR], "two columns divided by tabs"),
        ("space;sun\nfruit;pear", [SUN, PEAR], "two columns divided by semicolons"),
        ("category,word\nspace,sun\n", [SUN], "named in the first line"),
        ("Word;Category\nsun;space\n", [SUN], "category from “Category”, word from “Word”"),
        ("item,condition\nsun,space\npear,fruit", [SUN, PEAR], "category from “condition”"),
        ("category,words\nspace,sun", [SUN], "word from “words”"),
        # decimal commas in columns divided by semicolons
        ("word;category;freq\nsun;space;3,5\npear;fruit;1,25", [SUN, PEAR], "semicolons"),
        ("word;freq\nsun;3,5\n", [("words", "sun")], "semicolons"),
        # a quoted comma in a file divided by semicolons
        ('space;"sun, moon"\nfruit;pear', [("space", "sun, moon"), PEAR], "semicolons"),
        # a blank before a quotation mark, doubled marks
        ('space, "sun, moon"\nfruit, pear', [("space", "sun, moon"), PEAR], "commas"),
        ('category,word\n"a, b","x ""y"""\n', [("a, b", 'x "y"')], "commas"),
        ('5" nail\ttool\n', [('5" nail', "tool")], "tabs"),
        # line ends, trailing delimiters, an empty last column
        ("space,sun\r\nfruit,pear\r\n", [SUN, PEAR], "commas"),
        ("space,sun\rfruit,pear\r", [SUN, PEAR], "commas"),
        ("space,sun,,\nfruit,pear,,\n", [SUN, PEAR], "commas"),
        ("word,category,\nsun,space\npear,fruit,\n", [SUN, PEAR], "commas"),
        ("sun\t\npear\t\n", [("words", "sun"), ("words", "pear")], "one word a line"),
        # what spreadsheets write
        ("sep=;\r\nspace;sun\r\nfruit;pear", [SUN, PEAR], "semicolons"),
        ('"sep=|"\nspace|sun\nfruit|pear', [SUN, PEAR], "“|”"),
        ("\ufeffword,n\nsun,3\n", [("words", "sun")], "commas"),
        ("space,'-ing\nfruit,''tis", [("space", "-ing"), ("fruit", "''tis")], "commas"),
        ("space,'=sun\nfruit,'@pear", [("space", "=sun"), ("fruit", "@pear")], "commas"),
        ('space,"=""sun"""\nfruit,pear', [SUN, PEAR], "commas"),
        ("“space”,“sun”\n„fruit“,«pear»", [SUN, PEAR], "commas"),
        ("space,New\u00a0York\n\u00a0fruit\u00a0,\u202fpear", [("space", "New York"), PEAR], ""),
        ("“category”,“word”\n“space”,“sun”", [SUN], "named in the first line"),
        ("“word”\n“sun”", [("words", "sun")], "after a line that names them"),
        (",word,category\n0,sun,space\n1,pear,fruit\n", [SUN, PEAR], "named in the first line"),
        ("'tis\n’twas\n", [("words", "'tis"), ("words", "’twas")], "one word a line"),
        (",sun\n", [("words", "sun")], "commas"),
        ("1,sun\n1,moon\n2,pear", [("1", "sun"), ("1", "moon"), ("2", "pear")], "commas"),
        ('"New York, NY"\n"Paris"', [("words", "New York, NY"), ("words", "Paris")], "one word"),
        ('{"space": ["sun"], "fruit": ["pear"]}', [SUN, PEAR], "JSON"),
        ('["sun", "moon"]', [("words", "sun"), ("words", "moon")], "JSON"),
        ('[{"word": "sun", "category": "space", "n": 1}]', [SUN], "JSON"),
        ('[{"Item": "sun", "condition": "space"}]', [SUN], "its category in each entry"),
        ('[{"word": "sun"}, {"word": "moon"}]', [("words", "sun"), ("words", "moon")], "no cat"),
        # tables as other programs write them in JSON
        ('{"word": ["sun", "pear"], "category": ["space", "fruit"]}', [SUN, PEAR], "a column of"),
        ('{"Category": ["space"], "n": [3], "Words": ["sun"]}', [SUN], "a column of words"),
        ('{"words": ["sun"], "nonwords": ["nus"]}', [("words", "sun"), ("nonwords", "nus")], ""),
        ("[MASK]\n[SEP]", [("words", "[MASK]"), ("words", "[SEP]")], "one word a line"),
        ("<s>\n</s>", [("words", "<s>"), ("words", "</s>")], "one word a line"),
        # numbers of other locales are no categories
        ("word,freq\nsun,1E+05\nmoon,.5\n", [("words", "sun"), ("words", "moon")], "commas"),
        ("word,freq\nsun,٣٫٥\nmoon,１２\n", [("words", "sun"), ("words", "moon")], "commas"),
        # signs that divide for people, where they are said to be of the words
        ("word\nspace: sun\nfruit: pear", [("words", "space: sun"), ("words", "fruit: pear")], ""),
        ("sep=、\n太陽、月\n梨、蜜柑", [("太陽", "月"), ("梨", "蜜柑")], "“、”"),
        ("'n'\nrock", [("words", "'n'"), ("words", "rock")], "one word a line"),
    ],
)
def test_what_is_understood_is_said(text, rows, said):
    found = read_word_list(text)
    assert found.rows == rows
    assert said in found.dialect


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", None, "no words"),
        ("\n \n", None, "no words"),
        ("category,word\n", None, "no words"),
        ("word\n", None, "no words"),
        # the same lines can be divided in two ways
        ("space;sun;3,5\nfruit;pear;1,2", None, "Both commas and semicolons"),
        ("space\tsun, moon\nfruit\tpear, lime", None, "Both commas and tabs"),
        # one stray sign
        ("sun\nmo\ton\nstar", 2, "Tabs divide it into 2 columns"),
        ("category,word\nspace,sun\tshine\n", 2, "holds a tab"),
        ("space,sun\nfruit,pe\tar\n", 2, "holds a tab"),
        ("sun\nParis, France\nmoon", 2, "Commas divide it into 2 columns"),
        ("space,sun\nfruit,pear,lime\n", 2, "Commas divide it into 3 columns"),
        ("category,word\nspace,sun\nfruit,pear,lime\n", 3, "3 columns where there are 2"),
        # quotation marks
        ('space,sun\nfruit,"pe"ar\n', 2, "quotation mark stands inside"),
        ('sun\nsay "hi"\n', 2, "quotation mark stands inside"),
        ('space,sun\nfruit,"pear\n', 2, "not closed"),
        ("space,“sun, moon”\n", 1, "nothing says which"),
        # headers
        ("category,noun\nspace,sun", 1, "no column of words"),
        ("word,item\nsun,moon", 1, "which is that of words"),
        ("word,category,group\nsun,a,b", 1, "which is that of categories"),
        ("thing,item\nspace,sun", 1, "could name the columns"),
        ("1,space,sun\n2,fruit,pear", 1, "3 columns, and nothing says which"),
        ("sun,3\npear,4,", 1, "holds numbers, not words"),
        ("sun;3,5\npear;4", 1, "holds numbers, not words"),
        ("1,sun\n2,pear", 1, "holds numbers, not categories"),
        # rows
        ("space,sun\n,moon\nfruit,pear", 2, "no category"),
        ("space,sun\nfruit,\n", 2, "no word"),
        ("category,word\nspace\n", 2, "no word"),
        ("space,sun\nfruit,pear\nspace,sun", 3, "stands in line 1 already"),
        ("sun,space\nmoon,space\n", 2, "stands in line 1 already"),
        ("space,s\x07un\n", 1, "U+0007"),
        ("space,sun\nspace,#NAME?\n", 2, "an error of a spreadsheet"),
        ("sun\nm\ud83don", 2, "half a character"),
        ("sun\0moon", None, "not text"),
        ('{"space": "sun"}', None, "not of words"),
        ('{"space": ["sun", 3]}', None, "not of words"),
        ('["sun", "sun"]', None, "stands in it twice"),
        ('{"word": ["sun", "moon"], "category": ["space"]}', None, "of one length"),
        ('[{"word": "sun", "category": "space"}, {"word": "moon"}]', None, "not of words"),
        ('["sun", "  "]', None, "empty"),
        ('["\\ud83d"]', None, "half a character"),
        ('{"space": ["sun"], "space": ["moon"]}', None, "“space” stands in it twice"),
        # signs that divide for people, and not here
        *((f"space{sign}sun\nfruit{sign}pear", 1, f"holds “{sign}”") for sign in "，；、،:|=→"),
        ("| word |\n|---|\n| sun |", 1, "holds “|”"),
        ("sep=,\nspace;sun\nfruit;pear", 2, "holds “;”"),
        ("space   sun\nfruit   pear", 1, "several blanks"),
        ("- sun\n- moon", 1, "a bullet or a number"),
        ("1. sun\n2. moon", 1, "a bullet or a number"),
        ("'space','sun'\n'fruit','pear'", 1, "single quotation marks"),
        ("'sun'\n'moon'", 1, "single quotation marks"),
        # other files
        ("['sun', 'moon']", None, "begins like JSON"),
        ('{"word": "sun"}\n{"word": "moon"}', None, "begins like JSON"),
        ("[" * 10_000, None, "begins like JSON"),
        ("{\\rtf1 sun}", None, "a formatted text"),
        ("<table><tr><td>sun", None, "a web page"),
        ("\n <HTML>\n<body>", None, "a web page"),
        ("PAR1\x15", None, "a table in Parquet"),
        ("sep=;,\nspace;sun\nfruit;pear", 1, "must name one sign"),
        ("PK\3\4\0\0", None, "a spreadsheet or an archive"),
        # errors of spreadsheets in other languages, line ends of other kinds
        *(
            (f"word,category\n{cell},a", 2, "an error of a")
            for cell in ("#NV", "#WERT!", "Err:502")
        ),
        ("sun\u2028moon", 1, "a line end"),
        ('space,"su\nn"\n', 1, "a line end"),
        ("category,word\nspace,sun\ncategory,word\n", 3, "names the columns once more"),
        ("sun\n" + "word " * 50, 2, "249 characters"),
    ],
)
def test_what_does_not_fit_is_refused_with_line_and_reason(text, line, reason):
    with pytest.raises(ExperimentError) as refused:
        read_word_list(text, "mine.csv")
    assert "mine.csv" in refused.value.message
    assert reason in refused.value.message
    assert (f"Line {line}:" in refused.value.message) is (line is not None)


def test_columns_the_other_way_round_are_asked_about():
    with pytest.raises(ExperimentError, match="other way round"):
        read_word_list("sun,space\nmoon,space\npear,fruit\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark_are_read(encoding):
    content = "category\tword\r\nspace\tGrüße\r\nfruit\t梨\r\n".encode(encoding)
    assert read_word_list(content).rows == [("space", "Grüße"), ("fruit", "梨")]


def test_another_encoding_is_named_with_its_line():
    with pytest.raises(ExperimentError, match="not UTF-8 text: byte 0xFC in line 2"):
        read_word_list("space,sun\nfruit,Gr\u00fcn\n".encode("cp1252"))
    assert "another encoding" in read_word_list("space,Gr\ufffdn").warnings[0]


def test_what_was_changed_is_counted():
    found = read_word_list("“a”,“b”\nc,d\u00a0e\nf,'=g\n")
    assert found.rows == [("a", "b"), ("c", "d e"), ("f", "=g")]
    assert [text.split(" (")[1] for text in found.warnings[:3]] == [
        "2 cells).",
        "1 cell).",
        "1 cell).",
    ]
    assert "category of its own" in found.warnings[3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kategorie;Wort\nobst;birne\nobst;apfel\n", "does it name the columns?"),
        ("# mine\nsun\nmoon\n", "“# mine” begins like a remark."),
        (
            'category,words\nspace,"sun, moon"\nfruit,pear\n',
            "“sun, moon” looks like several words in one cell.",
        ),
        ("space:\n- sun\n- moon\n", "“- sun” begins like a line of a list (and 1 more)."),
        ("word,category\n1-Mar,x\n", "looks like a date"),
        ("word,category\nsun,NA\nmoon,x\n", "“NA” may stand for a missing value."),
        ("su\u00adn\nmoon\n", "“su⟨U+00AD⟩n” holds characters that cannot be seen."),
        ("caf\u00e9\ncafe\u0301\n", "stands in it twice, written with other characters"),
        ("Kategorie,Wort\nobst,birne\nobst,apfel\nraum,mond", "does it name the columns?"),
        ("word\n=A1\n=SUM(A1:B2)\n", "“=A1” looks like a formula (and 1 more)."),
        ("[space]\nsun\nmoon\n[fruit]\npear", "“[space]” looks like a heading of the words"),
        ("word\ncafÃ©\nsun", "“cafÃ©” looks like UTF-8 that was read in another encoding."),
        ("category,word\na,sun\na,moon\nTotal,2", "“2” is a number, unlike other words."),
        ("word\n'sun'\n'moon'", "“'sun'” stands in single quotation marks (and 1 more)."),
        ("space sun\nfruit pear", "Every word holds a blank"),
        ("space,sun\n\u200fspace,moon\nx,y", "⟨U+200F⟩space” holds characters that cannot be seen"),
        ("category,word\nspace,sun\nSpace,moon", "“space” and “Space” are two categories, which"),
        ("category,word\nm\u00f6b,sun\nmo\u0308b,moon", "are two categories, which look alike"),
    ],
)
def test_what_may_be_meant_otherwise_is_said(text, said):
    warnings = read_word_list(text).warnings
    assert any(said in warning for warning in warnings)


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم\n👩\u200d🚀\n", "Köln\nnaïve\nPear\npear", "1\n2\n3", ":)\n[MASK]x\n='"]
)
def test_words_that_are_meant_make_no_doubt(text):
    assert not read_word_list(text).warnings


@pytest.mark.parametrize("way", ["lines", "columns", "quoted", "json", "one line"])
def test_a_million_words_are_refused(way):
    n = 1_000_000
    content = {
        "lines": "".join(f"w{i}\n" for i in range(n)),
        "columns": "".join(f"c,w{i}\n" for i in range(n)),
        "quoted": '"' + "\n" * n,
        "json": json.dumps([f"w{i}" for i in range(n // 4)]),
        "one line": "," * n * 3,
    }[way]
    with pytest.raises(
        ExperimentError, match=r"words are the most|larger than 4 MB|more than 1000 columns"
    ):
        read_word_list(content.encode())


def test_as_many_words_as_may_be_are_read():
    found = read_word_list("\n".join(f"w{i}" for i in range(MOST_WORDS)))
    assert len(found.words) == MOST_WORDS


WORDS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
        lambda text: bool(text.strip())
    )
    | st.sampled_from(
        ["-ing", "'-ing", "''=x", "'tis", "=1+1", "\t=x", "a\nb", 'a"b', " sun", "a,b", "“sun”"]
    ),
    min_size=1,
    max_size=8,
    unique=True,
)


def words_table(words):
    """The table that a run writes as rsa/words.csv."""
    none = {}
    activations = WordActivations(
        model=None,
        carrier="{word}",
        sites=("q", "k"),
        words=tuple(words),
        categories=tuple(f"'{word}" for word in words),
        pieces=tuple(map(tuple, words)),
        n_tokens=tuple(map(len, words)),
        token_ids=tuple((at,) for at in range(len(words))),
        target=none,
        context=none,
        context_token="",
        no_context="",
        pooled_ids=tuple((at // 2,) for at in range(len(words))),
        unknown_id=1,
        unknown_token="<unk>",
    )
    (table,) = SECTIONS["words"].tables(activations).values()
    return table


@given(WORDS)
@example(["'-ing", "-ing", "'tis", "''-ing"])
def test_our_tables_are_read_back_to_the_same_words(words):
    table = words_table(words)
    assert list(table.columns)[-2:] == ["copy_of", "unknown"]
    expected = [(f"'{word}", word) for word in words]
    provenance = {"model": "gpt2", "words": words}
    assert read_word_list(table.to_csv().encode()).rows == expected
    for file_format in ("csv", "tsv", "json"):
        for said in (None, provenance):
            content = table_bytes(table, file_format, said)
            assert read_word_list(content).rows == expected
            assert read_word_list(b"\xef\xbb\xbf" + content).rows == expected


@given(WORDS)
def test_tables_of_pairs_hold_all_their_words(words):
    pairs = [(a, b) for a in range(len(words)) for b in range(a + 1, len(words))]
    table = Table(
        {
            "first": [a for a, _ in pairs],
            "first_word": [words[a] for a, _ in pairs],
            "second_word": [words[b] for _, b in pairs],
            "first_category": [words[a] for a, _ in pairs],
            "second_category": [words[b] for _, b in pairs],
            "r": [0.5 for _ in pairs],
        }
    )
    for file_format in ("csv", "tsv", "json"):
        content = table_bytes(table, file_format, {"model": "gpt2"})
        if pairs:
            assert read_word_list(content).rows == [(word, word) for word in words]
        else:
            with pytest.raises(ExperimentError, match="holds no words"):
                read_word_list(content)


def test_a_table_of_ours_without_words_is_refused():
    content = table_bytes(Table({"layer": [0], "r": [0.5]}), "csv", {"model": "gpt2"})
    with pytest.raises(ExperimentError, match="holds no words"):
        read_word_list(content)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        found = read_word_list(text)
    except ExperimentError:
        return
    assert found.words
    assert all(word.strip() for word in (*found.words, *found.categories))
    assert len(set(found.words)) == len(found.words)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(ExperimentError):
        assert read_word_list(content).words


CELLS = (
    st.text(st.characters(categories=["L", "N"], include_characters=",; -"), min_size=1)
    .map(str.strip)
    .filter(bool)
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_what_the_csv_module_writes_with_a_header_is_read(rows, delimiter):
    rows = list({word: (category, word) for category, word in rows}.values())
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("category", "word"), *rows])
    assert read_word_list(out.getvalue()).rows == rows


ROWS = (("space", "sun"), ("space", "moon"), ("fruit", "pear"), ("fruit", "lime"), ("x", "odd"))


@pytest.mark.parametrize(
    ("chosen", "before", "moved_rows", "first"),
    [
        ([0], 2, (1, 0, 2, 3, 4), 1),  # within its own
        ([4], 3, (0, 1, 2, "fruit odd", 3), 3),  # among others: it joins them
        ([4], 2, (0, 1, "space odd", 2, 3), 2),  # between two: the one above
        ([4], 0, ("space odd", 0, 1, 2, 3), 0),  # above all: the one below
        ([0, 2], 5, (1, 3, 4, "x sun", "x pear"), 3),  # several at once
        ([0, 1, 2, 3, 4], 3, (0, 1, 2, 3, 4), 0),  # all: nobody to join
    ],
)
def test_moved_words_join_those_among_whom_they_come_to_stand(chosen, before, moved_rows, first):
    expected = tuple(ROWS[at] if isinstance(at, int) else tuple(at.split()) for at in moved_rows)
    assert moved(ROWS, chosen, before) == (expected, first)


@given(st.data())
def test_moving_loses_no_word_and_sorting_only_changes_the_order(data):
    words = data.draw(st.lists(st.text(min_size=1, max_size=3), unique=True, min_size=1))
    rows = [(data.draw(st.sampled_from("ab")), word) for word in words]
    numbers = st.integers(0, len(rows) - 1)
    chosen = data.draw(st.sets(numbers, min_size=1))
    after, first = moved(rows, chosen, data.draw(st.integers(0, len(rows))))
    assert sorted(word for _, word in after) == sorted(words)
    assert [word for _, word in after[first : first + len(chosen)]] == [
        words[at] for at in sorted(chosen)
    ]
    assert sorted(sorted_rows(rows, "word")) == sorted(rows)


@pytest.mark.parametrize(
    ("row", "short", "stops"),
    [
        (("space", ""), "empty", False),
        (("space", "  "), "empty", False),
        (("space", "sun"), "also row 1", True),
        (("", "star"), "no category", False),
        (("space", "a\tb"), "holds a tab", False),
        (("space", "a\u202eb"), "holds U+202E", False),
        (("sp\x07ce", "star"), "holds U+0007", False),
        (("space", "a\ud83d"), "half a character", True),
        (("space", "x" * 101), "too long", False),
        (("space", "Sun"), "copy of row 1", False),
        (("space", "👩‍🚀"), "", False),
        (("space", "שלום"), "", False),
        (("space", "a\u00a0b"), "", False),
    ],
)
def test_a_row_says_what_is_wrong_with_it(row, short, stops):
    rows = [("space", "sun"), row]
    found = faults(rows, {"sun": ("sun",), "Sun": ("sun",)})
    assert found[1].short == short if short else 1 not in found
    if not short:
        return
    assert found[1].stops == stops
    assert found[1].says[0].isupper() or found[1].says[0] == "“"
    assert found[1].says[-1] in ".?"
    try:  # what stops says so because no experiment can be made of it
        categories = {}
        for category, word in rows:
            if word.strip():
                categories[category or "words"] = (*categories.get(category or "words", ()), word)
        WordsSection(categories=categories)
    except ValidationError:
        assert stops
    else:
        assert not stops
