"""How a place in a script is quoted."""

from __future__ import annotations

from infralint.text import regex as re


def quoting(script: str, at: int, escape: str = "\\") -> str:
    """How a place in a shell script is quoted: "code", "quoted" (double quotes, here-documents), "single" or "literal"."""
    stack = ["code"]
    pending: list[tuple[str, bool, bool]] = []
    place, size = 0, len(script)
    while place < size:
        if place >= at:
            break
        char, state = script[place], stack[-1]
        if state == "'":
            end = script.find("'", place)
            if end < 0 or end >= at:
                return "single"
            stack.pop()
            place = end + 1
            continue
        if char == escape:
            place += 2
            continue
        if state == '"':
            if char == '"':
                stack.pop()
            elif script.startswith("$(", place):
                stack.append("(")
                place += 1
        elif char == "'":
            stack.append("'")
        elif char == '"':
            stack.append('"')
        elif char == "#" and (place == 0 or script[place - 1] in " \t\n;("):
            end = script.find("\n", place)
            if end < 0 or end >= at:
                return "literal"
            place = end
            continue
        elif char == "(":
            stack.append("(")
        elif char == ")" and len(stack) > 1:
            stack.pop()
        elif (
            escape == "\\"
            and script.startswith("<<", place)
            and not script.startswith("<<<", place)
            and "(" not in stack[-1:]
        ):
            match = re.compile(r"<<(-?)[ \t]*(?:'([^'\n]*)'|\"([^\"\n]*)\"|\\?([\w.-]+))").match(script, place)
            if match:
                word = match[2] or match[3] or match[4] or ""
                pending.append((word, match[4] is None or "\\" in match[0], bool(match[1])))
                place = match.end()
                continue
        elif char == "\n" and pending:
            place += 1
            for word, is_literal, has_tabs in pending:
                while place < size:
                    end = script.find("\n", place)
                    end = size if end < 0 else end
                    line = script[place:end]
                    if (line.lstrip("\t") if has_tabs else line) == word:
                        place = end + 1
                        break
                    if place <= at <= end:
                        return "literal" if is_literal else "quoted"
                    place = end + 1
            pending = []
            continue
        place += 1
    state = stack[-1]
    return "quoted" if state == '"' else "single" if state == "'" else "code"


def starts_command(script: str, at: int) -> bool:
    """Whether what stands there is (the beginning of) a command's name."""
    line = script[script.rfind("\n", 0, at) + 1 : at]
    return re.search(r"(?:^|[;|&(`{!]|\b(?:then|do|else|if|while|until|exec|eval|sudo|time))\s*$", line) is not None
