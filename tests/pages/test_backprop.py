"""The Backprop page: the graph, its steps, and what PyTorch says to mistakes."""

import json
from pathlib import Path

import pytest

from tests.pages.app import figure, html, open_app, rows, table_rows, words

QUESTIONS = {q["id"]: q for q in json.loads((Path(__file__).parent.parent / "cases/questions.json").read_text("utf-8"))}


def dot(app):
    return app.get("graphviz_chart")[0].proto.spec


def chain(app):
    return app.get("latex")[-1].value


def test_the_page_opens_with_the_published_question():
    app = open_app("backprop")
    assert app.text_input(key="f").value == "x**2 + x**3 + x**4"
    assert rows(app) == [[2, 48]]
    assert "4x³ = 32" in dot(app)
    assert dot(app).count("PowBackward0") == 3
    assert r"4 + 12 + 32 = 48" in chain(app)


@pytest.mark.parametrize(
    ("question", "values", "note"),
    [
        ("powers-backward", {"call": "mean"}, "calls y.item() at x = [1, 2, 3]. PyTorch refuses"),
        ("powers-sum-n", {"call": "sum", "k_n": "4"}, "leaves n open"),
        ("second-derivative", {}, "38.3534 and 44.2354"),
        ("hessian", {"leaf_x": "2", "leaf_y": "3"}, "calls grad twice and raises"),
    ],
)
def test_every_question_on_backprop_is_answered_with_a_note_on_what_was_published(question, values, note):
    asked = QUESTIONS[question]
    for typed in asked["typed"]:
        app = open_app("backprop", f=typed, **values)
        assert note in " ".join(words(app).split())
    if question.startswith("powers"):
        app.text_input(key="points").set_value("1, 2, 3").run()
    gradients = [value for row in rows(app) for value in row[1:]]
    wanted = asked.get("gradient_of_" + values.get("call", ""), asked.get("gradient", asked.get("first")))
    assert gradients == pytest.approx(wanted, rel=1e-14)
    if question == "second-derivative":
        assert "61.3343 and 50.3343" in words(app)


def test_a_step_is_told_in_words_and_numbers():
    app = open_app("backprop", stage="3")
    assert app.slider(key="stage").value == 3
    assert chain(app) == "$$\nv_{3} = v_{1} + v_{2} = 4 + 8 = 12\n$$"
    app.button(key="stage_on").click().run()
    assert app.slider(key="stage").value == 4
    assert "keeps x for the way back" in " ".join(words(app).split())
    app.button(key="stage_back").click().run()
    assert app.slider(key="stage").value == 3
    app.slider(key="stage").set_value(0).run()
    assert "every gradient is None" in words(app)
    assert app.button(key="stage_back").disabled


def test_the_leaves_beside_the_graph_follow_the_step():
    app = open_app("backprop", f="x^2*sin(x)", stage="4")
    assert table_rows(app, 0) == [[2]] and "None" in html(app)
    assert "whichever step is shown" in words(app)
    app.slider(key="stage").set_value(app.slider(key="stage").max).run()
    assert rows(app) == [[2, pytest.approx(1.97260, abs=1e-5)]]


def test_a_convention_at_a_kink_is_named():
    app = open_app("backprop", f="abs(x)")
    assert "kink" not in words(app)
    app.text_input(key="points").set_value("0").run()
    assert "y has a kink there, so no derivative: what is shown is PyTorch's convention." in words(app)


def test_the_number_that_is_differentiated_is_named_where_g_is_given():
    app = open_app("backprop", call="given", g="1,0,2")
    app.text_input(key="points").set_value("1, 2, 3").run()
    assert "Here L = Σ gᵢ·yᵢ, and products are element by element." in words(app)


def test_a_step_beyond_the_last_is_the_last():
    app = open_app("backprop", f="x^2", stage="99")
    assert not app.exception
    assert app.slider(key="stage").value == app.slider(key="stage").max == 3
    app = open_app("backprop", stage="9")
    app.text_input(key="f").set_value("x^2").run()
    assert app.slider(key="stage").value == 3


def test_several_points_refuse_backward_until_they_are_reduced():
    app = open_app("backprop")
    app.text_input(key="points").set_value("1, 2, 3").run()
    assert "grad can be implicitly created only for scalar outputs" in words(app)
    assert "None" in words(app)
    app.selectbox(key="call").set_value("mean").run()
    assert rows(app) == [[1, pytest.approx(3)], [2, 16], [3, 47]]
    app.selectbox(key="call").set_value("sum").run()
    assert [row[1] for row in rows(app)] == QUESTIONS["powers-backward"]["gradient_of_sum"]
    app.selectbox(key="call").set_value("given").run()
    app.text_input(key="g").set_value("1, 0, 2").run()
    assert [row[1] for row in rows(app)] == [9, 0, 282]
    app.text_input(key="g").set_value("1, 0").run()
    assert "Mismatch in shape: grad_output[0] has a shape of torch.Size([2])" in words(app)
    assert "one weight for each number of y." in words(app)
    assert "PowBackward0" in dot(app)
    assert "None" in words(app)


def test_every_letter_is_a_leaf_or_a_parameter():
    app = open_app("backprop", f="a x y^2", leaf_x="2", leaf_y="3", p_a="0.5")
    assert rows(app) == [[2, 4.5], [3, 6]]
    assert "requires_grad=False" in dot(app)
    app.text_input(key="leaf_x").set_value("1, 2, 3").run()
    app.selectbox(key="call").set_value("sum").run()
    assert "[4.5, 4.5, 4.5]" in words(app)
    app.text_input(key="leaf_y").set_value("1, 2").run()
    assert "y has 2 numbers, another letter has 3" in words(app)


