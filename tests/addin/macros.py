"""The add-in's VBA, run by LibreOffice, which knows the language but neither COM nor Excel's tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.engines.office import Office

_FILTER = "Calc MS Excel 2007 VBA XML"
_RUN_MACROS = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN


class Macros:
    """An add-in that LibreOffice has open; `project`: the name of its VBA project."""

    def __init__(self, office: Office, path: Path, project: str) -> None:
        self.office, self._project = office, project
        self.document = self.open(path)
        libraries = self.document.BasicLibraries
        libraries.loadLibrary(project)
        self.modules = libraries.getByName(project).getElementNames()

    def open(self, path: Path, *, hidden: bool = True) -> Any:
        """A document; `hidden`: behind the one on screen."""
        filters = {"FilterName": _FILTER} if path.suffix == ".xlam" else {}  # it does not guess that type
        properties = self.office.properties(Hidden=hidden, ReadOnly=True, MacroExecutionMode=_RUN_MACROS, **filters)
        return self.office.desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, properties)

    def call(self, place: str, *given: Any) -> Any:
        """What the public function "Module.Function" answers. Whole numbers are handed over as LibreOffice needs it."""
        url = f"vnd.sun.star.script:{self._project}.{place}?language=Basic&location=document"
        handed = tuple(float(one) if isinstance(one, int) else one for one in given)
        trouble = None
        try:
            return self.document.getScriptProvider().getScript(url).invoke(handed, (), ())[0]
        except Exception as error:  # LibreOffice's own exceptions cannot pass through pytest
            trouble = str(error)
        raise AssertionError(f"{place} failed: {trouble}")


class StandIn:
    """An object that VBA can call, in place of one of Windows' own: `methods` by name, `values` that it may set."""

    def __init__(self, office: Office, methods: Mapping[str, Callable[..., Any]], **values: Any) -> None:
        self._uno, self.methods, self.values = office.uno, methods, values

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802 - these six names are LibreOffice's
        names = ("com.sun.star.script.XInvocation", "com.sun.star.lang.XTypeProvider")
        return tuple(self._uno.getTypeByName(name) for name in names)

    def getImplementationId(self) -> Any:  # noqa: N802
        return self._uno.ByteSequence(b"")

    def getIntrospection(self) -> None:  # noqa: N802
        return None

    def invoke(self, name: str, given: tuple[Any, ...], indexes: Any, out: Any) -> Any:
        return self.methods[name](*given), (), ()

    def setValue(self, name: str, value: Any) -> None:  # noqa: N802
        self.values[name] = value

    def getValue(self, name: str) -> Any:  # noqa: N802
        return self.values[name]

    def hasMethod(self, name: str) -> bool:  # noqa: N802
        return name in self.methods

    def hasProperty(self, name: str) -> bool:  # noqa: N802
        return name in self.values
