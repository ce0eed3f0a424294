"""What stands around a formula, or in it, and changes no value: it becomes spaces, so that places stay as they are.

Comments, fences of Markdown, prompts, strings where something is shown, `x ∈ R`; and the words of a question, which are
announced: `求函数 y = x^2 的导数`, `derivative of x^2`.
"""

import re
from string import ascii_uppercase

from lib.expression.errors import ExpressionError
from lib.expression.limits import MAX_CHARACTERS
from lib.message import Message

_COMMENT = re.compile(r"#[^\n]*")
_SPEAKS = re.compile(r"\A\s*def\b|\b(?:print|display|symbols|Symbol|plt\.\w+)\s*\(")
_STRING = re.compile(r"\"\"\"[^\"]*\"\"\"|\"[^\"\n]*\"|'[^'\n]*'")
_EVERYWHERE = re.compile(
    r"[,，;；(（]?(?:\s|~|\\q?quad|\\[,; ])*[a-z]\s*(?:∈|\\in\b)\s*(?:R|ℝ|\\math(?:bb|bf|rm)\s*\{?R\}?)"
    r"\s*[)）]?(?=[\s$。.]*\Z)"
)
# A box of one line has a space where the fence's line ended.
_OPENING_FENCE = re.compile(
    r"\s*(?P<fence>```|~~~)(?:\w*\n|(?:python3?|py|ipython|pycon|(?:la)?tex|math|matlab|text|javascript|js|cpp)\s)?"
)
# As MediaWiki writes formulas: braces around the whole, around the words of cases and around all cases.
_DISPLAYED = re.compile(r"\s*\{\s*\\(?:display|text)style\b")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BRACED_WORDS = re.compile(
    r"(?<![_^])\{\s*(\\(?:text|textrm|mbox|mathrm)\s*\{\s*(?:if|for|when|and|or|else|otherwise)\b[^{}]*\})\s*\}"
)
_BRACED_ENVIRONMENT = re.compile(r"(?<![_^\]}A-Za-z])\{\s*(\\begin\s*\{(\w+)\}.*?\\end\s*\{\2\})\s*\}", re.DOTALL)
_PROMPT = re.compile(r"\s*(?:In|Out)\s?\[\d*\]:")  # of IPython

# What questions are about, and what asks for it. No words of operations: `x 的平方` is no x.
_NOUNS = (
    r"(?:导数|导函数|偏导数?|[一二三]阶|[一二三]次|指数|对数|幂|正弦|余弦|分段|复合|反函数|函数|图[像象]|曲线|抛物线|方程|直线"
    r"|梯度|(?:黑塞|海[森塞]|雅可比|Hessian|Jacobian)\s?(?:矩阵)?|切线|法线|最[大小]?值|极[大小]?值点?|单调性|单调区间|零点"
    r"|值域|定义域|奇偶性|周期性?|拐点|泰勒展开式?|微分|根|解)"
)
_ASKING = re.compile(
    r"\s*(?:(?:请|试|如何|怎[么样]|用[^\W\d_]{2}法|已知|设|令|求|画出?|作出?|绘制|计算|给定|考虑|对|由|一个|如下|下列|为|是|的|导"
    rf"|{_NOUNS})[\s：:，,]*)+"
    r"(?<!正弦)(?<!余弦)(?<!对数)(?<!指数)(?<!幂)"  # 正弦(x) is no x
)
_ASKED = re.compile(
    rf"(?:[试并请则]?求|则)(?:[A-Za-z0-9\u4e00-\u9fff\s()（）'′’,，.。?？_]|[=＝]\s*[-−]?[\d.π]*|[d∂][a-z]?/[d∂][a-z])*\Z"
    rf"|(?:在点?[^\u4e00-\u9fff]*(?:处|上|内|时)(?:(?:的|{_NOUNS})\s*)*|(?:(?:的|{_NOUNS})\s*)+)"
    r"(?:是什么|是多少|怎么[求画])?[。.?？]?\s*\Z"
)
_OF = (
    r"(?:(?:partial|first|second|third|local|global|critical|stationary|turning|inflection) )*(?:derivatives?|gradient"
    r"|hessian|jacobian|inverse(?: function)?|graph|plot|minim(?:um|a)|maxim(?:um|a)|extrem(?:um|a)|points?|slope"
    r"|tangent(?: line)?|roots?|zeros?|(?:taylor|maclaurin) (?:series|polynomial|expansion)) (?:of|to)"
)
_WORDS = (
    rf"(?:please|can you|could you|how (?:to|do i|can i)|find|compute|calculate|differentiate|minimi[sz]e|maximi[sz]e"
    rf"|sketch|draw|plot|graph|consider|given|suppose|what(?:'s| is)|the|{_OF}|a? ?function|curve|formula"
    r"|if(?=\s[a-z](?:\([a-z, ]*\))?\s?=))"
)
_WORDS_BEFORE = re.compile(rf"\s*{_WORDS}(?:[\s:,]+{_WORDS})*[\s:]+(?=\S)", re.IGNORECASE)
# Each word that may begin what stands behind, with what may follow it there; in lower case.
_WORDS_BEHIND = {
    **dict.fromkeys((" with respect to ", " w.r.t. ", " wrt "), re.compile(r"\s*[a-z](?:_\d)?\s*[.?]?\s*")),
    " at ": re.compile(r"\s*(?:the point )?(?:[a-z]\s*=\s*)?(?:-?[\d.]+|\([-\d.,\s]+\))\s*[.?]?\s*"),
    " on ": re.compile(r"\s*[\[(]\s*-?(?:[\d.]+|pi|inf)\s*,\s*-?(?:[\d.]+|pi|inf)\s*[\])]\s*"),
    " from ": re.compile(r"\s*-?(?:[\d.]+|pi)\s+to\s+-?(?:[\d.]+|pi)\s*"),
    " in ": re.compile(r"\s*(?:pytorch|python|numpy|sympy|torch)\s*[.?]?\s*"),
    **dict.fromkeys(("find ", "compute ", "what is "), re.compile(r"[a-z0-9\s()'′’,.=?/-]*")),
    " please": re.compile(r"[.?]?\s*"),
}
_LOWER = {ord(letter): letter.lower() for letter in ascii_uppercase}  # lower() may take more room
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]")