def test_a_branch_that_is_not_chosen_is_said_to_spoil_the_gradient():
    app = open_app("backprop", f="where(x>0, sqrt(x), 0)")
    assert "NaN" not in words(app)
    app.text_input(key="points").set_value("-1").run()
    assert "spoils the gradient" in words(app)


def test_chinese_sentences_follow_each_other_without_a_space():
    app = open_app("backprop", f="where(x>0, sqrt(x), 0)", lang="zh")
    app.text_input(key="points").set_value("-1").run()
    assert "。NaN：" in html(app) and "。 " not in html(app)


def test_which_letters_ask_for_gradients_is_chosen():
    app = open_app("backprop", f="a x y^2", leaf_x="2", leaf_y="3", p_a="0.5", leaves="x,a")
    assert rows(app) == [[2, 4.5], [0.5, 18]]
    for detail in ("mistakes", "orders", "forward", "code"):
        again = open_app("backprop", f="a x y^2", leaf_x="2", leaf_y="3", p_a="0.5", leaves="a", below=detail)
        assert rows(again) == [[0.5, 18]]


def test_no_letter_needs_to_ask_for_a_gradient():
    app = open_app("backprop", f="x y", leaf_x="2", leaf_y="3")
    app.pills(key="leaves").set_value([]).run()
    for detail in ("table", "mistakes", "orders", "forward", "code"):
        app.segmented_control(key="below").set_value(detail).run()
        assert not app.exception
        assert "element 0 of tensors does not require grad" in words(app)
    assert "# z.backward() raises: element 0" in app.code[0].value


@pytest.mark.parametrize("mistake", ["vector", "item", "twice", "graph", "leaf", "overwritten", "integers"])
def test_a_mistake_is_made_for_real(mistake):
    app = open_app("backprop", below="mistakes", mistake=mistake)
    said = {
        "vector": "grad can be implicitly created only for scalar outputs",
        "item": "a Tensor with 2 elements cannot be converted to Scalar",
        "twice": "Trying to backward through the graph a second time",
        "graph": "element 0 of tensors does not require grad",
        "leaf": "a leaf Variable that requires grad is being used in an in-place operation",
        "overwritten": "has been modified by an inplace operation",
        "integers": "Only Tensors of floating point and complex dtype can require gradients",
    }
    assert said[mistake] in words(app)


def test_the_graph_of_the_gradient_and_its_growth():
    app = open_app("backprop", f="sin(x) exp(x)", below="orders", graph="2")
    counts = [int(text) for text in figure(app)["data"][0]["text"]]
    assert counts[:3] == [4, 9, 21]
    assert app.get("graphviz_chart")[1].proto.spec.count("label=") == 21


def test_forward_mode_stands_beside_reverse_mode():
    app = open_app("backprop", f="x y^2", leaf_x="2", leaf_y="3", below="forward")
    assert table_rows(app, 1)[-1] == [18, 9, 12]
    assert rows(app) == [[2, 9], [3, 12]]
    assert "reverse mode is cheaper" in words(app)


def test_the_code_prints_the_tape():
    source = open_app("backprop", below="code").code[0].value
    assert "v_3 = v_1 + v_2" in source
    assert "y.backward()" in source


@pytest.mark.parametrize("key", ["leaf_x", "g"])
def test_hostile_text_in_a_small_box_is_shown_inert_and_the_last_result_stays(key):
    app = open_app("backprop", f="x y", leaf_x="2", leaf_y="3", call="given")
    app.text_input(key=key).set_value("<img src=x onerror=alert(1)>").run()
    assert not app.exception
    assert "<img" not in html(app)
    assert rows(app) == [[2, 3], [3, 2]]


def test_a_large_graph_gives_way_to_the_table():
    app = open_app("backprop", f="sum(sin(k x), k, 1, 40)")
    assert not app.get("graphviz_chart")
    assert "too many to draw" in words(app)
    assert "SinBackward0" in html(app)


@pytest.mark.parametrize(
    "text", ["5", "x", "log(-1)", "[cos(t), sin(t)]", "x^2 + rand()", "floor(x)", "where(x>0,x,0)"]
)
@pytest.mark.parametrize("detail", ["table", "mistakes", "orders", "forward", "code"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_detail_of_every_kind_of_function_opens(text, detail, lang):
    app = open_app("backprop", f=text, below=detail, lang=lang)
    assert not app.exception
    assert html(app)


def test_a_mistake_is_made_with_the_visitors_points():
    app = open_app("backprop", below="mistakes", mistake="twice")
    app.text_input(key="points").set_value("1, 2").run()
    assert "torch.tensor([1.0, 2.0]" in app.code[0].value and "added" not in words(app)
    app.selectbox(key="mistake").set_value("shape").run()
    assert "torch.tensor([1.0, 2.0, 3.0]" in app.code[0].value and "1 added" in words(app)


def test_only_orders_that_have_a_graph_can_be_chosen():
    app = open_app("backprop", f="abs(x)", below="orders", graph="4")
    assert [int(text) for text in figure(app)["data"][0]["text"]] == [2, 3, 0]
    assert app.segmented_control(key="graph").options == ["f", "f ′"]
    assert app.segmented_control(key="graph").value == "1"
    assert "all further derivatives are 0" in words(app)


def test_the_second_order_says_by_which_letter_it_is():
    app = open_app("backprop", f="x^3 y", leaf_x="2", leaf_y="3", below="orders")
    assert "f′, f″, … are those by x, with y = 3." in words(app)
    assert "are those by" not in words(open_app("backprop", below="orders"))
