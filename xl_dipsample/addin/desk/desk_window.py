"""The desk's window: what is open, what comes next, every button, what is in work, what was said and made.

It is worked with the keyboard alone too: Tab and the arrows, Enter or Space, Esc stops the work.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tkinter import ttk
from typing import get_args

from xl_dipsample.actions.running import registry
from xl_dipsample.actions.running.action import Group
from xl_dipsample.addin.desk.crash_journal import Entry
from xl_dipsample.addin.desk.desk import Desk
from xl_dipsample.addin.desk.entry_of_desk import NAME
from xl_dipsample.addin.desk.next_case import go_to_case
from xl_dipsample.addin.desk.open_workbook import OpenWorkbook
from xl_dipsample.addin.desk.presses import TAKEN, Press
from xl_dipsample.addin.desk.window_thread import AskedThere, WindowThread
from xl_dipsample.addin.press.dialogs import DARK, PALE, STRONG, TITLE, Dialogs, Stopped, first_window
from xl_dipsample.addin.press.press import file_name, label_of
from xl_dipsample.files.windows import Windows

TICK = 60  # thousandths of a second between two looks for what other threads brought
COLUMNS = 5
WIDTH = "430p"  # of a line of words; points, so that it grows with the screen's resolution
LINES = 400  # of what was said: older ones go
NOTHING_OPEN = "No workbook is open in Excel."
LOADING = "Getting ready ..."
READY = "Ready."
BUSY = "One step at a time: wait until this one has finished, or press Stop."
CLOSE_ANYWAY, KEEP = "Stop it, then close", "Let it go on"
UNDO_IT, LEAVE_IT = "Undo what it did", "Leave it as it is"


class DeskWindow:
    """The window and its desk. `run` shows it and returns when the person has closed it."""

    def __init__(self, windows: Windows, dialogs: Dialogs | None = None) -> None:
        self._windows = windows
        self.root = first_window(windows)
        self.root.title(TITLE)
        _dress_more(self.root)
        self._thread = WindowThread()
        self._ask = dialogs or Dialogs(windows, self.root)
        self.desk = Desk(
            windows,
            AskedThere(self._thread, self._ask),
            self,
            ready=lambda: self._thread.post(self._ready),
            ended=lambda: self._thread.post(self._ended),
        )
        self._open: OpenWorkbook | None = None
        self._buttons: dict[str, ttk.Button] = {}
        self._loaded, self._closing = False, False
        self._build()

    def run(self, *, minimised: bool = False) -> None:
        """Show the window until it is closed. `minimised`: the ribbon started it, the person looks at Excel."""
        if minimised:
            self.root.iconify()
        self.desk.presses.start()
        self._tick()
        self.root.mainloop()
        self.root.withdraw()  # what is left to do takes a moment
        self._thread.close()
        self.desk.presses.end(5.0)

    # -- what the person sees

    def _build(self) -> None:
        whole = ttk.Frame(self.root, padding="10p")
        whole.pack(fill="both", expand=True)
        self._workbook = ttk.Label(whole, text=NOTHING_OPEN, style="Question.TLabel", wraplength=WIDTH)
        self._workbook.pack(anchor="w")
        self._next = ttk.Label(whole, text="", wraplength=WIDTH)
        self._next.pack(anchor="w", pady=(0, "6p"))
        for group in get_args(Group):
            self._build_group(whole, group)
        self._help = ttk.Label(whole, text="", wraplength=WIDTH, justify="left", foreground=STRONG)
        self._help.pack(anchor="w", fill="x", pady="6p")
        self._build_work(whole)
        self._build_said(whole)
        self.root.bind("<FocusIn>", self._came_forward)
        self.root.bind("<Escape>", lambda _: self._stop())
        self.root.protocol("WM_DELETE_WINDOW", self.close)

    def _build_group(self, whole: ttk.Frame, group: str) -> None:
        entries = [one for one in registry.EVERYTHING if one.button and one.button.group == group]
        if not entries:
            return
        frame = ttk.LabelFrame(whole, text=group, padding="3p")
        frame.pack(fill="x", pady=(0, "4p"))
        for at, entry in enumerate(entries):
            button = ttk.Button(frame, text=entry.label, command=partial(self.press, entry.id))
            button.grid(row=at // COLUMNS, column=at % COLUMNS, sticky="ew", padx="2p", pady="1p")
            for event in ("<Enter>", "<FocusIn>"):
                button.bind(event, partial(self._explain, entry.does))
            button.bind("<Return>", lambda event: event.widget.invoke())
            self._buttons[entry.id] = button
        for column in range(COLUMNS):
            frame.columnconfigure(column, weight=1, uniform="buttons")

    def _explain(self, does: str, _: object) -> None:
        self._help.configure(text=does)

    def _build_work(self, whole: ttk.Frame) -> None:
        row = ttk.Frame(whole)
        row.pack(fill="x")
        self._doing = ttk.Label(row, text=LOADING, wraplength="340p")
        self._doing.pack(side="left")
        self._stop_button = ttk.Button(row, text="Stop", command=self._stop, state="disabled")
        self._stop_button.pack(side="right")
        self._share = ttk.Progressbar(whole, mode="determinate", maximum=1.0)
        self._share.pack(fill="x", pady="4p")

    def _build_said(self, whole: ttk.Frame) -> None:
        frame = ttk.Frame(whole)
        frame.pack(fill="both", expand=True)
        self._said = tk.Text(
            frame, height=7, width=40, wrap="word", state="disabled", font="TkTextFont", background=PALE,
            foreground=DARK, relief="flat", highlightthickness=1, padx=6, pady=4, cursor="arrow",
        )  # fmt: skip
        bar = ttk.Scrollbar(frame, command=self._said.yview)
        self._said.configure(yscrollcommand=bar.set)
        self._said.pack(side="left", fill="both", expand=True)
        bar.pack(side="right", fill="y")
        self._said.tag_configure("link", foreground=STRONG, underline=True)
        self._said.tag_configure("warning", font="TkHeadingFont")

    # -- what the person does

    def press(self, action: str) -> None:
        """Press a button for the workbook that the window shows."""
        if action in registry.WAYS:
            self._navigate(action)
            return
        seen = self._open
        press = Press(action) if seen is None else Press(action, seen.process, seen.full_name)
        if not self._loaded or self.desk.presses.press(press) != TAKEN:
            self._doing.configure(text=BUSY if self._loaded else LOADING)

    def _navigate(self, which: str) -> None:
        seen = self._open

        def go() -> None:
            told = go_to_case(None if seen is None else seen.process, which)
            if told:
                self._thread.post(lambda: self._say_now(told))

        self.desk.presses.between(go)

    def _say_now(self, text: str) -> None:
        self._doing.configure(text=text)

    def _stop(self) -> None:
        if self.desk.presses.at_work:
            self.desk.stop()
            self._doing.configure(text="Stopping at the next safe place ...")

    def close(self) -> None:
        """Close the window; with a press in work only when the person says so."""
        if self._closing or not self.desk.presses.at_work:
            self.root.quit()
            return
        try:
            answer = self._ask.choose("A step is still at work. Close all the same?", (KEEP, CLOSE_ANYWAY))
        except Stopped:
            return
        if answer == CLOSE_ANYWAY:
            self._closing = True
            self._stop()
            if not self.desk.presses.at_work:  # it has just ended
                self.root.quit()

    def _came_forward(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self.root:
            self.look()

    def look(self) -> None:
        """See what is open in Excel, unless a press is in work."""
        if self._loaded:
            self.desk.look(lambda seen: self._thread.post(lambda: self._show(seen)))

    # -- what comes from other threads

    def _tick(self) -> None:
        self.root.after(TICK, self._tick)
        if self._windows.was_called(NAME):
            self.root.deiconify()
            self.root.lift()
            self.root.focus_force()
        self._thread.do_waiting()

    def _ready(self) -> None:
        self._loaded = True
        self._doing.configure(text=READY)
        entry = self.desk.cut_off()
        if entry is not None:
            self.desk.clear_up(entry, lambda there: self._thread.post(lambda: self._say_cut_off(entry, there)))
        else:
            self.look()

    def _say_cut_off(self, entry: Entry, there: bool) -> None:  # noqa: FBT001
        label = label_of(entry.action) or "A step"
        name = file_name(entry.workbook)
        said = f"{label} was cut off in the middle of its work{f' on {name}' if name else ''}."
        said += " Excel's settings were put back." if there else " Excel has ended since."
        self._write(f"{said}\n", "warning")
        self.look()
        if not (there and entry.workbook):
            return
        try:
            answer = self._ask.choose(f"{said} What is to happen with the workbook?", (UNDO_IT, LEAVE_IT))
        except Stopped:
            return
        if answer == UNDO_IT:
            self.desk.presses.press(Press(registry.UNDO, entry.excel, entry.workbook))

    def _show(self, seen: OpenWorkbook | None) -> None:
        self._open = seen
        self._workbook.configure(text=NOTHING_OPEN if seen is None else f"{seen.name} ({seen.kind_words})")
        comes_next = seen.next_step if seen else ""
        self._next.configure(text=f"Next: {comes_next}" if comes_next else "")
        for button in self._buttons.values():
            button.configure(style="Next.TButton" if button.cget("text") == comes_next else "TButton")

    def _ended(self) -> None:
        self._stop_button.configure(state="disabled")
        self._share.configure(value=0.0)
        self._doing.configure(text=READY)
        if self._closing:
            self.root.quit()
        else:
            self.look()

    # -- Onlooker: called on the thread of presses

    def begun(self, action: str, workbook: str) -> None:
        """A press began."""
        label = label_of(action)
        self._thread.post(lambda: self._begin(f"{label}: {workbook}" if workbook else label))

    def going_on(self, text: str, share: float | None) -> None:
        """What is done now."""
        self._thread.post(lambda: self._go_on(text, share))

    def said(self, text: str, *, warning: bool) -> None:
        """What the person was told."""
        self._thread.post(lambda: self._write(f"{text}\n\n", "warning" if warning else ""))

    def made(self, files: Sequence[str]) -> None:
        """The files that a press wrote: a link each."""
        self._thread.post(lambda: self._link(files))

    def _begin(self, text: str) -> None:
        self._doing.configure(text=f"{text} ...")
        self._stop_button.configure(state="normal")

    def _go_on(self, text: str, share: float | None) -> None:
        self._doing.configure(text=f"{text} ...")
        self._share.configure(value=share or 0.0)

    def _write(self, text: str, *tags: str) -> None:
        self._said.configure(state="normal")
        self._said.insert("end", text, tags)
        extra = int(float(self._said.index("end"))) - LINES
        if extra > 0:
            self._said.delete("1.0", f"{extra}.0")
        self._said.configure(state="disabled")
        self._said.see("end")

    def _link(self, files: Sequence[str]) -> None:
        for name in files:
            tag = f"to {name}"
            self._said.tag_bind(tag, "<Button-1>", partial(self._open_file, name))
            self._write("Open ")
            self._write(Path(name).name, "link", tag)
            self._write("\n")

    def _open_file(self, path: str, _: object) -> None:
        if not self._windows.open_file(Path(path)):
            self._doing.configure(text=f"It lies in {Path(path).parent}.")


def _dress_more(root: tk.Tk) -> None:
    """Frames without a shade of their own; the button that comes next stands out by its weight and its colour."""
    style = ttk.Style(root)
    for part in ("TLabelframe", "TLabelframe.Label"):
        style.configure(part, background=PALE, foreground=DARK)
    style.configure("Next.TButton", padding=(12, 4), font="TkHeadingFont", foreground=STRONG)
