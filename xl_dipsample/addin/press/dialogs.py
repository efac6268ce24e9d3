"""The windows in which Excel's buttons ask: words, a passphrase, a choice or several, a file.

tkinter is imported when one opens.

Every window stands in front of Excel, is worked with the keyboard alone (Enter, Esc, arrows, Tab), and ends with an
answer or raises Stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from xl_dipsample.domain.shared.errors import STOPPED, DipSampleError
from xl_dipsample.files.windows import Windows

if TYPE_CHECKING:
    import tkinter as tk
    from tkinter import ttk

TITLE = "Dip-sampling"
FAMILY, SIZE = "Arial", 11
PALE, DARK, STRONG = "#FFFFFF", "#1F1F1F", "#12436D"
WIDTH = "360p"  # of a line of words; points, so that it grows with the screen's resolution
MOST_TICKS = 14  # boxes that stand in a window at once; more of them scroll
FEW = 6  # choices that stand as a list of buttons; more of them scroll
GAP = "6p"

T = TypeVar("T")
Kinds = Sequence[tuple[str, str]]  # ("Excel workbook", "*.xlsx")


class Stopped(DipSampleError):
    """The person closed a question."""

    def __init__(self) -> None:
        super().__init__(STOPPED, "Stopped; nothing was changed.")


class CannotAsk(DipSampleError):
    """There is no way to show a window here."""


class Dialogs:
    """How questions are asked on a screen.

    `beside`: the window of this program whose loop runs already; None: each question is a program of its own.
    `owner`: the window, as a rule Excel's, in front of which a question stands, and over no other; None: over all.
    """

    def __init__(self, windows: Windows | None = None, beside: tk.Tk | None = None) -> None:
        self._windows, self._beside = windows or Windows(), beside
        self.owner: int | None = None

    def text(self, question: str, proposed: str = "") -> str:
        """Ask for words; `proposed` stands there already."""
        with self._window() as root:
            form = _Form(root, question)
            typed = form.entry(proposed)
            return form.answer(typed.get)

    def secret(self, question: str, offered: str = "") -> str:
        """Ask for a passphrase without showing it; `offered`: one that the person may copy and take."""
        with self._window() as root:
            form = _Form(root, question)
            if offered:
                form.offer(offered)
            typed = form.secret()
            return form.answer(typed.get)

    def choose(self, question: str, choices: Sequence[str]) -> str:
        """Ask for one of the choices."""
        with self._window() as root:
            form = _Form(root, question)
            pick = form.buttons(choices) if len(choices) <= FEW else form.long_list(choices)
            return choices[form.answer(pick)]

    def ticks(self, question: str, choices: Sequence[str], ticked: Sequence[str] = ()) -> list[str]:
        """Ask for any number of the choices, in their order; those in `ticked` are ticked already."""
        with self._window() as root:
            form = _Form(root, question)
            chosen = form.answer(form.ticks(choices, ticked))
            return [choice for choice, is_ticked in zip(choices, chosen, strict=True) if is_ticked]

    def open_file(self, question: str, folder: Path | None, kinds: Kinds) -> Path:
        """Ask for a file that is there."""
        return self._file("askopenfilename", question, folder, filetypes=[*kinds, ("All files", "*.*")])

    def open_files(self, question: str, folder: Path | None, kinds: Kinds) -> list[Path]:
        """Ask for one file that is there, or several of one folder."""
        filetypes = [*kinds, ("All files", "*.*")]
        return [Path(one) for one in self._chosen("askopenfilenames", question, folder, filetypes=filetypes)]

    def save_file(self, question: str, folder: Path | None, name: str, kinds: Kinds) -> Path:
        """Ask where a file shall lie; one that is there already may be chosen, the action says what it does with it."""
        ending = Path(name).suffix
        return self._file(
            "asksaveasfilename", question, folder,
            initialfile=name, filetypes=list(kinds), defaultextension=ending, confirmoverwrite=False,
        )  # fmt: skip

    def folder(self, question: str, folder: Path | None) -> Path:
        """Ask for a folder, which need not be there yet."""
        return self._file("askdirectory", question, folder, mustexist=False)

    def _file(self, which: str, question: str, folder: Path | None, **more: Any) -> Path:
        return Path(self._chosen(which, question, folder, **more))

    def _chosen(self, which: str, question: str, folder: Path | None, **more: Any) -> Any:
        with self._window() as root:
            from tkinter import filedialog

            if folder is not None and folder.is_dir():
                more["initialdir"] = str(folder)
            chosen = getattr(filedialog, which)(parent=root, title=question, **more)
        if not chosen:
            raise Stopped
        return chosen

    @contextmanager
    def _window(self) -> Iterator[tk.Tk | tk.Toplevel]:
        """A window, not shown yet, that is gone afterwards. Raises CannotAsk."""
        root = self._new_window()
        try:
            root.withdraw()
            root.title(TITLE)
            self._put_in_front(root)
            yield root
        finally:
            root.destroy()

    def _put_in_front(self, root: tk.Tk | tk.Toplevel) -> None:
        """In front of the window that it is about; over all others only when there is none."""
        if self.owner is not None:
            root.update_idletasks()
            self._windows.own(int(root.wm_frame(), 16), self.owner)
        elif self._beside is not None and self._beside.state() == "normal":
            root.wm_transient(self._beside)
        else:
            root.attributes("-topmost", True)  # noqa: FBT003 - Tk's own way

    def _new_window(self) -> tk.Tk | tk.Toplevel:
        if self._beside is None:
            return first_window(self._windows)
        import tkinter as tk

        return tk.Toplevel(self._beside, background=PALE)


def first_window(windows: Windows) -> tk.Tk:
    """The first window of a program, dressed. Raises CannotAsk."""
    windows.sharp_windows()
    try:
        import tkinter as tk

        root = tk.Tk(className=TITLE)
    except (ImportError, RuntimeError):
        raise _cannot_ask("Python was installed without the part that shows windows (tcl/tk)") from None
    except Exception as error:  # TclError: no screen; its class cannot be named before the import
        if type(error).__name__ != "TclError":
            raise
        raise _cannot_ask("Python can show no window on this screen") from None
    dress(root)
    return root


def _cannot_ask(why: str) -> CannotAsk:
    return CannotAsk(
        "no-windows", f"{why}, so this step cannot ask its questions; ask IT to mend that. Nothing was changed."
    )


def dress(root: tk.Tk) -> None:
    """Fonts and colours: Windows' own look on Windows, a plain one elsewhere."""
    from tkinter import font, ttk

    for name in ("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont", "TkCaptionFont", "TkIconFont"):
        weight: Literal["bold", "normal"] = "bold" if name == "TkHeadingFont" else "normal"
        font.nametofont(name, root).configure(family=FAMILY, size=SIZE, weight=weight)
    style = ttk.Style(root)
    if "vista" in style.theme_names():
        style.theme_use("vista")
    elif "clam" in style.theme_names():
        style.theme_use("clam")
    root.configure(background=PALE)
    for kind in ("TFrame", "TLabel", "TCheckbutton", "TRadiobutton"):
        style.configure(kind, background=PALE, foreground=DARK)
        style.map(kind, background=[("active", PALE)])
    style.configure("TButton", padding=(12, 4))
    style.configure("Question.TLabel", foreground=STRONG)


