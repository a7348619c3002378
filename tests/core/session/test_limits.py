"""What a session file may be: no bombs, no tricks with names or places, nothing endless."""

import io
import json
import struct
import time
import zipfile

import pytest

from laminoscope_core.errors import SessionError
from laminoscope_core.session import load_session
from laminoscope_core.session.archive import ArchiveWriter, open_archive, write_archive
from laminoscope_core.session.text import dump_json, load_json

from .forging import members_of, signed


@pytest.fixture
def refused(tmp_path):
    """Load a file of this content, which must fail in words that match, within five seconds."""

    def check(content, match):
        path = tmp_path / "forged.laminoscope"
        path.write_bytes(content)
        start = time.perf_counter()
        with pytest.raises(SessionError, match=match) as caught:
            load_session(path)
        assert time.perf_counter() - start < 5
        assert path.name in str(caught.value)

    return check


def with_entry(file, name, change):
    """Return the file with the entry of a member in the list at the end changed."""
    data = bytearray(file.read_bytes())
    place = data.rindex(name.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    change(data, place)
    return bytes(data)


def put(fmt, offset, value):
    return lambda data, place: struct.pack_into(fmt, data, place + offset, value)


def test_a_file_that_is_none(tmp_path, refused):
    refused(b"", "not a session")
    refused(b"PK\x03\x04" + bytes(500), "not a session")
    refused(b"%PDF-1.7" + bytes(10_000), "not a session")
    with pytest.raises(SessionError, match="no file"):
        load_session(tmp_path / "missing.laminoscope")
    with pytest.raises(SessionError, match="cannot be opened"):
        load_session(tmp_path)


def test_an_ordinary_zip_file(refused):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    refused(file.getvalue(), "not a session")


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../x.json", "a/../../x", "C:\\x", "a//b", "a\\b", "con\0", "é", "./a"]
)
def test_names_that_lead_out_of_the_archive(file, refused, name):
    refused(signed({**members_of(file), name: b"x"}), "of the name|damaged")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice(file, refused):
    data = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("session.json", b"{}")
    refused(data.getvalue(), "twice")


def test_an_encrypted_member(file, refused):
    refused(with_entry(file, "session.json", put("<H", 8, 1)), "encrypted")


def test_a_member_packed_in_another_way(file, refused):
    members = members_of(file)
    refused(signed(members, zipfile.ZIP_LZMA), "packed in a way")
    refused(signed(members, zipfile.ZIP_BZIP2), "packed in a way")


def test_members_that_overlap(file, refused):
    with zipfile.ZipFile(file) as archive:
        other = archive.getinfo("run.toml").header_offset
    refused(with_entry(file, "session.json", put("<I", 42, other)), "overlaps|twice|damaged")


def test_a_bomb_of_zeros(file, refused):
    members = {**members_of(file), "results/words.json": b" " * (400 * 2**20)}
    refused(signed(members, zipfile.ZIP_DEFLATED), "would unpack to")


def test_a_bomb_that_announces_little(file, refused):
    bomb = signed({**members_of(file), "tables.json": b" " * 2**28}, zipfile.ZIP_DEFLATED)
    data = bytearray(bomb)
    place = data.rindex(b"tables.json") - 46
    struct.pack_into("<I", data, place + 24, 1000)
    refused(bytes(data), "damaged")


def test_more_members_than_a_session_has(file, refused):
    many = {f"arrays/{number}.npy": b"" for number in range(20_001)}
    refused(signed({**members_of(file), **many}), "more members")


def test_a_list_of_members_that_is_not_at_the_end(file, refused):
    refused(b"#!/bin/sh\n" + file.read_bytes(), "not where it should be")
    data = bytearray(file.read_bytes())
    struct.pack_into("<I", data, len(data) - 10, 2**31)
    refused(bytes(data), "more members|not where")


