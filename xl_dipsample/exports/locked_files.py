"""A file that is locked: by a password, or encrypted by a sensitivity label or rights of the council.

No sentence of these tells people to take a lock off: it keeps data of children. Sources: [MS-OFFCRYPTO] 1.3.2 and
2.2 (what rights management calls its parts), 2.3.4 (a password's), and Microsoft's list of extensions of protected
files.
"""

from __future__ import annotations

from collections.abc import Iterable

from xl_dipsample.domain.shared.errors import FILE, FileProblem

# What encryption by a label, or by rights, calls storages and streams of the container; a password has none of these.
_OF_RIGHTS = (
    "DRMEncryptedDataSpace",
    "DRMEncryptedTransform",
    "\tDRMDataSpace",
    "\tDRMTransform",
    "\tDRMContent",
    "LabelInfo",
)
_OF_ALL = "EncryptedPackage"
EXTENSIONS = (".pfile", ".ptxt", ".pxml")  # what a label makes of files that are none of Office's


def in_names(names: Iterable[str]) -> FileProblem | None:
    """The refusal of a container by the names of its storages and streams; None when it is not locked."""
    found = {name.casefold() for name in names}
    if found & {one.casefold() for one in _OF_RIGHTS}:
        return labelled()
    return password() if _OF_ALL.casefold() in found else None


def in_bytes(data: bytes) -> FileProblem | None:
    """The same by the container's bytes, however damaged. Only where a container is refused in any case."""
    return in_names(name for name in (*_OF_RIGHTS, _OF_ALL) if name.encode("utf-16-le") in data)


def password() -> FileProblem:
    """The refusal of a file with a password; the same words for every kind of file."""
    return FileProblem(
        "password",
        f"{FILE} is locked with a password, and stays so: export the report anew from the case system, straight into "
        "the restricted folder, in the way that your council says, and import that.",
    )


def labelled() -> FileProblem:
    """The refusal of a file that the council encrypted by a label or by rights."""
    return FileProblem(
        "labelled",
        f"{FILE} is encrypted, by a sensitivity label or rights of your council, and stays so: export the report anew "
        "from the case system, straight into the restricted folder, in the way that your council says, or ask its IT "
        "or information governance how this tool may be given the report.",
    )
