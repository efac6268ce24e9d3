"""The rules that an IT department sets for Excel's macros, and what each means for the ribbon.

Sources: Microsoft's reference of Office policies (Trust Center) and of Defender's attack surface reduction rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xl_dipsample.addin.installing import install_record
from xl_dipsample.addin.installing.computer import ADDIN_NAME, Computer
from xl_dipsample.addin.installing.what_is_in_the_way import Finding, recorded_addin
from xl_dipsample.domain.shared.errors import FileProblem

_POLICIES = (  # the cloud policy service's, then group policy's
    r"HKCU\Software\Policies\Microsoft\Cloud\Office\16.0",
    r"HKCU\Software\Policies\Microsoft\Office\16.0",
    r"HKLM\Software\Policies\Microsoft\Office\16.0",
)
_SECURITY = r"Excel\Security"
_RESILIENCY = r"Excel\Resiliency"
_LOCATIONS = r"Excel\Security\Trusted Locations"
DEFENDER = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender",
    r"HKLM\SOFTWARE\Microsoft\Windows Defender",
)
_CHILD_PROCESSES = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
_WIN32_CALLS = "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b"
BLOCK, WARN = "1", "6"
SIGNED_ONLY, ALL_OFF = 3, 4  # of VBAWarnings
_MANAGED = ("1", "2")  # of the list of managed add-ins: always on, or as the person likes; 0 is always off


def macros_may_run(computer: Computer) -> Iterator[Finding]:
    """Trusted locations, macro settings, and the rules that add-ins are signed or off."""
    if _set(computer, _SECURITY, "DisableAllAddins") == 1:
        yield Finding(
            "error",
            "addins-off",
            "A rule of your IT department switches all add-ins of Excel off: there is no tab. The desk works all the "
            "same, and nothing need change.",
        )
    if _set(computer, _SECURITY, "RequireAddinSig") == 1:
        yield Finding(
            "warning",
            "addins-signed",
            "A rule of your IT department lets only signed add-ins run: there may be no tab. The desk still works; "
            "IT may sign the add-in.",
        )
    if _set(computer, _RESILIENCY, "RestrictToList") == 1 and not _is_managed(computer):
        yield Finding(
            "warning",
            "addins-unmanaged",
            "A rule blocks add-ins that are not on your IT department's list: there may be no tab. The desk works all "
            "the same; IT may put dip_sampling.xlam on the list of managed add-ins.",
        )
    trusted = _trusts_its_start_folder(computer)
    if not trusted:
        yield Finding(
            "warning",
            "not-trusted",
            "Excel does not trust the add-in's folder: the tab may be off. The desk still works; IT may make this "
            "one folder a trusted location, or sign the add-in.",
        )
    warnings = _set(computer, _SECURITY, "VBAWarnings")
    if warnings == ALL_OFF and not trusted:
        yield Finding(
            "error",
            "macros-off",
            "A rule of your IT department switches macros off: the tab cannot work. The desk still works, and "
            "nothing need change.",
        )
    elif warnings == ALL_OFF:
        yield Finding(
            "warning",
            "macros-off-elsewhere",
            "A rule switches macros off; the add-in runs only from a trusted location.",
        )
    elif warnings == SIGNED_ONLY and not trusted:
        yield Finding(
            "error",
            "macros-signed",
            "A rule lets only signed macros run: the tab cannot work. The desk still works; IT may sign the add-in.",
        )


def defender_lets_functions_work(computer: Computer) -> Iterator[Finding]:
    """Two rules of Microsoft Defender that stop what worksheet functions do: call a DLL, and start Python.

    The ribbon does neither: it asks the desk.
    """
    try:
        record = install_record.read(computer.windows)
    except FileProblem:
        return
    if record is None or not record.functions:
        return
    for rule, code, text in (
        (_CHILD_PROCESSES, "defender-start", "Defender may stop worksheet functions (rule for child processes)"),
        (_WIN32_CALLS, "defender-dll", "Defender may stop worksheet functions (rule for Win32 calls from macros)"),
    ):
        if defender_rule(computer, rule) in (BLOCK, WARN):
            yield Finding("warning", code, f"{text}: the buttons work all the same; the IT guide says what IT may do.")


def _is_managed(computer: Computer) -> bool:
    """Whether the list of managed add-ins has ours, and does not say that it is always off."""
    listed = [
        value
        for policy in _POLICIES
        for name, value in computer.windows.registry_values(rf"{policy}\{_RESILIENCY}\AddinList").items()
        if name.replace("/", "\\").rpartition("\\")[2].casefold() == ADDIN_NAME
    ]
    return bool(listed) and all(str(value) in _MANAGED for value in listed)


def _set(computer: Computer, place: str, name: str) -> object:
    """A policy's value; None when nobody set it."""
    found = (computer.windows.registry_value(rf"{policy}\{place}", name) for policy in _POLICIES)
    return next((value for value in found if value is not None), None)


def _trusts_its_start_folder(computer: Computer) -> bool:
    """XLSTART is a trusted location from the start; a policy can take that away; another folder must be listed."""
    own_list = computer.windows.excel_key(r"Security\Trusted Locations")
    off = "AllLocationsDisabled"
    if _set(computer, _LOCATIONS, off) == 1 or computer.windows.registry_value(own_list, off) == 1:
        return False
    place = recorded_addin(computer)
    folder = place.parent if place else computer.windows.startup_folders()[0]
    if any(_is_listed(computer, rf"{policy}\{_LOCATIONS}", folder) for policy in _POLICIES):
        return True
    if _set(computer, r"Common\Security\Trusted Locations", "Allow User Locations") == 0:
        return False
    return folder == computer.windows.startup_folders()[0] or _is_listed(computer, own_list, folder)


def _is_listed(computer: Computer, key: str, folder: Path) -> bool:
    """Whether a folder stands in a list of trusted locations, itself or, with subfolders allowed, one above it."""
    for name in computer.windows.registry_keys(key):
        values = {key.casefold(): value for key, value in computer.windows.registry_values(rf"{key}\{name}").items()}
        path = str(values.get("path", "")).strip()
        if not path:
            continue
        listed = _plain(computer, path)
        ours = _plain(computer, str(folder))
        if ours == listed or (values.get("allowsubfolders") == 1 and ours.startswith(f"{listed}\\")):
            return True
    return False


def _plain(computer: Computer, path: str) -> str:
    for name in ("APPDATA", "LOCALAPPDATA", "USERPROFILE"):
        value = computer.windows.variable(name)
        position = path.casefold().find(f"%{name}%".casefold())
        if value and position >= 0:
            path = path[:position] + value + path[position + len(name) + 2 :]
    return path.replace("/", "\\").rstrip("\\").casefold()


def defender_rule(computer: Computer, rule: str) -> str:
    """What a rule is set to, by group policy, on this computer, or by Intune; '' when it is not set."""
    for key in DEFENDER:
        value = computer.windows.registry_value(rf"{key}\Windows Defender Exploit Guard\ASR\Rules", rule)
        if value is not None:
            return str(value)
    intune = computer.windows.registry_value(rf"{DEFENDER[0]}\Policy Manager", "ASRRules")
    for one in str(intune or "").split("|"):
        name, _, value = one.partition("=")
        if name.strip().casefold() == rule:
            return value.strip()
    return ""
