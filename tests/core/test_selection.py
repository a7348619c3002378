from laminoscope_core.selection import Selection


def test_only_changes_are_told():
    selection = Selection()
    seen = []
    selection.events.pair.connect(seen.append)
    selection.pair = (1, 2)
    selection.pair = (1, 2)
    selection.layer = 4
    selection.pair = None
    assert seen == [(1, 2), None]


def test_selections_are_independent():
    first, second = Selection(), Selection()
    seen = []
    second.events.layer.connect(seen.append)
    first.layer = 3
    assert seen == []
    assert second.layer == 0
