"""What tells processes apart, and machines."""

import os
import uuid

import psutil
import pytest

from laminoscope_core import owner as owners


@pytest.fixture
def asked_anew():
    owners._host.cache_clear()
    yield owners.owner
    owners._host.cache_clear()


def test_a_machine_without_a_network_card_is_the_same_in_every_process(monkeypatch, asked_anew):
    hosts = []
    for drawn in (0x0123_4567_89AB, 0x0BCD_EF01_2345):
        monkeypatch.setattr(uuid, "getnode", lambda drawn=drawn: drawn)
        owners._host.cache_clear()
        hosts.append(asked_anew()["host"])
    assert len({*hosts}) == 1
    monkeypatch.setattr(uuid, "getnode", lambda: 0x0023_4567_89AB)
    owners._host.cache_clear()
    assert asked_anew()["host"] not in hosts


def test_this_process_is_here_and_alive_and_one_that_began_earlier_is_not():
    own = owners.owner()
    assert own["pid"] == os.getpid()
    assert own["started"] == psutil.Process().create_time()
    assert owners.is_here(own)
    assert owners.is_alive(own)
    assert not owners.is_alive({**own, "started": own["started"] - 60})
    assert not owners.is_alive({**own, "boot": "another"})
    assert not owners.is_here({**own, "host": "another"})