def without_frame(text: str) -> str:
    """The text with what is never announced as spaces. Raises ExpressionError for one encoded as in an address."""
    if "```" in text or "~~~" in text:
        text = _without_fence(text)
    if "]:" in text:
        text = _PROMPT.sub(_blank, text, count=1) if _PROMPT.match(text) else text
    if ("'" in text or '"' in text) and _SPEAKS.search(text):
        text = _STRING.sub(_blank, text)
    if "\\" in text and "{" in text:
        text = _without_braces(text)
        for braced in (_BRACED_WORDS, _BRACED_ENVIRONMENT):
            text = braced.sub(lambda found: f" {found[1]}".ljust(len(found[0])), text)
    if "∈" in text or "\\in" in text:
        text = _EVERYWHERE.sub(_blank, text)
    if "%5E" in text or "%3D" in text:
        place = max(text.find("%5E"), text.find("%3D"))
        raise ExpressionError(
            Message("This text is encoded, as in the address of a page."),
            (place, place + 3),
            Message("Type the signs themselves: `^` for `%5E`, `=` for `%3D`."),
        )
    return _COMMENT.sub(_blank, text) if "#" in text else text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _without_fence(text: str) -> str:
    """The text without the marks of code in Markdown around all of it: ```python … ```"""
    opened = _OPENING_FENCE.match(text)
    end = text.rstrip()
    if not opened or not end.endswith(opened["fence"]) or len(end) < opened.end() + len(opened["fence"]):
        return text
    inside = end[opened.end() : -len(opened["fence"])]
    return (" " * opened.end() + inside).ljust(len(text))


def _without_braces(text: str) -> str:
    """The text without braces around all of it: {\\displaystyle f(x)=x^{2}}"""
    end = len(text.rstrip()) - 1
    if not _DISPLAYED.match(text):
        return text
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += (brace[0] == "{") - (brace[0] == "}")
        if depth == 0 and brace[0] == "}":
            opened = text.index("{")
            whole = brace.start() == end
            return f"{text[:opened]} {text[opened + 1 : end]} ".ljust(len(text)) if whole else text
    return text


def without_words(text: str) -> tuple[str, str]:
    """The text with the words of a question around its formula as spaces, and these words."""
    if len(text) > MAX_CHARACTERS:
        return text, ""
    chinese = not text.isascii() and _IDEOGRAPHS.search(text)
    before = (_ASKING if chinese else _WORDS_BEFORE).match(text)
    start = before.end() if before else 0
    end = _end_in_chinese(text, start) if chinese else _end(text, start)
    if start and text[:end].rstrip().endswith(("?", "？")):
        end = len(text[:end].rstrip()) - 1
    if not text[start:end].strip():
        return text, ""
    words = [part.strip(" ,:，：") for part in (text[:start], text[end:]) if part.strip()]
    return " " * start + text[start:end] + " " * (len(text) - end), " … ".join(words)


def _end_in_chinese(text: str, start: int) -> int:
    behind = _ASKED.search(text, start)
    return behind.start() if behind else len(text)


def _end(text: str, start: int) -> int:
    """The place where the first of the words begins that stand behind a formula."""
    text = text.translate(_LOWER)
    places = {word: text.rfind(word, start) for word in _WORDS_BEHIND if word in text}
    ends = (at for word, at in places.items() if at >= 0 and _WORDS_BEHIND[word].fullmatch(text, at + len(word)))
    return min(ends, default=len(text))