def test_a_checksum_that_is_wrong_or_missing(file, refused):
    members = members_of(file)
    unsigned = io.BytesIO()
    with zipfile.ZipFile(unsigned, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    refused(unsigned.getvalue(), "SHA256SUMS")
    for sums in (b"", b"x" * 64 + b"  session.json\n", b"0" * 64 + b"  session.json\n"):
        wrong = io.BytesIO(unsigned.getvalue())
        with zipfile.ZipFile(wrong, "a") as archive:
            archive.writestr("SHA256SUMS", sums)
        refused(wrong.getvalue(), "SHA256SUMS")


def test_a_number_changed_with_its_crc_is_still_found_by_its_checksum(file, refused):
    members = members_of(file)
    name = next(name for name in members if name.endswith(".npy"))
    changed = bytearray(members[name])
    changed[-1] ^= 1
    with zipfile.ZipFile(file) as archive:
        sums = archive.read("SHA256SUMS")
    forged = io.BytesIO()
    with zipfile.ZipFile(forged, "w") as archive:
        for member, content in {**members, name: bytes(changed), "SHA256SUMS": sums}.items():
            archive.writestr(member, content)
    refused(forged.getvalue(), "checksum")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("confidence", 7.0, "between 0 and 1, not 7"), ("seed", -1, "0 or more, not -1")],
)
def test_settings_that_no_analysis_has(file, refused, field, value, said):
    members = members_of(file)
    chance = json.loads(members["results/rsa-chance.json"])
    chance["params"][field] = value
    forged = {**members, "results/rsa-chance.json": json.dumps(chance).encode()}
    refused(signed(forged), f"params is not valid: {field} must be {said}")


def test_numbers_that_no_array_can_hold(file, refused):
    members = members_of(file)
    lens = json.loads(members["results/lens.json"])
    lens["watched"]["ids"][0] = 2**63
    content = json.dumps(lens).encode()
    refused(signed({**members, "results/lens.json": content}), "watched.ids is too large")


def test_a_result_whose_numbers_do_not_fit_its_labels(file, refused):
    """Three layers of labels on two layers of numbers would put numbers at wrong places."""
    members = members_of(file)
    rsa = json.loads(members["results/rsa.json"])
    rsa["layers"] = [0, 1, 2]
    refused(
        signed({**members, "results/rsa.json": json.dumps(rsa).encode()}), "rsa.r has 2 entries"
    )
    similarity = json.loads(members["results/similarity.json"])
    similarity["words"][0] = "another"
    content = json.dumps(similarity).encode()
    refused(signed({**members, "results/similarity.json": content}), "of other words")


def test_json_that_is_too_deep_or_ambiguous():
    for content in (b"[" * 1000, b"[" * 10**6 + b"]" * 10**6, b'{"a":' * 500 + b"1" + b"}" * 500):
        with pytest.raises(SessionError, match="deep"):
            load_json(content, "it")
    for content in (b'{"a":1,"a":2}', b"[NaN]", b"[Infinity]", b"[1" + b"0" * 5000 + b"]", b"\xff"):
        with pytest.raises(SessionError):
            load_json(content, "it")
    assert load_json(b'["[[[[", "\\"[["]', "it") == ["[[[[", '"[[']


@pytest.mark.parametrize("value", [b"[]", b"{}", b'{"a":1}', b"1"])
def test_many_small_values_are_refused_before_they_are_made(monkeypatch, value):
    """Four megabytes of a file that is packed well would be gigabytes of empty lists."""
    many = b"[" + b",".join([value] * 4_000_000) + b"]"
    monkeypatch.setattr(json, "loads", lambda *_, **__: pytest.fail("they were made"))
    with pytest.raises(SessionError, match="more values than a session can have"):
        load_json(many, "it")


def test_many_small_values_in_several_members_count_together(file, refused):
    some = b"[" + b",".join([b"1"] * 2_000_000) + b"]"
    members = {**members_of(file), "results/words.json": some, "results/rsa.json": some}
    refused(signed(members), "more values than a session can have")


def test_what_could_not_be_read_again_is_not_saved():
    with pytest.raises(SessionError, match="cannot be saved: it has more values"):
        dump_json([1] * 3_000_001, "it")


def test_text_without_an_end_is_read_once_not_again_and_again():
    start = time.perf_counter()
    with pytest.raises(SessionError):
        load_json(b'"\\"' * 300_000, "it")
    assert time.perf_counter() - start < 5


def test_a_text_that_packs_like_a_bomb_is_not_packed(tmp_path):
    """A text of the user, the same letter a million times, must not make a file unreadable."""
    path = tmp_path / "a.laminoscope"

    def fill(archive: ArchiveWriter):
        archive.add_text("a.json", b"a" * 3_000_000)

    write_archive(path, fill)
    with open_archive(path) as archive:
        assert archive.read("a.json") == b"a" * 3_000_000


def test_a_file_with_an_end_record_of_64_bits_is_read(file, tmp_path):
    """Sessions of more than 4 GB have one; its place is checked as well."""
    data = file.read_bytes()
    count, size, start = struct.unpack("<HII", data[-12:-2])
    end = len(data) - 22
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    path = tmp_path / "large.laminoscope"
    path.write_bytes(data[:end] + record + locator + data[end:])
    assert load_session(path).run is not None
    path.write_bytes(b"x" + data[:end] + record + locator + data[end:])
    with pytest.raises(SessionError, match="not where"):
        load_session(path)
