"""Measure everything, print the tables, and write them into docs/performance.md."""

from __future__ import annotations

import datetime
from pathlib import Path

from bench.busy import saves_while_pdfs_are_made
from bench.command import plan_command
from bench.content import proof_of_the_content
from bench.core import plan_from_answers
from bench.databases import databases
from bench.first_click import first_clicks
from bench.history import history_page
from bench.load import load
from bench.long_pdf import long_pdfs
from bench.machine import machine
from bench.pdf import pdf_of_a_full_plan
from bench.rows import table
from bench.start_page import start_page
from bench.stored import pages_of_a_full_database
from bench.web import pages, submit_and_next

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def main() -> None:
    """Run the benchmark."""
    today = datetime.datetime.now(datetime.UTC)
    rows = [
        *plan_from_answers(),
        *proof_of_the_content(),
        *plan_command(),
        *submit_and_next(),
        *pages(),
        *history_page(),
        *start_page(),
        *pdf_of_a_full_plan(),
        *long_pdfs(),
        *first_clicks(),
        *saves_while_pdfs_are_made(),
    ]
    with databases() as new_database:
        rows += pages_of_a_full_database(new_database)
        loads = load(new_database)
    measured = f"Measured on {today:%B} {today.day}, {today.year}: {machine()}.\n\n{table(rows)}\n\n{loads}"
    print(measured)
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
