"""Session files as somebody would make them who wants them to do harm, or a failing disk."""

import hashlib
import io
import json
import random
import zipfile

import numpy as np

HOSTILE_VALUES = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**70), 10**400, 1.5, -0.0, 1e308, "", "nan",
    "inf", "x", "q", "../../etc/passwd", "</s><img src=file:///x>", "\ud800", "a" * 5000, [], {},
    [[]], [None], [0] * 3000, list(range(50)), {"sha256": "0" * 64}, {"__class__": "os.system"},
    {"dtype": "|O", "shape": [1], "base64": ""}, {"dtype": "<f8", "shape": [-1], "base64": ""},
    {"dtype": "<f8", "shape": [2**39, 2**39], "base64": ""},
)  # fmt: skip
PICKLE = b"cos\nsystem\n(S'touch executed'\ntR."


def members_of(path):
    """Return the members of a session file, checksums left out."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "SHA256SUMS"}


def signed(members, method=zipfile.ZIP_STORED):
    """Return a session file with right checksums, whatever its members are."""
    lines = "".join(f"{hashlib.sha256(c).hexdigest()}  {n}\n" for n, c in members.items())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in {**members, "SHA256SUMS": lines.encode()}.items():
            archive.writestr(name, content)
    return file.getvalue()


def places_in(value, path=()):
    """Yield the path of every value in parsed JSON."""
    yield path
    if isinstance(value, (dict, list)):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places_in(child, (*path, key))


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Return a file as a failing disk or transfer would leave it."""
    data = bytearray(content)
    kind = rng.randrange(6)
    if kind == 0:
        for _ in range(rng.choice((1, 1, 1, 2, 8, 64))):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    elif kind == 1:
        del data[rng.randrange(len(data)) :]
    elif kind == 2:
        start = rng.randrange(len(data))
        data[start : start + rng.randrange(1, 600)] = rng.randbytes(rng.randrange(600))
    elif kind == 3:
        start = rng.randrange(len(data))
        data[start:start] = bytes(rng.randrange(1, 5000))
    elif kind == 4:  # the lists at the end, where one byte means most
        place = len(data) - 1 - rng.randrange(min(3500, len(data)))
        data[place] = rng.choice((0, 255, data[place] ^ 1, rng.randrange(256)))
    else:
        a, b = sorted(rng.sample(range(len(data)), 2))
        width = rng.randrange(1, 2000)
        data[a : a + width], data[b : b + width] = data[b : b + width], data[a : a + width]
    return bytes(data)


def forged(members: dict[str, bytes], rng: random.Random) -> bytes:
    """Return a file with right checksums and wrong content."""
    members = dict(members)
    kind = rng.randrange(10)
    name = rng.choice(sorted(members))
    if kind == 0:
        other = rng.choice(sorted(members))
        members[name], members[other] = members[other], members[name]
    elif kind == 1:
        del members[name]
    elif kind == 2:
        members[name] = rng.choice(
            (b"", PICKLE, rng.randbytes(300), members[name][: rng.randrange(200)])
        )
    elif kind == 3:
        path = rng.choice(
            ("results/../../x.json", "/x", "results/evil.json", "x/y/z.npy", "A.JSON")
        )
        members[path] = members[name]
    elif name.endswith(".npy"):
        members[name] = forged_array(members[name], rng)
    elif name.endswith(".toml"):
        place = rng.randrange(len(members[name]))
        content = bytearray(members[name])
        content[place : place + rng.randrange(4)] = rng.choice(
            (b'"', b"[", b"\n[x]\n", b"1", b"\0")
        )
        members[name] = bytes(content)
    else:
        members[name] = forged_json(members[name], rng)
    method = zipfile.ZIP_DEFLATED if rng.random() < 0.2 else zipfile.ZIP_STORED
    return signed(members, method)


def forged_array(content: bytes, rng: random.Random) -> bytes:
    """Return an NPY file that says or holds something else."""
    array = np.load(io.BytesIO(content))
    file = io.BytesIO()
    choice = rng.randrange(6)
    if choice == 0:
        np.save(file, np.array([{"a": 1}, print], dtype=object), allow_pickle=True)
    elif choice == 1:
        np.save(file, array.astype(rng.choice(("f4", "i2", "c16", "S8", "U2", "M8[s]", ">f8"))))
    elif choice == 2:
        np.save(file, np.asfortranarray(np.stack([array, array])))
    elif choice == 3:
        np.save(file, array[: rng.randrange(len(array) + 1)])
    elif choice == 4:
        np.save(file, np.full_like(array, rng.choice((-1, 0, 10**6))))
    else:
        header = content[10:128].replace(
            b"'<", rng.choice((b"'>", b"__import__('os')", b"(" * 90)), 1
        )
        return content[:10] + header[:118].ljust(118) + content[128:]
    return file.getvalue()


def forged_json(content: bytes, rng: random.Random) -> bytes:
    """Return JSON in which one place is something else."""
    choice = rng.randrange(12)
    if choice == 0:
        return b"[" * rng.choice((90, 200, 100_000)) + content
    if choice == 1:
        place = rng.randrange(len(content))
        return (
            content[:place]
            + rng.choice((b'"', b"{", b"NaN", b"\\", b"\xff", b"1e999"))
            + content[place:]
        )
    value = json.loads(content)
    path = rng.choice(list(places_in(value)))
    if not path:
        return json.dumps(rng.choice(HOSTILE_VALUES)).encode()
    place = value
    for step in path[:-1]:
        place = place[step]
    if choice == 2:
        del place[path[-1]]
    elif choice == 3 and isinstance(place, dict):
        place["__reduce__"] = "os.system"
    elif choice == 4 and isinstance(place, list):
        place.append(place[path[-1]])
    elif choice == 5 and type(place[path[-1]]) is int:
        place[path[-1]] += rng.choice((-1, 1, 2, 1000))
    else:
        place[path[-1]] = rng.choice(HOSTILE_VALUES)
    return json.dumps(value).encode()
