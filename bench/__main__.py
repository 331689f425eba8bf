"""Measure everything, print the table, and put it into docs/performance.md."""

from __future__ import annotations

from pathlib import Path

from bench.content import TIMES, proof_of_the_content
from bench.core import plan_from_answers
from bench.history import FEW, MANY, history_page
from bench.machine import machine
from bench.pdf import pdf_of_a_full_plan
from bench.web import pages, submit_and_next

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def main() -> None:
    """Run the benchmark."""
    table = _table(
        plan_from_answers(),
        proof_of_the_content(),
        submit_and_next(),
        pages() | history_page(),
        pdf_of_a_full_plan(),
    )
    print(table)
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def _proof_rows(proof: dict[str, float]) -> list[tuple[str, float, str, None, str]]:
    return [
        (
            f"Proof of the content{'' if times == 1 else f', {times} times as many questions'}",
            proof[f"proof_{times}"],
            "ms",
            None,
            f"{proof[f'things_{times}']:.0f} things proved",
        )
        for times in TIMES
    ]


def _table(
    core: dict[str, float],
    proof: dict[str, float],
    turn: dict[str, float],
    shown: dict[str, float],
    pdf: dict[str, float],
) -> str:
    rows = [
        ("Plan from answers, the longest", core["plan"], "ms", 5.0, ""),
        ("Comparison of two assessments, across a version", core["comparison"], "ms", 5.0, ""),
        ("Content read and checked, at start", core["content"], "ms", None, ""),
        ("The command `content check`, from start to end", proof["command"], "ms", 2000.0, ""),
        *_proof_rows(proof),
        (
            "Page of six submitted and the next shown, processor time",
            turn["cpu"],
            "ms",
            5.0,
            f"bare Flask with one durable row: {turn['floor_cpu']:.1f} ms",
        ),
        (
            "The same, median, one client",
            turn["median"],
            "ms",
            7.0,
            f"bare Flask: {turn['floor_median']:.1f} ms",
        ),
        ("Check page, every question answered", shown["check"], "ms", 10.0, ""),
        (
            f"History page, {MANY} self-checks",
            shown["many"],
            "ms",
            1.1 * shown["few"],
            f"with {FEW}: {shown['few']:.1f} ms",
        ),
        ("Plan page, the longest plan", shown["plan_page"], "ms", 10.0, ""),
        (
            "PDF of the longest plan, warm",
            pdf["ours"],
            "ms",
            0.9 * pdf["chromium"],
            f"Chromium, the same HTML, a new page each time: {pdf['chromium']:.0f} ms",
        ),
        (
            "The same finished plan again",
            shown["kept_pdf"],
            "ms",
            10.0,
            f"first time, cold: {shown['first_pdf']:.0f} ms",
        ),
        ("Memory of a web worker (resident)", shown["worker_memory"], "MB", 70.0, ""),
        ("Memory of the PDF child (resident)", pdf["child_memory"], "MB", 130.0, ""),
    ]
    lines = [f"Measured on: {machine()}.", "", "| what | figure | at most | beside |", "|---|---:|---:|---|"]
    for what, figure, unit, limit, beside in rows:
        mark = "" if limit is None else f"{limit:.1f} {unit}{'' if figure <= limit else ' (missed)'}"
        lines.append(f"| {what} | {figure:.1f} {unit} | {mark} | {beside} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
