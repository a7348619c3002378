"""Hub repositories are opened from the local hub cache, or fetched from a hub on this machine."""

import functools
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import time

import psutil
import pytest
import torch

from laminoscope_core import open_model
from laminoscope_core.errors import ModelError
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models.hub import wanted_files
from laminoscope_core.models.load import fetch_model

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class _Hub(http.server.BaseHTTPRequestHandler):
    """As much of the hub's interface as fetching one repository needs."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer(body=False)

    def do_GET(self):
        self.answer(body=True)

    def answer(self, body):
        path = self.path.partition("?")[0]
        self.server.asked.append(path)
        if self.server.status:
            status, headers = self.server.status
            return self.send(status, b'{"error": "no"}', headers, body)
        if path.startswith("/api/models/owner/tiny/tree/"):
            tree = [
                {"type": "file", "path": name, "size": len(data), "oid": _id(name)}
                for name, data in self.server.files.items()
            ]
            return self.send(200, json.dumps(tree).encode(), {}, body)
        if path.startswith("/api/models/owner/tiny"):
            if path.endswith("/revision/nowhere"):
                return self.send(404, b"{}", {"X-Error-Code": "RevisionNotFound"}, body)
            siblings = [
                {"rfilename": name, "size": len(data), "blobId": _id(name)}
                for name, data in self.server.files.items()
            ]
            info = {"id": "owner/tiny", "sha": COMMIT, "siblings": siblings}
            return self.send(200, json.dumps(info).encode(), {}, body)
        name = path.removeprefix(f"/owner/tiny/resolve/{COMMIT}/")
        if name in self.server.files:
            data = self.server.files[name]
            headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{_id(name)}"'}
            slowly = self.server.slow and name.endswith(".safetensors")
            return self.send(200, data, headers, body, slowly)
        return self.send(404, b"{}", {"X-Error-Code": "RepoNotFound"}, body)

    def send(self, status, data, headers, body, slowly=False):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if not body:
            return
        if slowly:
            self.wfile.write(data[: len(data) // 2])
            self.wfile.flush()
            self.server.release.wait(30)
        else:
            self.wfile.write(data)

    def log_message(self, *_):
        pass


def _id(name):
    return hashlib.sha1(name.encode()).hexdigest()


@pytest.fixture
def hub(hub_cache, cache, llama_folder, monkeypatch):
    """A hub that holds owner/tiny."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Hub)
    server.daemon_threads = True
    server.files = {file.name: file.read_bytes() for file in llama_folder.iterdir()}
    server.files |= {"README.md": b"#", "pytorch_model.bin": b"never", "onnx/model.onnx": b"x"}
    server.asked, server.status, server.slow = [], None, False
    server.release = threading.Event()
    thread = threading.Thread(target=functools.partial(server.serve_forever, 0.05))
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    yield server
    server.release.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_repository_is_fetched_once_and_then_opened_without_a_connection(
    hub, tiny_llama, request
):
    reports = []
    job = Job(lambda fraction, text: reports.append((fraction, text)))
    model = open_model("owner/tiny@main", device="cpu", job=job)
    tokens = torch.arange(20)[None]
    assert torch.equal(model.hf(tokens).logits, tiny_llama(tokens).logits)
    assert model.info.revision == COMMIT
    assert model.tokenizer is not None
    assert any(text.startswith("Asking the hub about owner/tiny") for _, text in reports)
    fetched = {path.rpartition("/")[2] for path in hub.asked if "/resolve/" in path}
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= fetched
    assert not fetched & {"pytorch_model.bin", "model.onnx", "README.md"}

    hub.asked.clear()
    request.getfixturevalue("no_network")
    again = open_model("owner/tiny", device="cpu")
    assert torch.equal(again.hf(tokens).logits, model.hf(tokens).logits)
    assert hub.asked == []


def test_a_cached_repository_needs_no_tree_listing(hub_cache, cache, llama_folder, no_network):
    repository = hub_cache / "models--owner--tiny"
    shutil.copytree(llama_folder, repository / "snapshots" / COMMIT)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(COMMIT)
    assert open_model("owner/tiny", device="cpu").info.revision == COMMIT
    assert open_model(f"owner/tiny@{COMMIT}", device="cpu").info.revision == COMMIT


