"""Names and notes in any script: drawn, read back as typed, valid, and loaded only when a text needs them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import page as page_validation
import pytest

from reports.documents.html.characters import SCRIPT_FOLDER, scripts_of
from reports.documents.html.printable import printable
from reports.documents.pdf.render import _report_fonts, pdf
from tests.support.pdf_checks import text_of
from tests.support.pdf_reading import bare

TEXTS = {
    "amharic": "አማርኛ ሰላም",
    "armenian": "Հայերեն",
    "bengali": "বাংলা ক্ষ কি",
    "bullets": "● one ▪ two → six ⇒ ← ↔ \u2032 ″ Ω Σ ₱ ✓ ☐",
    "burmese": "မြန်မာ ကြိယာ",
    "chinese": "中文 我們訂購了網絡研討會。",
    "emoji": "\U0001f44d \U0001f600",
    "georgian": "ქართული",
    "greek": "Ελένη Παπαδοπούλου",
    "gujarati": "ગુજરાતી",
    "hindi": "हिन्दी क्षत्रिय कि क",
    "japanese": "日本語 カタカナ",
    "khmer": "ភាសាខ្មែរ ក្រុម",
    "korean": "한국어 텍스트",
    "lao": "ລາວ",
    "malayalam": "മലയാളം",
    "punjabi": "ਪੰਜਾਬੀ",
    "sinhala": "සිංහල",
    "tamil": "தமிழ் கொ",
    "telugu": "తెలుగు",
    "thai": "ภาษาไทย น้ำ ที่นี่",
    "ukrainian": "Олена Надія",
}


def document(*texts: str) -> str:
    body = "".join(f"<p>{printable(text)}</p>" for text in texts)
    head = '<title>Scripts</title><meta name="author" content="Test">'
    return f'<html lang="en-US"><head>{head}</head><body><h1>Scripts</h1>{body}</body></html>'


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_script_is_valid_and_reads_back_as_typed(text: str, tmp_path: Path) -> None:
    made = tmp_path / "made.pdf"
    made.write_bytes(pdf(document(text, f"again {text}")))
    report = page_validation.validate_pdf(str(made), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []
    assert bare(text_of(made)[0]).count(bare(text)) == 2


def test_the_fonts_of_other_scripts_are_loaded_only_for_texts_that_need_them() -> None:
    assert scripts_of("plain text, “quotes,” Café, שלום, عالم") == frozenset()
    (script,) = scripts_of("Call Олена")
    assert list(SCRIPT_FOLDER.glob(f"{script}-400.?tf"))


def test_a_text_is_printed_the_same_whatever_was_printed_before() -> None:
    html = document(*TEXTS.values())
    for text in TEXTS.values():
        pdf(document(text))
    here = pdf(html)
    _report_fonts.cache_clear()
    assert pdf(html) == here
    code = """
import hashlib, json, sys
from reports.documents.pdf.render import pdf
print(hashlib.sha256(pdf(json.load(sys.stdin))).hexdigest())
"""
    command = [sys.executable, "-c", code]
    elsewhere = subprocess.run(command, input=json.dumps(html), check=True, capture_output=True, text=True)
    assert elsewhere.stdout.strip() == hashlib.sha256(here).hexdigest()
