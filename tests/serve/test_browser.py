"""The pages in a real browser: headless Chromium, driven by Selenium, at a Datasette of its own process.

Skipped, with the reason, where Selenium (the extra `test-browser`), Chromium or its driver is not there.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="Selenium is not installed: pip install '.[test-browser]'")
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no Chromium with its driver: apt-get install chromium chromium-driver"
)

ROOT = Path(__file__).parents[2]
PHONE = (390, 844)
DESKTOP = (1200, 900)
PLUGIN = "from corpus_db.serve.datasette import *\n"  # for a Datasette that does not have the package installed
WAIT_S = 30
PAGES = ("home", "search?q=平台", "article/1?q=平台", "entity/1", "word?q=平台", "word", "article/999")

Browser = Any


@pytest.fixture(scope="session")
def site(seeds_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the seeds' pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("served")
    command = [sys.executable, "-m", "datasette", str(seeds_path), "--port", str(port)]
    if not _installed():
        (folder / "corpus_db_plugin.py").write_text(PLUGIN)
        command += ["--plugins-dir", str(folder)]
    log = (folder / "log").open("w")
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log)
    root = f"http://127.0.0.1:{port}/corpus/-/"
    try:
        _wait_for(f"{root}home", process)
        yield root
    finally:
        process.terminate()
        process.wait(WAIT_S)
        log.close()


def _installed() -> bool:
    from importlib.metadata import entry_points

    return any(entry.name == "corpus_db" for entry in entry_points(group="datasette"))


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(address).close()
            return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError(f"Datasette does not answer at {address}")


def start(folder: Path, **preferences: object) -> Browser:
    """A browser that keeps its console's log; `preferences` are Chromium's, '__' for a dot."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={folder}",
    ):
        options.add_argument(argument)
    named = {name.replace("__", "."): value for name, value in preferences.items()}
    options.add_experimental_option("prefs", {"intl.accept_languages": "en", **named})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.implicitly_wait(WAIT_S)  # a key press does not wait for the page that it leads to: what is looked for does
    return driver


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all that need no preferences of their own: starting one takes a second."""
    driver = start(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture
def browser(shared: Browser) -> Browser:
    """The browser at desktop width, with nothing in its log."""
    resize(shared, DESKTOP)
    shared.get_log("browser")
    return shared


def resize(driver: Browser, size: tuple[int, int]) -> None:
    """The size of the page itself: a window can not be as narrow as a phone."""
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def emulate(driver: Browser, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def texts(driver: Browser, selector: str) -> list[str]:
    return [element.text for element in driver.find_elements(By.CSS_SELECTOR, selector)]


def first(driver: Browser, selector: str) -> Any:
    return driver.find_element(By.CSS_SELECTOR, selector)


def address(site: str, page: str) -> str:
    return site + quote(page, safe="/?=&")


def test_from_a_question_to_an_article_to_a_name(browser: Browser, site: str) -> None:
    browser.get(f"{site}home")
    box = first(browser, "input[type=search]")
    box.send_keys("在线交易", Keys.ENTER)
    assert "在线交易" in texts(browser, ".hits mark")
    first(browser, ".hits h2 a").click()
    assert "在线交易" in texts(browser, "article mark")
    figure = first(browser, "article a.figure")
    figure.click()
    row = first(browser, "tr:target")
    assert figure.text in row.text
    row.find_element(By.TAG_NAME, "a").click()
    assert figure.text in first(browser, ".sentence:target").text
    name = first(browser, "article a.entity")
    told = name.get_attribute("title").partition(": ")[2]
    name.click()
    assert texts(browser, "header.dossier h1") == [told]
    first(browser, "header.dossier a[href*='/-/word']").click()
    assert texts(browser, "main > h1") == [told]
    assert len(browser.find_elements(By.CSS_SELECTOR, "svg.drawn rect")) > 3


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_shows_every_page_without_scrolling_sideways(browser: Browser, site: str, page: str) -> None:
    resize(browser, PHONE)
    browser.get(address(site, page))
    wide, inner = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert inner == PHONE[0]
    assert wide <= inner


@pytest.mark.parametrize("page", PAGES[:-1])
def test_nothing_is_logged(browser: Browser, site: str, page: str) -> None:
    browser.get(address(site, page))
    assert browser.get_log("browser") == []


def test_what_the_policy_forbids_would_be_logged(browser: Browser, site: str) -> None:
    browser.get(f"{site}home")
    browser.execute_script("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/x.png'}))")
    assert any("Content Security Policy" in entry["message"] for entry in browser.get_log("browser"))


def test_by_keyboard_alone(browser: Browser, site: str) -> None:
    """Tab and Enter: past the navigation, into the box, to the first hit, to the first name in its text."""
    browser.get(f"{site}search")

    def press(*keys: str) -> None:
        browser.switch_to.active_element.send_keys(*keys)

    def tab_to(is_there: Callable[[Any], bool]) -> None:
        for _ in range(60):
            press(Keys.TAB)
            if is_there(browser.switch_to.active_element):
                return
        raise AssertionError("not reached with the Tab key")

    press(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("class") == "skip"
    assert browser.switch_to.active_element.is_displayed()
    press(Keys.ENTER)
    tab_to(lambda at: at.get_attribute("name") == "q")
    press("备货节", Keys.ENTER)
    assert "备货节" in texts(browser, ".hits mark")
    tab_to(lambda at: "/-/article/" in (at.get_attribute("href") or ""))
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert browser.execute_script(outline) != "none"
    press(Keys.ENTER)
    assert "备货节" in texts(browser, "article mark")
    tab_to(lambda at: "entity" in (at.get_attribute("class") or "").split())
    press(Keys.ENTER)
    assert texts(browser, "header.dossier h1")


def test_the_citation_is_marked_as_a_whole_by_the_tab_key(browser: Browser, site: str) -> None:
    browser.get(f"{site}article/1")
    browser.execute_script("document.querySelector('.cite a').focus()")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    marked = "const at = document.activeElement; return at.value.slice(at.selectionStart, at.selectionEnd)"
    assert "_version=" in browser.execute_script(marked)


def test_the_marks_of_an_article_can_be_turned_off(browser: Browser, site: str) -> None:
    browser.get(f"{site}article/1")
    grounds = "return getComputedStyle(document.querySelector('article .figure')).backgroundColor"
    shown = browser.execute_script(grounds)
    first(browser, "label[for=show-figures]").click()
    assert browser.execute_script(grounds) != shown


def test_chinese_by_the_browsers_languages(site: str, tmp_path: Path) -> None:
    driver = start(tmp_path / "zh", intl__accept_languages="zh-CN,zh")
    try:
        driver.get(f"{site}home")
        assert first(driver, "html").get_attribute("lang") == "zh-Hans"
        assert "怎样搜索" in texts(driver, "h2")
    finally:
        driver.quit()


def test_without_javascript(site: str, tmp_path: Path) -> None:
    driver = start(tmp_path / "plain", profile__managed_default_content_settings__javascript=2)
    try:
        driver.get("data:text/html,<p>off</p><script>document.querySelector('p').textContent = 'on'</script>")
        assert texts(driver, "p") == ["off"]
        driver.get(f"{site}home")
        first(driver, "input[type=search]").send_keys("平台", Keys.ENTER)
        assert "平台" in texts(driver, ".hits mark")
        driver.get(address(site, "word?q=平台"))
        assert first(driver, "svg.drawn").is_displayed()
        assert len(texts(driver, ".kwic li")) > 5
    finally:
        driver.quit()


def test_dark_where_the_reader_likes_it_dark(browser: Browser, site: str) -> None:
    browser.get(address(site, "word?q=平台"))
    colours = """return ['body', '.drawn text', '.drawn rect'].map((selector, i) =>
        getComputedStyle(document.querySelector(selector))[i ? 'fill' : 'backgroundColor'])"""
    light = browser.execute_script(colours)
    emulate(browser, "dark")
    dark = browser.execute_script(colours)
    emulate(browser, "light")
    assert all(one != other for one, other in zip(light, dark, strict=True)), (light, dark)


@pytest.mark.parametrize("query", ["frequency", "collocates"])
def test_charts_stand_above_the_results_of_datasettes_own_pages(browser: Browser, site: str, query: str) -> None:
    browser.get(f"{site.removesuffix('-/')}{query}?q={quote('平台')}")
    chart = first(browser, ".corpus-db svg.drawn")
    assert chart.is_displayed()
    assert chart.location["y"] < first(browser, "table.rows-and-columns").location["y"]