def test_weights_that_changed_in_the_hubs_cache_are_not_opened(hub_cache, cache, llama_folder):
    repository = hub_cache / "models--owner--tiny"
    snapshot = repository / "snapshots" / COMMIT
    shutil.copytree(llama_folder, snapshot)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(COMMIT)
    weights = snapshot / "model.safetensors"
    blob = repository / "blobs" / hashlib.sha256(weights.read_bytes()).hexdigest()
    blob.parent.mkdir()
    weights.rename(blob)
    weights.symlink_to(blob)
    assert open_model("owner/tiny", device="cpu").info.revision == COMMIT
    status = blob.stat()
    content = bytearray(blob.read_bytes())
    content[-20_000:] = bytes(20_000)
    blob.write_bytes(content)
    os.utime(blob, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(ModelError, match=r"model\.safetensors of owner/tiny has changed.*Delete"):
        open_model("owner/tiny", device="cpu")


def test_fetching_alone_opens_nothing(hub, monkeypatch, request):
    monkeypatch.setattr("laminoscope_core.models.load._open_folder", pytest.fail)
    fetch_model("owner/tiny")
    request.getfixturevalue("no_network")
    fetch_model("owner/tiny")  # it is there


def test_an_incomplete_snapshot_is_completed(hub, hub_cache):
    open_model("owner/tiny", device="cpu")
    snapshot = hub_cache / "models--owner--tiny" / "snapshots" / COMMIT
    (snapshot / "model.safetensors").unlink()
    assert open_model("owner/tiny", device="cpu").info.n_layers == 2
    assert (snapshot / "model.safetensors").exists()


@pytest.mark.parametrize(
    ("status", "headers", "message"),
    [
        (404, {"X-Error-Code": "RepoNotFound"}, "The hub has no model owner/tiny"),
        (401, {"X-Error-Code": "RepoNotFound"}, "The hub has no model owner/tiny, or it is priv"),
        (401, {"X-Error-Code": "GatedRepo"}, "owner/tiny is gated"),
        (403, {"X-Error-Code": "GatedRepo"}, "owner/tiny is gated"),
        (403, {}, r"refuses access to owner/tiny \(status 403\)"),
        (418, {}, "answered with status 418"),
    ],
)
def test_what_the_hub_refuses_is_said(hub, hub_cache, status, headers, message):
    hub.status = (status, headers)
    with pytest.raises(ModelError, match=message):
        open_model("owner/tiny")
    assert not list(hub_cache.rglob("*.safetensors"))


def test_an_unknown_id_that_resembles_a_catalog_name_is_corrected(hub):
    hub.status = (404, {"X-Error-Code": "RepoNotFound"})
    with pytest.raises(ModelError, match="Did you mean smollm2-135m"):
        open_model("smolm2-135m")


def test_an_unknown_revision_is_said(hub):
    with pytest.raises(ModelError, match="owner/tiny has no revision 'nowhere'"):
        open_model("owner/tiny@nowhere")


@pytest.mark.parametrize("how", ["nobody listens", "switched off"])
def test_being_offline_is_said(hub_cache, cache, monkeypatch, how):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    if how == "switched off":
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="not on this computer, and the hub cannot be reached"):
        open_model("owner/tiny")


def test_pickled_weights_are_refused_by_name_and_not_fetched(hub):
    del hub.files["model.safetensors"]
    with pytest.raises(ModelError, match=r"only pickled weights \(pytorch_model\.bin\)"):
        open_model("owner/tiny")
    assert not any("/resolve/" in path for path in hub.asked)


def test_what_is_no_causal_model_is_refused_before_its_weights_are_fetched(hub):
    hub.files["config.json"] = b'{"model_type": "t5", "is_encoder_decoder": true}'
    with pytest.raises(ModelError, match=r"owner/tiny is an encoder-decoder model .*'t5'"):
        open_model("owner/tiny")
    assert not any("safetensors" in path for path in hub.asked)


def test_cancelling_kills_the_fetching_process(hub):
    hub.slow = True
    hub.files["model.safetensors"] *= 20
    job = Job(lambda fraction, text: job.cancel() if text.startswith("Downloading") else None)
    before = psutil.Process().children()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        open_model("owner/tiny", job=job)
    assert time.monotonic() - began < 20
    now = [child for child in psutil.Process().children() if "laminoscope" in str(child.cmdline())]
    assert [child for child in now if child not in before] == []
    hub.slow = False


def test_only_the_top_folder_s_own_files_are_wanted():
    names = [
        "config.json",
        "model-00001-of-00002.safetensors",
        "model-00002-of-00002.safetensors",
        "model.safetensors.index.json",
        "consolidated.safetensors",
        "original/consolidated.00.pth",
        "onnx/config.json",
        "merges.txt",
        "modeling_evil.py",
        "vocab.json",
    ]
    assert wanted_files(names) == [
        "config.json",
        "merges.txt",
        "model-00001-of-00002.safetensors",
        "model-00002-of-00002.safetensors",
        "model.safetensors.index.json",
        "vocab.json",
    ]


def test_importing_the_package_imports_no_hub_and_no_torch():
    code = (
        "import sys, laminoscope_core.models.load as _\n"
        "assert not {'torch', 'transformers', 'huggingface_hub'} & set(sys.modules)"
    )
    path = ":".join(place for place in sys.path if place)
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": path})
