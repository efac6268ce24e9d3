"""The list of actions: one entry is a button, a command, and a step on Start.

Nothing here imports an action: a command or a button loads only the one it needs. The ribbon's tab has the buttons in
the order of this list, group by group.
"""

from __future__ import annotations

from xl_dipsample.actions.running.action import Action, Argument, Button, Navigation, option

PASSPHRASE = option("--passphrase-file", "a file whose first line is the key's passphrase")

ACTIONS: tuple[Action, ...] = (
    Action(
        "new",
        "New dip-sample",
        "Makes a working workbook. It holds names: keep it in a restricted folder.",
        "actions.new",
        "NewOptions",
        None,
        (
            Argument(
                "workbook",
                "the working workbook to make",
                kind="path",
                ask="save",
                question="Where shall the new working workbook lie? A folder that only you can open",
            ),
            option("--like", "an earlier sample whose focus, criteria, mappings and questions are taken over"),
        ),
        step=False,
        button=Button("Sample", "FileNew"),
    ),
    Action(
        "import",
        "Import long list",
        "Fills Long list from the case system's export. The export is never changed.",
        "actions.import_long_list",
        "ImportOptions",
        "working",
        (
            Argument(
                "export",
                "the export: .xlsx .xlsm .xls .ods or .csv",
                kind="path",
                ask="open",
                question="Which file is the case system's export?",
            ),
            option("--sheet", "the sheet that holds the list", "text"),
            Argument("maps", "FIELD=HEADING: take this heading for this field", "--map", many=True, required=False),
            option("--join", "add columns from a second export by case ID", "yes"),
        ),
        button=Button("Sample", "GetExternalDataFromText"),
    ),
    Action(
        "check",
        "Check long list",
        "Looks for mistakes in the long list and says what to do about each.",
        "actions.check",
        "CheckOptions",
        "working",
        button=Button("Sample", "ErrorChecking"),
    ),
    Action(
        "narrow",
        "Narrow down",
        "Runs the funnel: fills Exclusion log, Case check and Funnel. Decisions are kept.",
        "actions.narrow",
        "NarrowOptions",
        "working",
        button=Button("Sample", "Filter"),
    ),
    Action(
        "pseudonymise",
        "Pseudonymise",
        "Gives unique IDs, writes the encrypted key, and builds a new review workbook without names.",
        "actions.pseudonymise",
        "PseudonymiseOptions",
        "working",
        (
            Argument(
                "review",
                "the review workbook to make or renew",
                "--review",
                "path",
                ask="save",
                question="Where shall the review workbook lie? A folder that the reviewers can open",
            ),
            Argument(
                "key",
                "the encrypted key; not in or below the review workbook's folder",
                "--key",
                "path",
                ask="save",
                question="Where shall the key lie? Not in the review workbook's folder",
            ),
            option(
                "--reading-list",
                "an encrypted list for reviewers: unique ID, case ID, contact date",
                ask="save",
                question="Where shall the reading list lie? Not in the review workbook's folder",
            ),
            option("--reading-passphrase-file", "a file whose first line is the reading list's passphrase"),
            PASSPHRASE,
            option(
                "--second-keyholder",
                "ask a second keyholder for a passphrase of their own",
                "yes",
                ask="yes",
                question="Is a second keyholder here to type a passphrase of their own? Without one, a lost passphrase "
                "means that no unique ID can be traced back",
            ),
            option("--second-keyholder-file", "a file whose first line is the second keyholder's passphrase"),
            option("--no-second-keyholder", "go on without a second keyholder", "yes"),
            option("--without-undecided", "go on with the included cases; the others can follow later", "yes"),
        ),
        button=Button("Privacy", "Lock"),
    ),
    Action(
        "screen",
        "Check text for names",
        "Looks for names and other identifiers in the texts, and lists them beside the key for you to decide.",
        "actions.screen",
        "ScreenOptions",
        "review",
        (
            Argument(
                "key", "the encrypted key of this sample", "--key", "path", ask="open", question="Where is the key?"
            ),
            PASSPHRASE,
            option("--roles", "put the proposed role in the place of everything that must be decided", "yes"),
        ),
        button=Button("Privacy", "DataValidationCircleInvalid"),
    ),
    Action(
        "release",
        "Check before sharing",
        "Builds the copy for the panel, scans its bytes, and says safe, or not safe and where.",
        "actions.release",
        "ReleaseOptions",
        "review",
        (
            Argument(
                "key", "the encrypted key of this sample", "--key", "path", ask="open", question="Where is the key?"
            ),
            Argument(
                "to",
                "the folder for the copy; not the review workbook's, nor one above it",
                "--to",
                "path",
                ask="folder",
                question="Which folder shall the panel's copy lie in? Not the review workbook's",
            ),
            PASSPHRASE,
            option("--own-columns", "columns that people added come along, and are scanned", "yes"),
            option("--accept-k", "note on Audit that the panel may see rows that are like no other", "yes"),
        ),
        button=Button("Privacy", "FileDocumentInspect"),
    ),
    Action(
        "lookup",
        "Who is this?",
        "Shows the name and case ID behind a unique ID, after the passphrase. Nothing is written.",
        "actions.lookup",
        "LookupOptions",
        None,
        (
            Argument("key", "the encrypted key", kind="path", ask="open", question="Where is the key?"),
            Argument(
                "unique_id",
                "the unique ID, such as DS-7GK-4MX3",
                required=False,
                ask="text",
                question="Which unique ID? Such as DS-7GK-4MX3",
            ),
            option("--case-id", "the other way: the unique IDs of this case ID, in all samples of the key", "text"),
            PASSPHRASE,
        ),
        step=False,
        button=Button("Privacy", "FindDialogExcel"),
    ),
    Action(
        "key",
        "Look after the key",
        "Verifies the key, changes its passphrase, or adds a second keyholder.",
        "actions.key",
        "KeyOptions",
        None,
        (
            Argument("task", "verify, passphrase or keyholder"),
            Argument("key", "the encrypted key", kind="path"),
            PASSPHRASE,
            option("--new-passphrase-file", "a file whose first line is the key's new passphrase"),
            option("--second-keyholder-file", "a file whose first line is the second keyholder's passphrase"),
            option("--workbook", "the working workbook (its audit log), or to verify also the review workbook"),
        ),
        step=False,
    ),
    Action(
        "second-read",
        "Second reader",
        "Draws cases to be read blind by a second person; later says how far the two agree.",
        "actions.second_read",
        "SecondReadOptions",
        "review",
        (
            option(
                "--draw",
                "the second reader's workbook to make; a fifth of the cases, at least five, drawn at random",
                ask="save",
                question="Where shall the second reader's workbook lie? A folder that the second reader can open",
            ),
            option(
                "--read",
                "the second reader's workbook, filled in",
                ask="open",
                question="Which file did the second reader fill in?",
            ),
        ),
        step=False,
        button=Button("Review", "ReviewNewComment"),
    ),
    Action(
        "analyse",
        "Refresh analysis",
        "Renews what formulas cannot do: Harms, the tables on Thresholds, Variations, Language and Findings.",
        "actions.analyse",
        "AnalyseOptions",
        "review",
        button=Button("Analyse", "RefreshAll"),
    ),
    Action(
        "compare",
        "Compare samples",
        "Puts earlier samples beside this one: what differs in the recipe, then the figures with their intervals.",
        "actions.compare",
        "CompareOptions",
        "review",
        (
            Argument(
                "others",
                "the review workbooks of earlier samples",
                kind="path",
                many=True,
                ask="open",
                question="Which is the review workbook of an earlier sample?",
            ),
            option(
                "--authority",
                "the local authority whose published figures are shown for context",
                "text",
                ask="text",
                question="Which local authority's published figures shall stand beside yours? Leave it blank for none",
            ),
            option(
                "--key",
                "the key, to count the young people who are in two samples",
                ask="open",
                question="Where is the key?",
            ),
            PASSPHRASE,
        ),
        button=Button("Analyse", "CompareAndMergeWorkbooks"),
    ),
    Action(
        "briefing",
        "Make briefing",
        "Writes a Word document of at most six pages for the panel: charts, tables, kept findings, quotes, questions.",
        "actions.briefing",
        "BriefingOptions",
        "review",
        (
            Argument(
                "document",
                "the briefing to make, a .docx that is not there yet",
                kind="path",
                ask="save",
                question="Where shall the briefing lie? In a folder that the panel can open",
            ),
            option(
                "--key",
                "a check of every text for the names of the encrypted key",
                ask="open",
                question="Where is the key?",
            ),
            PASSPHRASE,
        ),
        button=Button("Analyse", "FileSaveAs"),
    ),
    Action(
        "publish",
        "Publication copy",
        "Counts for everyone, in an accessible workbook; 1 to 5, and what would give them away, are hidden.",
        "actions.publish",
        "PublishOptions",
        "review",
        (
            Argument(
                "out",
                "the publication copy to make, an .xlsx that is not there yet",
                kind="path",
                ask="save",
                question="Where shall the publication copy lie? It is for everyone",
            ),
            option("--round", "round every number to the nearest 5", "yes"),
            option("--key", "the encrypted key: the scan then looks for its names too"),
            PASSPHRASE,
        ),
        button=Button("Analyse", "PivotTableInsert"),
    ),
    Action(
        "restore",
        "Undo last step",
        "Puts the workbook back as it was before the last button. Key and review workbook are not undone.",
        "actions.restore",
        "RestoreOptions",
        "any",
        (
            option("--list", "only say what can be put back", "yes"),
            option("--to", "the number of the snapshot, as --list shows it", "number"),
        ),
        step=False,
        button=Button("Help", "Undo"),
    ),
    Action(
        "demo",
        "Try an example",
        "Takes a synthetic export through every step, to finished workbooks.",
        "actions.demo",
        "DemoOptions",
        None,
        (
            Argument(
                "folder",
                "an empty folder, or one that an earlier demo made",
                kind="path",
                ask="folder",
                question="An empty folder for the example",
            ),
        ),
        step=False,
        button=Button("Help", "FileOpen"),
    ),
    Action(
        "doctor",
        "Help me",
        "Says what is installed and what is in the way; a report without case data.",
        "addin.installing.doctor",
        "DoctorOptions",
        None,
        (option("--workbook", "a working workbook: says whether its audit log is as it was"),),
        step=False,
        button=Button("Help", "Help"),
    ),
    Action(
        "install",
        "Install the ribbon",
        "Puts the add-in where this user's Excel loads it. Needs no administrator.",
        "addin.installing.install",
        "InstallOptions",
        None,
        (
            option("--warm", "keep a Python ready from log-on, so that a button answers sooner", "yes"),
            option("--xlstart", "the folder from which this user's Excel loads add-ins"),
        ),
        step=False,
    ),
    Action(
        "uninstall",
        "Remove the ribbon",
        "Takes away what install put there. Workbooks, keys and snapshots stay.",
        "addin.installing.uninstall",
        "UninstallOptions",
        None,
        step=False,
    ),
    Action(
        "serve",
        "Keep Python ready",
        "Waits in the background for the ribbon's buttons on this computer alone, and ends with Excel.",
        "addin.press.serve",
        "ServeOptions",
        None,
        step=False,
    ),
    Action(
        "selftest",
        "Test in Excel",
        "Tries everything in an Excel of its own on this computer and writes a report without case data.",
        "addin.selftest.selftest",
        "SelftestOptions",
        None,
        (
            option("--report", "the report to write"),
            option("--keep", "keep the test workbooks, which are synthetic", "yes"),
        ),
        step=False,
    ),
)

NAVIGATION: tuple[Navigation, ...] = (
    Navigation(
        "next-case",
        "Next case",
        "Goes to the next case on Review that is not complete. Changes nothing.",
        Button("Review", "PageNext"),
        "review",
    ),
)


def action(name: str) -> Action:
    """The action of that id. Raises KeyError."""
    for one in ACTIONS:
        if one.id == name:
            return one
    raise KeyError(name)
