"""Excel keeps still, and is put back whatever happens."""

from __future__ import annotations

import pytest

from xl_dipsample.workbook.hosts.excel.quiet import BOXES, quiet

AS_FOUND = {"screen_updating": True, "display_alerts": True, "enable_events": False, "calculation": "semiautomatic"}


class App:
    """A program with settings; `stuck` are those that refuse to be set back."""

    def __init__(self, stuck: str = "") -> None:
        self.__dict__.update(AS_FOUND)
        self.__dict__["stuck"] = stuck

    def __setattr__(self, name: str, value: object) -> None:
        if name == self.stuck and value == AS_FOUND[name]:
            raise OSError(name)
        self.__dict__[name] = value

    def settings(self) -> dict[str, object]:
        return {name: self.__dict__[name] for name in AS_FOUND}


def test_nothing_moves_inside_and_all_is_as_before_afterwards() -> None:
    app = App()
    with quiet(app):
        assert app.settings() == {
            "screen_updating": False,
            "display_alerts": False,
            "enable_events": False,
            "calculation": "manual",
        }
    assert app.settings() == AS_FOUND


def test_an_error_inside_leaves_all_as_before() -> None:
    app = App()
    with pytest.raises(ZeroDivisionError), quiet(app):
        raise ZeroDivisionError
    assert app.settings() == AS_FOUND


def test_one_setting_that_cannot_be_put_back_does_not_keep_the_others() -> None:
    app = App(stuck="calculation")
    with pytest.raises(OSError, match="calculation"), quiet(app):
        pass
    assert app.settings() == AS_FOUND | {"calculation": "manual"}


def test_a_save_keeps_the_way_of_calculating() -> None:
    app = App()
    with quiet(app, BOXES):
        assert app.settings()["calculation"] == "semiautomatic"
        assert app.settings()["display_alerts"] is False
    assert app.settings() == AS_FOUND
