"""Core's tests in a process of their own, without Qt, beside those of the widgets and the window.

A run of everything, which is pytest without paths, is divided so: this process starts a second one
for core and takes over what it reports, so that progress, summary, exit status and files of results
are those of one run.  A run of chosen paths, of what failed last, or in a debugger is not divided.
"""

import json
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from types import SimpleNamespace

import pytest

CORE = ("tests/core", "core")
# options of a run that one process does by itself
UNDIVIDED = ("collectonly", "usepdb", "trace", "lf", "failedfirst", "stepwise", "without_qt")
ENDED_WELL = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)


def is_divided(config):
    """Return whether this is a run of everything."""
    return (
        config.args_source == config.ArgsSource.TESTPATHS
        and config.getoption("capture") != "no"
        and not any(config.getoption(name, False) for name in (*UNDIVIDED, "numprocesses"))
    )


class Telling:
    """In the process of core: write what happens as lines of JSON."""

    def __init__(self, config, path):
        self.config = config
        self.listener = os.getppid()
        self.file = Path(path).open("w", encoding="utf-8", buffering=1)  # noqa: SIM115

    def tell(self, kind, what):
        """Write one line."""
        self.file.write(json.dumps([kind, what]) + "\n")

    def pytest_deselected(self, items):
        self.tell("deselected", len(items))

    def pytest_collection_finish(self, session):
        self.tell("collected", len(session.items))

    def pytest_collectreport(self, report):
        if not report.passed:
            self.pytest_runtest_logreport(report)

    def pytest_runtest_logstart(self, nodeid, location):
        if os.getppid() != self.listener:
            pytest.exit("the process that took the reports over is gone")
        self.tell("started", [nodeid, location])

    def pytest_runtest_logreport(self, report):
        to_serializable = self.config.hook.pytest_report_to_serializable
        self.tell("report", to_serializable(config=self.config, report=report))

    def pytest_warning_recorded(self, warning_message, when, nodeid, location):
        text, category = str(warning_message.message), warning_message.category.__name__
        place = (warning_message.filename, warning_message.lineno)
        self.tell("warning", [text, category, place, when, nodeid, location])

    def pytest_sessionfinish(self, exitstatus):
        self.tell("ended", int(exitstatus))

    def pytest_unconfigure(self):
        self.file.close()


class SideBySide:
    """In the process of widgets and app: start that of core, and tell what it tells."""

    def __init__(self, config):
        self.config = config
        self.session = None
        self.process = None
        self.status = None
        self.folder = tempfile.TemporaryDirectory(prefix="laminoscope-tests-")
        self.reports = Path(self.folder.name) / "reports"
        self.output = Path(self.folder.name) / "output"
        self.left_out = [config.rootpath / folder for folder in CORE]
        self.told = None
        self.running = ("tests/core", ("tests/core", None, "tests/core"))
        self.begun = ""  # a line that is being written

    def pytest_report_header(self):
        return "side by side: core, without Qt, in a process of its own; widgets and app in this"

    def pytest_ignore_collect(self, collection_path):
        return True if collection_path in self.left_out else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        self.session = session
        # lines of two processes come mixed: name no files between the dots
        session.config.pluginmanager.getplugin("terminalreporter").showfspath = False
        self.reports.touch()
        self.told = self.reports.open(encoding="utf-8")
        command = [sys.executable, "-m", "pytest", *self.config.invocation_params.args]
        command += ["--without-qt", "-p", "no:pytest-qt", "--tell", str(self.reports), *CORE]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=self.config.invocation_params.dir,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session):
        result = yield
        while self.process.poll() is None and not (session.shouldfail or session.shouldstop):
            self.take_over()
            try:
                self.process.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
        self.take_over()
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        if self.status is None or self.process.returncode not in ENDED_WELL:
            self.report_early_end()
        return result

    def pytest_runtest_logfinish(self):
        self.take_over()

    def take_over(self):
        """Tell what the process of core has told since."""
        while (line := self.told.readline()).endswith("\n"):
            kind, what = json.loads(self.begun + line)
            self.begun = ""
            getattr(self, kind)(what)
        self.begun += line

    def collected(self, n):
        """Count its tests as this session's."""
        self.session.testscollected += n

    def deselected(self, n):
        """Count what was left out there."""
        self.config.hook.pytest_deselected(items=[SimpleNamespace() for _ in range(n)])

    def report(self, data):
        """Pass on the report of one test, or of a module that could not be collected."""
        report = self.config.hook.pytest_report_from_serializable(config=self.config, data=data)
        if isinstance(report.longrepr, list):  # why it was skipped: JSON knows no tuples
            report.longrepr = tuple(report.longrepr)
        if isinstance(report, pytest.TestReport):
            self.config.hook.pytest_runtest_logreport(report=report)
        else:
            self.config.hook.pytest_collectreport(report=report)
            if report.failed and not self.config.getoption("continue_on_collection_errors"):
                self.session.shouldstop = "core could not be collected"

    def warning(self, what):
        """Pass on a warning, as text."""
        text, category, (filename, lineno), when, nodeid, location = what
        kind = type(category, (Warning,), {})
        message = warnings.WarningMessage(kind(text), kind, filename, lineno)
        self.config.hook.pytest_warning_recorded.call_historic(
            kwargs={
                "warning_message": message, "when": when, "nodeid": nodeid, "location": location,
            }
        )  # fmt: skip

    def started(self, test):
        """Remember which test is running there."""
        self.running = test

    def report_early_end(self):
        """Report the test at which the process of core ended as failed, with its output."""
        nodeid, location = self.running
        output = self.output.read_text(encoding="utf-8", errors="replace")
        why = f"The process of core ended here, with {self.process.returncode}."
        report = pytest.TestReport(
            nodeid, tuple(location), {}, "failed", why, "call", [("Its output", output)]
        )
        self.config.hook.pytest_runtest_logreport(report=report)

    def ended(self, status):
        """Remember that it came to its end."""
        self.status = status

    def pytest_unconfigure(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.told.close()
        self.folder.cleanup()


def share_cores():
    """Leave half of the cores to the other process, before a library counts them."""
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 2) // 2)))
