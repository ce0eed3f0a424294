import csv
from io import StringIO

from lib.export.table import csv_text


def test_numbers_keep_all_their_digits() -> None:
    text = csv_text(["x", "f"], [[0.1, 2 / 3], [-1e300, float("nan")]])
    rows = list(csv.reader(StringIO(text)))
    assert rows[0] == ["x", "f"]
    assert [float(cell) for cell in rows[1]] == [0.1, 2 / 3]
    assert rows[2] == ["-1e+300", "nan"]


def test_text_that_a_spreadsheet_would_run_is_quoted() -> None:
    rows = list(csv.reader(StringIO(csv_text(["=cmd|' /C calc'!A0"], [['x","injected'], ["@SUM(1)"], ["-2+3"]]))))
    assert rows == [["'=cmd|' /C calc'!A0"], ['x","injected'], ["'@SUM(1)"], ["'-2+3"]]
