"""ONLYOFFICE's engine as a program of its own: a line of JSON in, a line of JSON out.

It runs in .venv-engines and knows nothing of ours. {"open": path} opens a workbook, {"run": script} runs JavaScript in
it and answers what the script returns, {"save": path} saves it; the end of the input ends it.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Answer until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the library prints is no answer
    import docbuilder

    builder = docbuilder.CDocBuilder()
    for line in sys.stdin:
        asked = json.loads(line)
        if "open" in asked:
            told = {"opened": builder.OpenFile(asked["open"], "") == 0}
        elif "save" in asked:
            told = {"saved": builder.SaveFile("xlsx", asked["save"]) == 0}
        else:
            value = builder.GetContext().CreateUndefined()
            ran = builder.ExecuteCommand(f"(function () {{ {asked['run']} }})();", value)
            told = {"ran": bool(ran), "value": value.ToString() if ran else ""}
        answers.write(json.dumps(told) + "\n")
        answers.flush()
    builder.CloseFile()
    os._exit(0)  # the library's own end is not always a quiet one


if __name__ == "__main__":
    main()
