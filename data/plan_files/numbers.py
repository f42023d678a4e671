"""Numbers as plan files write them, and how a new one is written in the style of its column: `62,50%` beside `50,00%`."""

import math
import re
from dataclasses import dataclass

from data.ingest.fault import Fault
from data.problems import N_

SIGNS = re.compile("[\\s\u00a0\u202f'€$£%]|^(EUR|USD|COP|ARS|MXN|CLP)|(EUR|USD|COP|ARS|MXN|CLP)$")
PLAIN = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?")
NO_NUMBER = (N_("{found!r} is not a number"), N_("write digits, or leave the cell empty"))


@dataclass(frozen=True)
class Marks:
    """The decimal and thousands marks that a map declares; None: each cell has to say by itself."""

    decimal: str | None = None
    thousands: str | None = None


def amount(text: str, marks: Marks = Marks()) -> float | Fault:
    """A number such as `1.234.567,50 €`; one that can be two numbers is a fault."""
    digits = SIGNS.sub("", text.strip())
    if re.fullmatch(r"[-+]?0*[1-9]\d{0,2}[.,]\d{3}", digits) and not (marks.decimal or marks.thousands):
        whole, fraction = re.sub("[.,]", "", digits), digits.replace(",", ".")
        values = {"found": text.strip(), "whole": whole, "fraction": fraction}
        return Fault(N_("{found} can be {whole} or {fraction}"), N_("declare `decimal:` in a map"), values)
    return _number(digits, _decimal(digits, marks), text)


def percent(text: str, marks: Marks = Marks()) -> float | Fault:
    """A percentage or a coordinate, whose only mark is that of its decimals: `50,5%`, `50.00 %`, `50`."""
    digits = SIGNS.sub("", text.strip())
    return _number(digits, marks.decimal or ("," if "," in digits and "." not in digits else "."), text)


def _decimal(digits: str, marks: Marks) -> str:
    if marks.decimal or marks.thousands:
        return marks.decimal or ("," if marks.thousands == "." else ".")
    last = max(".,", key=digits.rfind)
    return last if digits.count(last) == 1 else ("," if last == "." else ".")


def _number(digits: str, decimal: str, text: str) -> float | Fault:
    other = "," if decimal == "." else "."
    plain = digits.replace(other, "").replace(decimal, ".")
    number = float(plain) if PLAIN.fullmatch(plain) else math.nan
    return number if math.isfinite(number) else Fault(*NO_NUMBER, {"found": text.strip()[:60]})


def written(number: float, sample: str) -> str:
    """A number in the style of a sample: its decimal mark, at least as many decimals, its thousands mark, its sign."""
    found = re.search(r"\d[\d.,]*", sample)
    digits = found[0] if found else "0"
    last = max(".,", key=digits.rfind)
    decimal = last if digits.count(last) == 1 and not re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits) else ""
    places = len(digits) - digits.rfind(decimal) - 1 if decimal else 0
    mark = decimal or ("," if "." in digits else ".")
    grouped = next((sign for sign in ".," if sign != decimal and sign in digits), "")
    text = _plain(number, places)
    whole, _, fraction = text.partition(".")
    whole = f"{int(whole):,}".replace(",", grouped) if grouped else whole
    text = f"{whole}{mark}{fraction}" if fraction else whole
    return text + (re.search(r"\s*%\s*$", sample) or [""])[0]


def _plain(number: float, places: int) -> str:
    """With at least so many decimals, and as many as the number needs."""
    needed = next((count for count in range(places, 12) if abs(round(number, count) - number) <= 1e-9 * max(1.0, abs(number))), 12)
    return f"{round(number, needed):.{needed}f}"
