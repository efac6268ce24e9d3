"""The rules that an IT department sets for programs and scripts, as far as the registry tells them to a user.

What the registry does not tell is whether a rule allows us: each finding says what may stop, what still works, and
which exception for us alone IT may choose. Sources: Microsoft's reference of attack surface reduction rules, of
controlled folder access, of AppLocker (SrpV2), of the policy "Deploy App Control for Business" (DeviceGuard), and of
Smart App Control.
"""

from __future__ import annotations

from collections.abc import Iterator

from xl_dipsample.addin.installing.computer import Computer
from xl_dipsample.addin.installing.policies import BLOCK, DEFENDER, WARN, defender_rule
from xl_dipsample.addin.installing.what_is_in_the_way import Finding

_PREVALENCE = "01443614-cd74-433a-b99e-2ecdc07bfc25"
_GUARDED_FOLDERS = "EnableControlledFolderAccess"  # the value's name, wherever it stands
_APPLOCKER = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\SrpV2"
_APP_CONTROL = r"HKLM\SOFTWARE\Policies\Microsoft\Windows\DeviceGuard"
_CODE_INTEGRITY = r"HKLM\SYSTEM\CurrentControlSet\Control\CI\Policy"
_ENFORCED = 1


def defender_lets_new_programs_run(computer: Computer) -> Iterator[Finding]:
    """The rule of Microsoft Defender that stops programs which few computers have."""
    if defender_rule(computer, _PREVALENCE) in (BLOCK, WARN):
        yield Finding(
            "warning",
            "defender-prevalence",
            "Defender may stop the desk's pythonw.exe, a new file in a profile (rule for prevalence, age or trusted "
            "list); a desk in Program Files still works: IT may install it there, or exclude this one file.",
        )


def defender_lets_us_write(computer: Computer) -> Iterator[Finding]:
    """Controlled folder access, by group policy, on this computer, or by Intune: who may write to people's folders."""
    keys = tuple(rf"{one}\Windows Defender Exploit Guard\Controlled Folder Access" for one in DEFENDER)
    keys += (rf"{DEFENDER[0]}\Policy Manager",)
    found = (computer.windows.registry_value(key, _GUARDED_FOLDERS) for key in keys)
    if str(next((value for value in found if value is not None), "")) == BLOCK:
        yield Finding(
            "warning",
            "defender-folders",
            "Defender may keep Python from writing to Documents, Desktop and other guarded folders (controlled folder "
            "access); other folders still work: IT may allow this python.exe and pythonw.exe alone.",
        )


def applocker_lets_us_run(computer: Computer) -> Iterator[Finding]:
    """AppLocker's rules for programs, libraries and scripts; each collection may be enforced or only watched."""
    for collection, code, text in (
        (
            "Exe",
            "applocker-programs",
            (
                "AppLocker decides which programs run: this Python does, and the desk needs the pythonw.exe beside it. "
                "IT may allow both by their publisher, the Python Software Foundation, or install in Program Files."
            ),
        ),
        (
            "Dll",
            "applocker-libraries",
            (
                "AppLocker decides which libraries load, and may stop some packages of Python in a profile; what is in "
                "Program Files still works: IT may install there, or allow these files by their hash."
            ),
        ),
        (
            "Script",
            "applocker-scripts",
            (
                "AppLocker decides which scripts run, and may stop install.cmd; the desk and the tab, which are no "
                "scripts, still work: IT may install by its own means."
            ),
        ),
    ):
        if _is_enforced(computer, collection):
            yield Finding("warning", code, text)


def app_control_lets_us_run(computer: Computer) -> Iterator[Finding]:
    """App Control for Business (WDAC), deployed by group policy, and Smart App Control."""
    if computer.windows.registry_value(_APP_CONTROL, "DeployConfigCIPolicy") == _ENFORCED:
        yield Finding(
            "warning",
            "app-control",
            "App Control (WDAC) decides which programs and libraries run: if the desk does not open, some of Python's "
            "packages are not allowed. IT may add the files of this installation alone to its policy.",
        )
    if computer.windows.registry_value(_CODE_INTEGRITY, "VerifiedAndReputablePolicyState") == _ENFORCED:
        yield Finding(
            "warning",
            "smart-app-control",
            "Smart App Control may stop unsigned packages of Python, and knows no exceptions: if the desk does not "
            "open, ask IT for a PC that they manage; workbooks work in Excel all the same.",
        )


def _is_enforced(computer: Computer, collection: str) -> bool:
    """Whether a collection of rules stops anything: rules whose mode nobody set are enforced."""
    key = rf"{_APPLOCKER}\{collection}"
    if not computer.windows.registry_keys(key):
        return False
    mode = computer.windows.registry_value(key, "EnforcementMode")
    return mode is None or mode == _ENFORCED
