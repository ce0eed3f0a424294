import pytest

from lib.expression.functions import FUNCTIONS
from lib.ui.guide import SAMPLES
from tests.pages.app import open_app, rows


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_help_page_lists_every_function_and_every_way_to_write(lang):
    app = open_app("help", lang=lang)
    *samples, functions = (table.value for table in app.table)
    assert [len(table) for table in samples] == [len(texts) for texts in SAMPLES.values()]
    assert len(functions) == len(FUNCTIONS)
    shown = functions.to_string()
    assert all(name in shown for name in FUNCTIONS)


def test_functions_are_found_by_name_spelling_and_meaning():
    app = open_app("help")
    for wanted, found in [("arctg", "atan(x)"), ("cube root", "cbrt(x)"), ("erfc", "erfc(x)")]:
        app.text_input(key="find").set_value(wanted).run()
        assert any(found in cell for cell in app.table[-1].value.iloc[:, 0])
        assert len(app.table[-1].value) < 4
    app = open_app("help", lang="zh")
    app.text_input(key="find").set_value("双曲余弦").run()
    assert any("cosh" in cell for cell in app.table[-1].value.iloc[:, 0])


def test_noise_is_redrawn_when_the_seed_changes_and_only_then():
    app = open_app(f="x^2 + rand()")
    before = rows(app)
    app.text_input(key="window").set_value("-1:4").run()
    assert rows(app) == before
    app.slider(key="seed").set_value(7).run()
    assert rows(app)[0][1] != before[0][1]
    assert rows(app)[0][2:] == before[0][2:]
