"""Writes a template of ours as plain Python: Jinja parses it, and what it says becomes functions that join strings.

Jinja's own code asks on every page what a name stands for, wraps what macros return and passes all through a context. Our templates need none of that:
a macro is a function, a call of it a call, a block a function of the page.
Only what our templates use is written, and only where it means the same: for anything else `Unsupported` is raised, and Jinja makes the page.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from jinja2 import nodes
from markupsafe import escape

from builder.render.expression_compiler import GIVEN_TO_BLOCKS, SEEN, Expressions, Unsupported, refuse, text_of

__all__ = ["Unsupported", "written"]


def written(tree: nodes.Template) -> str:
    """Return the Python code of a template. Raises `Unsupported` if it needs Jinja.

    The code has a function `m_…` for each macro, `body`, `blocks` by name, and the name of the `parent`; `compiled_templates.CompiledTemplates` lists the names that it sees.
    """
    return _Writer().template(tree)


class _Writer:
    def __init__(self) -> None:
        self._expressions = Expressions()
        self._write = self._expressions.visit
        self._scopes = self._expressions.scopes
        self._lines: list[str] = []
        self._depth = 0
        self._pieces: list[tuple[str, bool]] = []
        """What is shown next: texts, and code."""
        self._short: list[bool] = []
        """Whether each function that is being written makes a short text: one without loops."""
        self._frames: list[int] = []
        """Where in the scopes each function and loop begins that is being written."""
        self._count = 0

    # --- lines ---

    def _line(self, text: str) -> None:
        self._lines.append("    " * self._depth + text)

    def _name(self, name: str) -> str:
        self._count += 1
        return f"{name}_{self._count}"

    def _text(self, text: str) -> None:
        if self._pieces and not self._pieces[-1][1]:
            text = self._pieces.pop()[0] + text
        self._pieces.append((text, False))

    def _piece(self, code: str) -> None:
        self._pieces.append((code, True))

    def _taken(self) -> str:
        """Return code that joins the pieces so far."""
        pieces, self._pieces = self._pieces, []
        if not any(is_code for _, is_code in pieces):
            return repr("".join(text for text, _ in pieces))
        return 'f"""' + "".join("{" + text + "}" if is_code else _in_f_string(text) for text, is_code in pieces) + '"""'

    def _flush(self) -> None:
        if self._pieces:
            self._line(f"joined += {self._taken()}" if self._short[-1] else f"show({self._taken()})")

    @contextmanager
    def _within(self, head: str) -> Iterator[None]:
        self._flush()
        self._line(head)
        self._depth += 1
        before = len(self._lines)
        self._scopes.append({})
        yield
        self._scopes.pop()
        self._flush()
        if len(self._lines) == before:
            self._line("pass")
        self._depth -= 1

    def _function(self, head: str, body: Sequence[nodes.Node], names: dict[str, str]) -> None:
        with self._within(head):
            # A short text grows faster as it is than as a list that is joined.
            short = not any(isinstance(node, nodes.For) or node.find(nodes.For) is not None for node in body)
            self._short.append(short)
            self._frames.append(len(self._scopes) - 1)
            self._scopes[-1].update(names)
            self._line('joined = ""' if short else "joined = []; show = joined.append")
            began = len(self._lines)
            self._body(body)
            if len(self._lines) == began:
                self._lines.pop()
                self._line(f"return {self._taken()}")
            else:
                self._flush()
                self._line("return joined" if short else 'return "".join(joined)')
            self._frames.pop()
            self._short.pop()

    # --- the template ---

    def template(self, tree: nodes.Template) -> str:
        parent, macros, body = "", [], []
        for node in tree.body:
            if isinstance(node, nodes.Extends) and isinstance(node.template, nodes.Const) and not parent:
                parent = node.template.value
            elif isinstance(node, nodes.FromImport) and isinstance(node.template, nodes.Const) and not node.with_context:
                for imported in node.names:
                    name, alias = (imported, imported) if isinstance(imported, str) else imported
                    self._add_macro(alias)
                    self._line(f"m_{alias} = imported({node.template.value!r}, {name!r})")
            elif isinstance(node, nodes.Macro):
                self._add_macro(node.name)
                macros.append(node)
            else:
                body.append(node)
        for macro in macros:
            self._macro(macro)
        seen = {name: f"l_{name}" for name in SEEN}
        blocks = list(tree.find_all(nodes.Block))
        for block in blocks:
            if block.scoped or block.required or sum(block_there.name == block.name for block_there in blocks) > 1:
                refuse(block)
            above = {"super": f"above(blocks[{block.name!r}], block_{block.name})"}
            self._function(f"def block_{block.name}({GIVEN_TO_BLOCKS}):", block.body, {**seen, **above})
        if parent:
            # Jinja shows nothing of the rest either.
            for node in body:
                if not isinstance(node, nodes.Block) and text_of([node]) is None:
                    refuse(node)
            body = []
        self._function(f"def body({GIVEN_TO_BLOCKS}):", body, seen)
        self._line(f"parent = {parent!r}")
        self._line(f"blocks = {{{', '.join(f'{block.name!r}: block_{block.name}' for block in blocks)}}}")
        return "\n".join((*(f"{name} = {code}" for code, name in self._expressions.constants.items()), *self._lines, ""))

    def _add_macro(self, name: str) -> None:
        if name in self._expressions.macros:
            raise Unsupported(name)
        self._expressions.macros.add(name)

    def _macro(self, node: nodes.Macro) -> None:
        asked = {name.name for name in node.find_all(nodes.Name)}
        if {"varargs", "kwargs"} & asked or any(argument.name == "caller" for argument in node.args):
            refuse(node)
        names = {argument.name: f"l_{argument.name}" for argument in node.args}
        given = list(names.values())
        for n, default in enumerate(node.defaults, len(given) - len(node.defaults)):
            if default.find(nodes.Name) is not None or isinstance(default, nodes.Name):
                refuse(default)
            given[n] += f"={self._write(default)}"
        if "caller" in asked:
            names["caller"] = "l_caller"
            given.append("l_caller=None")
        self._function(f"def m_{node.name}({', '.join(given)}):", node.body, names)

    # --- statements ---

    def _body(self, body: Sequence[nodes.Node]) -> None:
        for node in body:
            self._statement(node)

    def _statement(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Output):
            for expression in node.nodes:
                self._output(expression)
        elif isinstance(node, nodes.If):
            self._if(node)
        elif isinstance(node, nodes.For):
            self._for(node)
        elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            value = self._write(node.node)
            self._flush()
            self._line(f"{self._set(node.target)} = {value}")
        elif isinstance(node, nodes.AssignBlock) and isinstance(node.target, nodes.Name) and node.filter is None:
            made = self._name("f")
            self._function(f"def {made}():", node.body, {})
            self._line(f"{self._set(node.target)} = Markup({made}())")
        elif isinstance(node, nodes.CallBlock) and not node.args and not node.defaults:
            made = self._name("f")
            self._function(f"def {made}():", node.body, {})
            self._piece(self._expressions.drawn(node.call, f"l_caller={made}"))
        elif isinstance(node, nodes.Block):
            self._piece(f"blocks[{node.name!r}][0]({GIVEN_TO_BLOCKS})")
        else:
            refuse(node)

    def _output(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.TemplateData):
            self._text(node.data)
        elif isinstance(node, nodes.Const):
            self._text(str(escape(node.value)))
        elif isinstance(node, nodes.Call) and self._expressions.is_drawn(node):
            self._piece(self._expressions.drawn(node))
        else:
            self._piece(f"(escaped(v) if type(v := {self._write(node)}) is str else shown(v))")

    def _set(self, target: nodes.Name) -> str:
        """Return the name of a variable that is set here. One that is set in a branch is known in that branch alone."""
        scope = self._scopes[-1]
        if target.name not in scope:
            if any(target.name in outer for outer in self._scopes[self._frames[-1] :]):
                refuse(target)
            scope[target.name] = self._name(f"l_{target.name}")
        return scope[target.name]

    def _if(self, node: nodes.If) -> None:
        branches = [(self._write(branch.test), branch.body) for branch in (node, *node.elif_)]
        texts = [text_of(body) for _, body in branches]
        otherwise = text_of(node.else_)
        known = [text for text in texts if text is not None]
        if len(known) == len(texts) and otherwise is not None:
            chosen = "".join(f"{self._expressions.constant(text)} if {test} else " for (test, _), text in zip(branches, known, strict=True))
            self._piece(f"({chosen}{self._expressions.constant(otherwise)})")
            return
        for n, (test, body) in enumerate(branches):
            with self._within(f"{'elif' if n else 'if'} {test}:"):
                self._body(body)
        if node.else_:
            with self._within("else:"):
                self._body(node.else_)

    def _for(self, node: nodes.For) -> None:
        asks = any(name.name == "loop" for part in (*node.body, *node.else_) for name in part.find_all(nodes.Name))
        targets = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        own = {target.name: self._name(f"l_{target.name}") for target in targets if isinstance(target, nodes.Name)}
        apart = node.recursive or node.find(nodes.CallBlock) is not None or node.find(nodes.Block) is not None
        if apart or len(own) < len(targets) or (node.test is not None and (asks or node.else_)):
            refuse(node)
        items, target = self._write(node.iter), ", ".join(own.values())
        head = f"for {target} in {items}:"
        self._flush()
        empty = self._name("empty") if node.else_ else ""
        if empty:
            self._line(f"{empty} = True")
        if asks:
            n, end, every = map(self._name, ("n", "end", "every"))
            self._line(f"{every} = all_of({items}); {end} = len({every}) - 1")
            head = f"for {n}, ({target}) in enumerate({every}):"
            own["loop"] = f"{n} {end}"
        with self._within(head):
            self._frames.append(len(self._scopes) - 1)
            self._scopes[-1].update({"loop": "", **own})
            if empty:
                self._line(f"{empty} = False")
            if node.test is not None:
                self._line(f"if not {self._write(node.test)}: continue")
            self._body(node.body)
            self._frames.pop()
        if empty:
            with self._within(f"if {empty}:"):
                self._body(node.else_)


def _in_f_string(text: str) -> str:
    for sign, instead in (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ('"', '\\"'), ("{", "{{"), ("}", "}}")):
        text = text.replace(sign, instead)
    return text
