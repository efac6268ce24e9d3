"""A LibreOffice of our own without a window, reached through a pipe with a random name."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from tests.engines.uno_module import CannotRun, load

_PATIENCE = 60.0  # seconds until a LibreOffice that does not answer counts as broken
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_SETTINGS = (
    ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),  # always: Excel's cells are live as well
    ("Setup/L10N", "ooSetupSystemLocale", "en-GB"),
)
_PROFILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{"".join(_ITEM.format(*one) for one in _SETTINGS)}
</oor:items>
"""
# Ends the whole group when the pipe to its input closes, which happens however the test process ends.
_GUARDED = 'exec 3<&0; (read -r _ <&3; kill -KILL 0) & exec "$@" 3<&- </dev/null'


class Office:
    """One running LibreOffice; `stop` ends it. Raises CannotRun when none can be started here."""

    def __init__(self) -> None:
        self.uno = load()
        program = shutil.which("soffice")
        if not program:
            raise CannotRun("LibreOffice is not here. On Debian or Ubuntu: apt-get install libreoffice-calc.")
        self._folder = Path(tempfile.mkdtemp(prefix="dipsample-calc-"))
        settings = self._folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        pipe = f"dipsample{uuid.uuid4().hex}"
        self._log = (self._folder / "log.txt").open("wb")
        self._process = subprocess.Popen(
            [
                "/bin/sh", "-c", _GUARDED, "sh",
                program, f"-env:UserInstallation={(self._folder / 'profile').as_uri()}", "--headless", "--norestore",
                "--nologo", "--nodefault", "--nolockcheck", f"--accept=pipe,name={pipe};urp",
            ],
            stdin=subprocess.PIPE, stdout=self._log, stderr=self._log, start_new_session=True,
        )  # fmt: skip
        atexit.register(self.stop)
        try:
            self.context = self._connected(pipe)
        except BaseException:
            self.stop()
            raise
        self.desktop = self.context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def _connected(self, pipe: str) -> Any:
        local = self.uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except Exception as error:  # UNO's own class of exceptions exists only while it runs
                if not self.running:
                    raise CannotRun(f"LibreOffice ended at once, with {self._process.returncode}.") from error
                if time.monotonic() > end:
                    raise CannotRun(f"LibreOffice did not answer within {_PATIENCE:.0f} seconds.") from error
            time.sleep(0.05)

    def stop(self) -> None:
        """End it, by force if it does not end by itself."""
        atexit.unregister(self.stop)
        if self._log.closed:
            return
        if self.running:
            with contextlib.suppress(Exception):  # the bridge breaks while it ends
                self.desktop.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
        with contextlib.suppress(ProcessLookupError):  # its own group of processes, started above
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        if self._process.stdin:
            self._process.stdin.close()
        self._log.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def struct(self, name: str, **fields: Any) -> Any:
        """A UNO struct: `struct("beans.PropertyValue", Name="Hidden", Value=True)`."""
        made = self.uno.createUnoStruct(f"com.sun.star.{name}")
        for field, value in fields.items():
            setattr(made, field, value)
        return made

    def properties(self, **values: Any) -> tuple[Any, ...]:
        return tuple(self.struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


_SHARED: list[Office] = []


def shared() -> Office:
    """The LibreOffice that this process keeps for whoever wants one: starting another takes seconds.

    Raises CannotRun when none can be started here.
    """
    if not (_SHARED and _SHARED[-1].running):
        _SHARED.append(Office())
    return _SHARED[-1]


def stop_shared() -> None:
    """End it, at the end of all tests."""
    while _SHARED:
        _SHARED.pop().stop()