class _Form:
    """A question, a way to answer it, OK and Cancel."""

    def __init__(self, root: tk.Tk | tk.Toplevel, question: str) -> None:
        from tkinter import ttk

        self._root = root
        self._first: tk.Widget | None = None
        self._ok = False
        self._body = ttk.Frame(root, padding="14p")
        self._body.pack(fill="both", expand=True)
        label = ttk.Label(self._body, text=question, style="Question.TLabel", wraplength=WIDTH, justify="left")
        label.pack(anchor="w", pady=(0, "8p"))

    def entry(self, proposed: str = "", shown: str = "") -> ttk.Entry:
        """A line to type in."""
        from tkinter import ttk

        line = ttk.Entry(self._body, width=48, show=shown)
        line.insert(0, proposed)
        line.select_range(0, "end")
        line.pack(fill="x")
        self._first = line
        return line

    def secret(self) -> ttk.Entry:
        """A line that does not show what is typed, until a tick says so."""
        import tkinter as tk
        from tkinter import ttk

        line = self.entry(shown="●")
        visible = tk.BooleanVar(self._root, value=False)

        def show() -> None:
            line.configure(show="" if visible.get() else "●")

        tick = ttk.Checkbutton(self._body, text="Show what I type", variable=visible, command=show, underline=0)
        tick.pack(anchor="w", pady=(GAP, 0))
        self._root.bind("<Alt-s>", lambda _: tick.invoke())
        return line

    def offer(self, words: str) -> None:
        """Words that can be copied: all of them are marked as soon as the cursor is there."""
        from tkinter import ttk

        ttk.Label(self._body, text="One that you could take:").pack(anchor="w")
        line = ttk.Entry(self._body, width=len(words) + 2)
        line.insert(0, words)
        line.configure(state="readonly")
        line.bind("<FocusIn>", lambda _: line.select_range(0, "end"))
        line.pack(fill="x", pady=("2p", "8p"))

    def buttons(self, choices: Sequence[str]) -> Callable[[], int]:
        """One round button for each choice; the arrows move through them."""
        import tkinter as tk
        from tkinter import ttk

        picked = tk.IntVar(self._root, value=0)
        rows = [
            ttk.Radiobutton(self._body, text=choice, value=number, variable=picked)
            for number, choice in enumerate(choices)
        ]
        for row in rows:
            row.pack(anchor="w", pady="2p")

        def move(step: int) -> None:
            picked.set(min(max(picked.get() + step, 0), len(rows) - 1))
            rows[picked.get()].focus_set()

        self._root.bind("<Down>", lambda _: move(1))
        self._root.bind("<Up>", lambda _: move(-1))
        self._first = rows[0]
        return picked.get

    def ticks(self, choices: Sequence[str], ticked: Sequence[str]) -> Callable[[], list[bool]]:
        """One box to tick for each choice; the arrows move through them, Space ticks. Many of them scroll."""
        import tkinter as tk
        from tkinter import ttk

        frame = ttk.Frame(self._body)
        frame.pack(fill="both", expand=True)
        shown = tk.Canvas(frame, background=PALE, highlightthickness=0)
        inside = ttk.Frame(shown)
        inside_at = shown.create_window(0, 0, anchor="nw", window=inside)
        states = [tk.BooleanVar(self._root, value=choice in ticked) for choice in choices]
        rows = [
            ttk.Checkbutton(inside, text=choice, variable=state) for choice, state in zip(choices, states, strict=True)
        ]
        for row in rows:
            row.pack(anchor="w", fill="x", pady="2p")
        inside.update_idletasks()
        whole = inside.winfo_reqheight()
        high = whole if len(rows) <= MOST_TICKS else whole * MOST_TICKS // len(rows)
        shown.configure(width=inside.winfo_reqwidth(), height=high, scrollregion=shown.bbox(inside_at))
        if high < whole:
            bar = ttk.Scrollbar(frame, command=shown.yview)
            shown.configure(yscrollcommand=bar.set)
            bar.pack(side="right", fill="y")
        shown.pack(side="left", fill="both", expand=True)

        def come(row: ttk.Checkbutton) -> None:
            """Bring the row into view that the cursor is on."""
            top, below = shown.canvasy(0), shown.canvasy(high)
            if row.winfo_y() < top:
                shown.yview_moveto(row.winfo_y() / whole)
            elif row.winfo_y() + row.winfo_height() > below:
                shown.yview_moveto((row.winfo_y() + row.winfo_height() - high) / whole)

        def move(step: int) -> None:
            here = self._root.focus_get()
            at = rows.index(here) + step if here in rows else 0
            rows[min(max(at, 0), len(rows) - 1)].focus_set()

        for row in rows:
            row.bind("<FocusIn>", lambda event: come(event.widget))
        self._root.bind("<Down>", lambda _: move(1))
        self._root.bind("<Up>", lambda _: move(-1))
        self._first = rows[0]
        return lambda: [state.get() for state in states]

    def long_list(self, choices: Sequence[str]) -> Callable[[], int]:
        """A list that scrolls; a double click takes a line."""
        import tkinter as tk
        from tkinter import ttk

        frame = ttk.Frame(self._body)
        frame.pack(fill="both", expand=True)
        lines = tk.Listbox(
            frame, height=min(len(choices), 12), width=52, activestyle="none", exportselection=False,
            selectbackground=STRONG, selectforeground=PALE, background=PALE, foreground=DARK,
            relief="flat", highlightthickness=1, highlightcolor=STRONG,
        )  # fmt: skip
        bar = ttk.Scrollbar(frame, command=lines.yview)
        lines.configure(yscrollcommand=bar.set, font="TkTextFont")
        lines.pack(side="left", fill="both", expand=True)
        bar.pack(side="right", fill="y")
        lines.insert("end", *choices)
        lines.selection_set(0)
        lines.activate(0)
        lines.bind("<Double-Button-1>", lambda _: self._accept())
        self._first = lines
        return lambda: int(lines.curselection()[0])  # type: ignore[no-untyped-call]

    def answer(self, read: Callable[[], T]) -> T:
        """Show the window and wait; what `read` gives after OK. Raises Stopped after Cancel."""
        from tkinter import ttk

        row = ttk.Frame(self._body)
        row.pack(fill="x", pady=("12p", 0))
        ttk.Button(row, text="Cancel", command=self._root.quit).pack(side="right")
        ok = ttk.Button(row, text="OK", default="active", command=self._accept)
        ok.pack(side="right", padx=(0, GAP))
        self._root.bind("<Return>", lambda _: self._accept())
        self._root.bind("<KP_Enter>", lambda _: self._accept())
        self._root.bind("<Escape>", lambda _: self._root.quit())
        self._root.protocol("WM_DELETE_WINDOW", self._root.quit)
        self._show()
        self._root.mainloop()
        if not self._ok:
            raise Stopped
        return read()

    def _accept(self) -> None:
        self._ok = True
        self._root.quit()

    def _show(self) -> None:
        """In the middle of the screen, in front, with the cursor in it."""
        root = self._root
        root.resizable(width=False, height=False)
        root.update_idletasks()
        left = (root.winfo_screenwidth() - root.winfo_reqwidth()) // 2
        top = (root.winfo_screenheight() - root.winfo_reqheight()) // 3
        root.geometry(f"+{max(left, 0)}+{max(top, 0)}")
        root.deiconify()
        root.lift()
        root.focus_force()
        if self._first is not None:
            self._first.focus_set()
