"""Continuation: the prompt and what follows it, token by token, with its branches."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QMenu,
    QSplitter,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
)

from laminoscope_core.analysis import comparison
from laminoscope_core.analysis.continuation import Result
from laminoscope_core.plots.prompts import probability, token_label
from laminoscope_core.plots.registry import PLOTS, Spec
from laminoscope_core.plots.writing import COLOURINGS, kept_text, text_up_to
from laminoscope_core.run.requests import Generated, GenerationRequest
from laminoscope_core.sampling import Node
from laminoscope_core.sampling.branches import branch_rows
from laminoscope_core.sampling.kept import KeptText, new_numbers
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_widgets.arranging import keep_widths
from laminoscope_widgets.candidate_table import monospaced
from laminoscope_widgets.controls import choice
from laminoscope_widgets.foreseen import Foreseen
from laminoscope_widgets.named import named, tool_button
from laminoscope_widgets.number_boxes import WholeBox
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.proportion import at_each_text_size
from laminoscope_widgets.steps import Step
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.text_panel import TextPlotPanel
from laminoscope_widgets.translation import shown_text, tr, tr_n

__all__ = ["WritingPanel"]


class WritingPanel(TextPlotPanel):
    """Step, run, stop and go back; a click on a token offers what could stand there instead."""

    plot = PLOTS["writing"]
    one_state = True
    controls_need = ("generation", "comparison", "kept_texts")

    task_wanted = Signal(str, object)
    let_go_wanted = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, follows_end=True)
        self._tokens: NextTokens | None = None
        self._nodes: dict[int, list[Node]] = {}
        self._current: dict[int, Node | None] = {}
        self._ends: dict[int, Node] = {}  # of texts, as they were when all was settled last
        self._asked: list[GenerationRequest] = []
        self._read_again: KeptText | None = None
        self._make_controls()
        named(
            self.text,
            tr("Prompt and continuation"),
            tr("Arrow keys go from token to token; Enter opens what can be done at one."),
        )
        self.text.viewport().unsetCursor()
        self.text.clicked.connect(self._clicked)
        self.tree = named(
            QTreeWidget(),
            tr("Branches"),
            tr(
                "The continuations of this prompt as a tree; the chosen one is shown. Below them"
                " stand texts that were written before; Delete lets go of one."
            ),
        )
        self.let_go_action = QAction(tr("Let go of this text"), self.tree)
        self.let_go_action.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        self.let_go_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.let_go_action.triggered.connect(self._let_go)
        self.let_go_action.setEnabled(False)
        self.tree.addAction(self.let_go_action)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.tree.currentItemChanged.connect(self._show_whether_kept)
        self.tree.setHeaderLabels([tr("Branches"), tr("Tokens"), tr("Mean p")])
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        monospaced(self.tree)
        at_each_text_size(header, lambda: header.setFont(QApplication.font()))  # no token
        keep_widths(header, {1: 54, 2: 64})
        self.tree.setIndentation(12)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.tree.itemClicked.connect(self._branch_clicked)
        self.tree.itemActivated.connect(self._branch_clicked)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.text)
        splitter.addWidget(self.tree)
        splitter.setStretchFactor(0, 5)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([600, 250])
        self.set_body(splitter)

    def _make_controls(self) -> None:
        choice(
            self,
            "colouring",
            {name: name for name in COLOURINGS},
            tr(
                "Colour of generated tokens. The stronger, the less probable the token was,"
                " the more uncertain the model, or the lower the rank."
            ),
            characters=18,
        )
        self.step_button = self._button(tr("Step"), tr("Let the seed choose one token."), self.step)
        self.run_button = self._button(tr("Run"), tr("Continue by up to so many tokens."), self.run)
        self.count = named(WholeBox(minimum=1, maximum=10_000, value=40), tr("Tokens to run"))
        self.count.setToolTip(tr("Tokens to run, at most; fewer at a stop token."))
        self.hold("n_tokens", self.count, tr("number of tokens"))
        self.controls.addWidget(self.count)
        self.takes = Foreseen(lambda: self.foresee("generation", self.n_tokens), self.count)
        self.controls.addWidget(self.takes)
        self.stop_button = self._button(tr("Stop"), tr("End after this token."), self.stop)
        self.back_button = self._button(
            tr("Back"), tr("Go back by one token; its branch stays."), self.back
        )
        self.stop_button.setEnabled(False)

    def _button(self, text: str, tip: str, slot: object) -> QToolButton:
        button = tool_button(text, tip)
        button.clicked.connect(slot)
        self.controls.addWidget(button)
        return button

    @property
    def n_tokens(self) -> int:
        """How many tokens Run adds."""
        return self.count.value()

    @property
    def node(self) -> Node | None:
        """Where the selected prompt's text ends now; None at the prompt itself."""
        return self._current.get(self._prompt())

    # ---- commands

    def step(self) -> None:
        """Add one token."""
        self._ask(1)

    def run(self) -> None:
        """Add up to `n_tokens` tokens."""
        self._ask(self.n_tokens)

    def stop(self) -> None:
        """End the run after the token that is being computed."""
        for request in self._asked:
            if request.prompt == self._prompt():
                request.stop.set()

    def back(self) -> None:
        """Go back to the token before; its branch stays in the tree."""
        node = self.node
        if node is not None and node.parent is not None:
            self.go_to(node.parent)

    def go_to(self, node: Node) -> None:
        """Make a node the end of the text, if the prompt that is shown has been read."""
        if self.is_unread:
            return
        self._current[self._prompt()] = node
        self._ask(0)
        self.schedule_update()

    def end_at(self, prompt: int, node: Node | None) -> None:
        """Take where a prompt's text ends, as in a session, without asking the model."""
        self._current[prompt] = node
        self._ends = self._written_ends()
        self.schedule_update()

    def branch(self, parent: Node, token: int) -> None:
        """Let another token follow a node, if the prompt that is shown has been read."""
        if self.is_unread:
            return
        self._current[self._prompt()] = parent
        self._ask(0, take=token)

    def _ask(self, n_tokens: int, take: int | None = None, prompt: int | None = None) -> None:
        result: Result | None = self.results.get("continuation")
        if result is None or (prompt is None and self.is_unread):
            return
        prompt = self._prompt() if prompt is None else prompt
        compared: comparison.Result | None = self.results.get("comparison")
        request = GenerationRequest(
            tokens=result.tokens,
            prompt=prompt,
            node=self._current.get(prompt),
            params=result.params,
            columns=() if compared is None else compared.params.columns,
            n_tokens=n_tokens,
            take=take,
        )
        self._read_again = None
        self._asked.append(request)
        self.stop_button.setEnabled(self.stop_button.isEnabled() or n_tokens > 1)
        self.task_wanted.emit("generation", request)

    # ---- undoing

    def undo_state(self) -> dict[str, Any]:
        """Return the choices of the panel, and where the texts end that were written."""
        return {**super().undo_state(), "ends": tuple(self._ends.values())}

    def take_undo_state(self, state: dict[str, Any]) -> None:
        """Take back what `undo_state` gave: of texts what is held still, nothing is written anew.

        What was written stays in the tree.
        """
        super().take_undo_state(state)
        wanted = {id(node) for node in state["ends"]}
        for prompt, nodes in self._nodes.items():
            node = next((node for node in nodes if id(node) in wanted), None)
            if node is not self._ends.get(prompt):
                self._current[prompt] = self._root(prompt) if node is None else node
                self._ask(0, prompt=prompt)
        self._ends = self._written_ends()
        self.schedule_update()

    def _written_ends(self) -> dict[int, Node]:
        """Return where texts end now, by the numbers of the prompts that have one."""
        return {number: node for number, node in self._current.items() if node and node.path}

    def _root(self, prompt: int) -> Node | None:
        """Return the place before the first token of a prompt's text."""
        node = self._current.get(prompt)
        return node.path[0].parent if node is not None and node.path else node

    def _tell_written(self) -> None:
        """Report that texts end elsewhere than when all was settled last."""
        before, self._ends = self._ends, self._written_ends()
        moved = [n for n in {**before, **self._ends} if before.get(n) is not self._ends.get(n)]
        for prompt in moved[:1]:
            self.changed.emit(Step(_moved(before.get(prompt), self._ends.get(prompt))))

    # ---- results

    def result_changed(self, analysis: str) -> None:
        """Take a new node, or new prompts, which have no continuation yet."""
        if analysis == "generation":
            made: Generated = self.results[analysis]
            self._nodes.setdefault(made.prompt, []).append(made.node)
            if self._is_at(made.prompt, made.node.parent):  # else another branch is looked at
                self._current[made.prompt] = made.node
            return
        if analysis != "continuation":
            return
        before, self._tokens = self._tokens, self.results[analysis].tokens
        if before is not self._tokens:
            self._follow_prompts(before, self._tokens)

    def _follow_prompts(self, before: NextTokens | None, now: NextTokens) -> None:
        """Let texts follow their prompts to other numbers; those of another model are gone."""
        anew = self.altered and all(place.node is None for place in now.places)
        numbers = {} if before is None or anew else new_numbers(before, now)
        self._nodes = {numbers[n]: nodes for n, nodes in self._nodes.items() if n in numbers}
        self._current = {numbers[n]: node for n, node in self._current.items() if n in numbers}
        self._ends = {numbers[n]: node for n, node in self._ends.items() if n in numbers}

    def forget(self, names: set[str]) -> None:
        """Forget texts together with their prompts."""
        super().forget(names)
        if "prompts" in names:
            self._tokens, self._nodes, self._current, self._ends = None, {}, {}, {}

    def take_texts(self, made: Iterable[Generated]) -> None:
        """Take the trees of the state that is shown now, each text as long as it was."""
        self._nodes, self._current = {}, {}
        for one in made:
            self._nodes.setdefault(one.prompt, []).append(one.node)
        for number, place in enumerate(() if self._tokens is None else self._tokens.places):
            self._current[number] = place.node
        self._ends = self._written_ends()
        self.schedule_update()

    def _is_at(self, prompt: int, node: Node | None) -> bool:
        """Return whether a prompt's text ends at a node now; at its root it is the prompt alone."""
        now = self._current.get(prompt)
        path = () if node is None else node.path
        return now is node or (not path and (now is None or not now.path))

    def settle(self) -> None:
        """Notice the end of all writing; candidates that a job has left undone are asked for, once.

        One that is cancelled leaves them, and one that is asked for while prompts are read anew,
        which may be later.
        """
        asked, self._asked = self._asked, []
        self.stop_button.setEnabled(False)
        self._tell_written()
        result: Result | None = self.results.get("continuation")
        if result is None:
            self._asked = asked
            return
        places = [each.place for each in result.places]
        behind = [
            prompt
            for prompt, node in self._current.items()
            if not self._is_at(prompt, places[prompt].node)
            and (node is None or node.ended != "context window")
        ]
        if any(
            one.n_tokens or one.take is not None or one.tokens is not result.tokens for one in asked
        ):
            for prompt in behind:
                self._ask(0, prompt=prompt)
        elif behind:
            self._asked = asked

    def is_stale(self, awaited: Mapping[str, int]) -> bool:
        """Return whether the prompts are read anew; a text that grows is no older for it."""
        return awaited.get("generation") is not None

    def update_view(self) -> None:
        """Show prompt and continuation, and the tree of branches."""
        result: Result = self.results["continuation"]
        node, kept = self.node, self._read_again
        self.shown = text_up_to(node, result, self.view) if kept is None else kept_text(kept)
        self.set_note(shown_text(self.shown.note))
        self.paint(self.shown)
        self.takes.say()
        self._fill_tree(result)
        self.back_button.setEnabled(node is not None and bool(node.path))
        full = node is not None and node.ended == "context window"
        for button in (self.step_button, self.run_button):
            button.setEnabled(not full)

    def show_unread(self) -> None:
        """Go on with no other prompt than the one that is edited."""
        super().show_unread()
        for button in (self.back_button, self.step_button, self.run_button):
            button.setEnabled(False)

    def figure(self) -> Spec | None:
        """Return the text as it is coloured now."""
        spec = super().figure()
        if spec is None:
            return None
        prompt, node = self._prompt(), self.node
        steps = () if node is None else node.path
        path = tuple(step.token for step in steps if step.token is not None)
        # what is not known beside the candidates yet, or was taken back, is named token by token
        known = path == self.results["continuation"].places[prompt].place.generated
        view = replace(self.view, prompt=prompt, written=None if known else path)
        return replace(spec, view=view)

    def _prompt(self) -> int:
        result: Result | None = self.results.get("continuation")
        return 0 if result is None else min(self.selection.prompt, len(result.places) - 1)

    # ---- the tree

    def _fill_tree(self, result: Result) -> None:
        self.tree.clear()
        items: list[QTreeWidgetItem] = []
        nodes = self._nodes.get(self._prompt(), [])
        for row in branch_rows(nodes, self.node, result.tokens.text_of):
            shown = safe_text(row.text, spaces=True, limit=48)
            cells = [shown, str(len(row.nodes)), probability(row.mean_probability)]
            item = QTreeWidgetItem(cells)
            item.setData(0, Qt.ItemDataRole.UserRole, row.nodes[-1])
            for column in (1, 2):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
            if row.current:
                item.setForeground(0, QColor(self.theme.accent))
            if row.parent < 0:
                self.tree.addTopLevelItem(item)
            else:
                items[row.parent].addChild(item)
            items.append(item)
        self._add_kept()
        self.tree.expandAll()

    def _add_kept(self) -> None:
        """Add the texts that were written before, under the name of their model."""
        groups: dict[str, QTreeWidgetItem] = {}
        for text in self.results.get("kept_texts", ()):
            if text.model not in groups:
                group = QTreeWidgetItem([tr("by {model}", model=safe_text(text.model, limit=40))])
                group.setToolTip(
                    0, tr("Texts that were written before; they stay until you let go.")
                )
                group.setForeground(0, QColor(self.theme.muted))
                self.tree.addTopLevelItem(group)
                groups[text.model] = group
            begins = "".join(text.prompt)[-16:]
            shown = safe_text(f"…{begins}{''.join(text.written)}", spaces=True, limit=48)
            cells = [shown, str(len(text.written)), probability(text.mean_probability)]
            item = QTreeWidgetItem(groups[text.model], cells)
            item.setData(0, Qt.ItemDataRole.UserRole, text)
            for column in (1, 2):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
            if text is self._read_again:
                item.setForeground(0, QColor(self.theme.accent))

    def _branch_clicked(self, item: QTreeWidgetItem) -> None:
        chosen = item.data(0, Qt.ItemDataRole.UserRole)
        if isinstance(chosen, Node):
            self.go_to(chosen)
        elif chosen is not None:
            self._read_again = chosen
            self.schedule_update()

    def _show_whether_kept(self, item: QTreeWidgetItem | None) -> None:
        chosen = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
        self.let_go_action.setEnabled(isinstance(chosen, KeptText))

    def _let_go(self) -> None:
        item = self.tree.currentItem()
        chosen = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
        if isinstance(chosen, KeptText):
            self._read_again = None
            self.let_go_wanted.emit(chosen)

    # ---- the text

    def _step_at(self, index: int) -> Node | None:
        result: Result | None = self.results.get("continuation")
        if result is None:  # it is being computed anew
            return None
        n_prompt = len(result.places[self._prompt()].place.rendered.token_ids)
        node = self.node if self._read_again is None else None
        return node.path[index - n_prompt] if node is not None and index >= n_prompt else None

    def _clicked(self, index: int, position: QPoint) -> None:
        step = self._step_at(index)
        if step is None:
            return
        self.read_out.hide()
        menu = self.menu_for(step)
        menu.popup(self.text.viewport().mapToGlobal(position))

    def menu_for(self, step: Node) -> QMenu:
        """Return what can be done at a generated token: go back to it, or branch."""
        parent, choice = step.parent, step.choice
        assert parent is not None
        assert choice is not None
        assert self._tokens is not None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Go back to here")).triggered.connect(lambda: self.go_to(step))
        menu.addSeparator()
        for token, p in choice.offered:
            name = token_label(self._tokens.text_of(token), limit=30).replace("&", "&&")
            action = menu.addAction(f"{name}\t{probability(p)}")
            action.setEnabled(token != step.token)
            action.triggered.connect(lambda _=False, t=token: self.branch(parent, t))
        return menu


def _moved(before: Node | None, after: Node | None) -> str:
    """Return what a step is called that ends a text elsewhere."""
    then, now = (() if node is None else node.path for node in (before, after))
    more = len(now) - len(then)
    if more > 0 and now[: len(then)] == then:
        return tr_n("Write {n} token", "Write {n} tokens", more)
    if more < 0 and then[: len(now)] == now:
        return tr_n("Go back by {n} token", "Go back by {n} tokens", -more)
    return tr("Go to another branch")
