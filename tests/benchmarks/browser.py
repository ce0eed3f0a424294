"""From a change to the drawn plot and numbers, in a browser, beside a bare Streamlit app that sends the same elements.

Timed in the page by its own clock, from the message that carries the change to the first frame in which both the plot
and the numbers differ. Streamlit's wait before that message, for a pause in typing or dragging, is printed apart.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from statistics import median, quantiles

from client import Server
from client import Visitor as Client
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Tab
from timing import bar, ms, title
from updates import BARE, PAGES, ROOT, Page, recorded_runs

from tests.browser.chromium import system_browser
from tests.browser.conftest import FLAGS

ROUNDS = 16
WARM = 4
QUIET = 1000  # ms after a change, in which formulas and whatever else comes later arrive
SLOWEST = 15_000  # ms

# `watch` resolves to [ms from the keystroke to its message, ms from there to what is drawn].
SCRIPT = """(() => {
  const paths = ".js-plotly-plot path[d], [data-testid=stGraphVizChart] svg :is(path[d], text)";
  const drawn = () => [...document.querySelectorAll(paths)].map(e => e.getAttribute("d") ?? e.textContent).join();
  const whole = () => [...document.querySelectorAll("[data-testid=stPlotlyChart], [data-testid=stGraphVizChart]")]
    .every(e => e.querySelector(".plot-container, svg"));  // a plot that changes is taken away and built anew
  const numbers = () => [...document.querySelectorAll("table")].map(e => e.innerText).join();
  const step = () => document.getElementById("nabla-step")?.dataset.step;
  const line = () => [...document.querySelectorAll(".katex annotation")].map(e => e.textContent).join();
  let asked = 0, sent = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (asked && !sent) sent = performance.now();
    return send.call(this, data);
  };
  for (const kind of ["input", "keydown"])
    addEventListener(kind, () => { asked ||= performance.now(); }, true);
  window.watch = (change) => {
    asked = sent = 0;
    const looks = change === "step" ? [step, line] : [drawn, numbers];
    const before = looks.map(look => look());
    window.seen = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("the change did not reach the page")), SLOWEST);
      let waiting = false;
      const observer = new MutationObserver(() => {
        if (waiting || !sent) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          if (!whole() || looks.some((look, k) => look() === before[k])) return;
          observer.disconnect();
          resolve([sent - asked, performance.now() - sent]);
        });
      });
      observer.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
    });
  };
})()"""
Act = Callable[[Tab, int], None]


def run() -> None:
    title("From a change to what the browser draws")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_browser(), args=FLAGS)
        for name, page in PAGES.items():
            for change in page.changes:
                with Server(ROOT / "app.py", ROOT) as nabla, ExitStack() as stack:
                    with Client(nabla, page.path) as visitor:
                        extra = stack.enter_context(recorded_runs(visitor, page, change))
                    bare = stack.enter_context(Server(BARE / "served.py", ROOT, extra))
                    print(f"  {name}, {change}:")
                    compare(browser, nabla, bare, page, change)
        browser.close()


def compare(browser: Browser, nabla: Server, bare: Server, page: Page, change: str) -> None:
    """Make the change in both in turn, and print what it took."""
    first = "&".join(f"{key}={value}".replace("+", "%2B") for key, value in page.first.items())
    with (
        opened(browser, f"http://127.0.0.1:{nabla.port}/{page.path}?{first}") as ours,
        opened(browser, f"http://127.0.0.1:{bare.port}/") as theirs,
    ):
        ways: dict[str, tuple[Tab, Act]] = {
            "Nabla": (ours, lambda tab, k: _change(tab, page, change, k)),
            "bare": (theirs, lambda tab, _k: tab.locator(".st-key-turn input[type=range]").press("ArrowRight")),
        }
        times: dict[str, list[tuple[float, float]]] = {who: [] for who in ways}
        for k in range(1, WARM + ROUNDS + 1):
            for who, (tab, act) in ways.items():
                tab.evaluate("change => watch(change)", change)
                act(tab, k)
                times[who].append(tab.evaluate("seen"))
                tab.wait_for_timeout(QUIET)
    middle = {}
    for who, pairs in times.items():
        waits, t = zip(*((wait / 1e3, seconds / 1e3) for wait, seconds in pairs[WARM:]), strict=True)
        middle[who] = median(t)
        print(f"    {who:<6} median {ms(middle[who])}, 95% {ms(quantiles(t, n=20)[-1])}; {ms(median(waits))} before")
    ratio = middle["Nabla"] / middle["bare"]
    bar(ratio <= 1.25, f"at most 1.25 times the bare app's ({ratio:.2f})")


def _change(tab: Tab, page: Page, change: str, k: int) -> None:
    """Type the values of round k into their boxes; sliders take a step by an arrow key."""
    for key, value in page.changes[change](k).items():
        box = tab.locator(f".st-key-{key}")
        if isinstance(value, str):
            box.locator("input").fill(value)
        else:
            back = (k - 1) // 6 % 2 == 0  # and there again: the steps of a tape stand at the last one
            box.locator("input[type=range]").press("ArrowLeft" if back else "ArrowRight")


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Tab]:
    """A page in a browser context of its own, when all that it works out by itself is there."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context:
        context.set_default_timeout(SLOWEST)
        tab = context.new_page()
        tab.add_init_script(SCRIPT.replace("SLOWEST", str(SLOWEST)))
        tab.goto(address)
        tab.locator("table").first.wait_for()
        tab.wait_for_timeout(2 * QUIET)
        yield tab
