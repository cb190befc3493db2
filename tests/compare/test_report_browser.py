"""The report in a browser: what a reader does with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dialogsum.compare.comparison import Options, compare_runs
from dialogsum.compare.page import html_text
from tests.compare.browser import Page, chromium
from tests.compare.factory import Factory, dialogues

Open = Callable[..., Page]
DOTS = "[aria-label=dot] path"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def open_report(browser: Any, report: Path) -> Iterator[Open]:
    """`open_report()`, or of another file; checks afterwards that nothing went wrong."""
    pages: list[Page] = []

    def call(path: Path = report, **context: Any) -> Page:
        pages.append(Page(browser, path, **context))
        return pages[-1]

    yield call
    for page in pages:
        assert page.problems == []
        assert [u for u in page.requests if not u.startswith(("data:", "blob:"))] == [
            page.requests[0]
        ]
        page.close()


def write(factory: Factory, path: Path) -> Path:
    path.write_text(html_text(compare_runs([factory.root], Options())), encoding="utf-8")
    return path


def test_the_headline_is_on_top_and_only_there(open_report: Open) -> None:
    page = open_report()
    [finding] = page.texts(".finding")
    assert finding.startswith("lora comes closest to full: −2.55 ROUGE-L, p = 0.0")
    assert not any("comes closest" in note for note in page.texts("#notes li"))


def test_it_comes_up_with_table_plots_and_the_first_dialogue(open_report: Open) -> None:
    page = open_report()
    assert page.names()[0] == "full" and len(page.names()) == 7
    assert "prove that the machinery works" in page.texts("#honesty")[0]
    assert page.texts("#excluded .status") == ["failed", "interrupted", "unfinished"]
    assert page.texts("#reader .card.system b")[0] == "full"
    assert page.texts("#count") == ["60"]


def test_rows_are_filtered_by_text_and_by_setting(open_report: Open) -> None:
    page = open_report()
    page.page.fill("#row-filter", "lora")
    assert page.names() == ["lora", "lora_qv"]
    assert page.page.locator(f"#pareto {DOTS}").count() == 2
    page.page.fill("#row-filter", "learning_rate=0.01")
    assert page.names() == ["ia3"]
    page.page.fill("#row-filter", "nothing")
    assert page.texts("#table td.empty") == ["No row fits the filter."]


def test_columns_sort_best_first_and_then_the_other_way(open_report: Open) -> None:
    page = open_report()
    page.page.locator("#table thead button", has_text="Trainable").click()
    assert page.names()[:2] == ["zero_shot", "prompt_tuning"] and page.names()[-1] == "lead-3"
    page.page.locator("#table thead button", has_text="Trainable").click()
    assert page.names()[:2] == ["full", "lora"] and page.names()[-1] == "lead-3"
    assert page.page.locator("#table [aria-sort=descending]").inner_text().startswith("Trainable")


def test_the_trade_off_has_points_bars_and_a_frontier(open_report: Open) -> None:
    page = open_report()
    points = f"#pareto {DOTS}"
    assert page.page.locator(points).count() == 6  # lead-3 has no parameters
    assert page.page.locator("#pareto .errorbar path").count() == 2 * 6
    assert page.page.locator("#pareto .frontier path").count() == 1
    assert "lead-3" in page.texts("#pareto-note")[0]
    page.choose("#pareto-x", "rouge1")
    page.choose("#pareto-y", "rouge2")
    assert page.page.locator(points).count() == 7
    assert page.texts("#pareto-note") == [""]
    page.choose("#pareto-x", "length_ratio")  # neither more nor less of it is better
    assert page.page.locator("#pareto .frontier path").count() == 0
    page.choose("#pareto-x", "time_s.fit")
    assert page.page.locator(points).count() == 5
    page.page.get_by_role("button", name="full in plots").click()
    assert page.page.locator(points).count() == 4
    page.page.get_by_role("button", name="full in plots").click()
    assert page.page.locator(points).count() == 5
    page.page.locator(points).first.hover()
    assert "Training time" in page.page.locator("#pareto [aria-label=tip]").text_content()


def test_what_trains_nothing_is_drawn_over_what_it_does_cost(
    open_report: Open, factory: Factory, tmp_path: Path
) -> None:
    for shots, name in enumerate(("zero_shot", "one_shot", "two_shot")):
        run = factory.run("zero_shot", prompt__shots=shots, prompt__name=name)
        record = json.loads((run / "result.json").read_text())
        record["time_s"]["generate"] = 5.0 + shots
        (run / "result.json").write_text(json.dumps(record))
    page = open_report(write(factory, tmp_path / "prompts.html"))
    assert page.page.input_value("#pareto-x") == "time_s.generate"
    assert page.page.locator(f"#pareto {DOTS}").count() == 3
    titles = page.texts("#table thead th")
    assert "Generation" in titles and not {"Trainable", "Fit time"} & {*titles}


def test_a_curve_of_each_run_by_the_chosen_metric_and_axis(open_report: Open) -> None:
    page = open_report()
    assert page.page.locator("#curves .curve path").count() == 15
    page.choose("#curve-metric", "train/loss")
    assert page.page.locator(f"#curves {DOTS}").count() == 15 * 9
    page.choose("#curve-metric", "validation/rougeL")
    page.choose("#curve-axis", "seconds")
    assert "Training time" in page.page.locator("#curves svg").first.text_content()


def test_the_ends_of_an_interval_are_a_band_and_not_a_curve(open_report: Open) -> None:
    page = open_report()
    metrics = page.page.eval_on_selector_all(
        "#curve-metric option", "(all) => all.map((o) => o.value)"
    )
    assert metrics == ["validation/rougeL", "validation/cross_entropy", "train/loss"]
    bands = page.page.locator("#curves .band path")
    assert bands.count() == 0  # of fifteen runs they would cover each other
    page.page.fill("#row-filter", "ia3")
    assert bands.count() == 3
    page.choose("#curve-metric", "train/loss")
    assert bands.count() == 0


def test_rows_of_several_models_are_distinguished_everywhere(
    open_report: Open, factory: Factory, tmp_path: Path
) -> None:
    for model in ("tiny", "small"):
        factory.run("full", model__name=model, model__path=model)
        factory.run("lora", model__name=model, model__path=model)
    page = open_report(write(factory, tmp_path / "models.html"))
    names = {"full · tiny", "full · small", "lora · tiny", "lora · small"}
    trained = {*names, "lead-3"}
    assert set(page.texts("#shown .chip")) == trained
    assert set(page.texts("#matrix thead span")) == trained
    assert set(page.texts("#reader .card.system b")) == trained
    assert set(page.texts("#beats-a option")) == trained
    assert set(page.texts("#curves .tools span")) == names
    assert set(page.page.locator("#pareto .label text").all_text_contents()) == names
    assert sorted(page.names()) == ["full", "full", "lead-3", "lora", "lora"]


def test_the_metric_changes_table_and_pairs(open_report: Open) -> None:
    page = open_report()
    before = page.texts("#table [data-row=lora] td")
    page.choose("#metric", "rouge2")
    after = page.texts("#table [data-row=lora] td")
    assert before != after and "ROUGE-2" in page.texts("#pairs-intro")[0]
    assert (
        page.page.locator("#matrix td.better").count()
        == page.page.locator("#matrix td.worse").count()
        > 0
    )


def test_the_keyboard_moves_between_dialogues(open_report: Open) -> None:
    page = open_report()
    keys = page.page.keyboard
    for key, place in (("j", 2), ("ArrowRight", 3), ("k", 2), ("ArrowLeft", 1), ("k", 1)):
        keys.press(key)
        assert page.page.input_value("#position") == str(place)
    first = page.texts(".dialogue")
    keys.press("j")
    assert page.texts(".dialogue") != first
    keys.press("/")
    keys.type("jj")
    assert page.page.input_value("#search") == "jj"
    keys.press("Escape")
    page.page.fill("#search", "no such words anywhere")
    assert page.texts("#what") == ["No dialogue fits."]
    page.page.fill("#search", "")
    page.page.fill("#position", "60")
    keys.press("Enter")
    assert page.page.is_disabled("#next")


def test_where_a_beats_b_most_comes_first(open_report: Open, sweep: Path) -> None:
    page = open_report()
    page.choose("#order", "beats")
    page.page.select_option("#beats-a", label="ia3")
    page.page.select_option("#beats-b", label="full")
    page.choose("#beats-metric", "rouge1")
    scores = {}
    for name in ("ia3", "full"):
        (run,) = sweep.glob(f"{name}-*-seed0-*")
        lines = (run / "predictions" / "test.jsonl").open()
        scores[name] = {r["id"]: r["scores"]["rouge1"] for r in map(json.loads, lines)}
    ahead = {i: scores["ia3"][i] - scores["full"][i] for i in scores["full"]}
    best = max(ahead, key=lambda i: round(ahead[i], 4))
    assert page.texts("#what")[0].startswith(f"{best} ")
    assert page.texts("#what")[0].endswith(f" {100 * ahead[best]:.1f}")
    assert page.texts("#count") == [str(sum(round(v, 4) > 0 for v in ahead.values()))]


def test_blind_ratings_hide_names_and_are_exported(open_report: Open, tmp_path: Path) -> None:
    page = open_report()
    page.page.check("#blind")
    seen = page.page.locator("#reader").inner_text()
    assert not re.search(r"lora|full|ia3|zero_shot|lead-3|R-1", seen)
    assert page.page.locator("#reader svg:visible").count() == 0
    assert page.texts("#page .card.blind b") == [f"Summary {n}" for n in range(1, 8)]
    page.page.fill("#rater", "ab")
    page.page.press("#rater", "Tab")
    page.page.click("#previous", force=True) if page.page.is_enabled("#previous") else None
    page.page.evaluate("document.activeElement.blur()")
    for key in "54":
        page.page.keyboard.press(key)
    page.page.keyboard.press("j")
    page.page.locator(".card.blind").nth(2).get_by_role("button", name="Rate 1 of 5").click()
    assert page.texts("#rated") == ["3 ratings of 2 dialogues"]
    assert "null" not in page.texts("#ratings")[0]
    with page.page.expect_download() as download:
        page.page.click("#export")
    path = tmp_path / "ratings.jsonl"
    download.value.save_as(path)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert [row["rating"] for row in rows] == [5, 4, 1]
    assert {row["rater"] for row in rows} == {"ab"} and len({row["run"] for row in rows[:2]}) == 2
    assert [row["shown_as"] for row in rows] == [1, 2, 3]
    page.page.uncheck("#blind")
    assert rows[0]["system"] in page.texts("#page .card.system b")


def test_ratings_survive_a_reload(open_report: Open) -> None:
    page = open_report()
    page.page.check("#blind")
    page.page.evaluate("document.activeElement.blur()")
    page.page.keyboard.press("3")
    page.page.reload()
    page.page.wait_for_selector("html[data-ready]")
    assert page.texts("#rated") == ["1 ratings of 1 dialogues"]
    page.requests[:] = page.requests[:1]  # the reload itself


def test_the_order_stays_while_a_known_rater_rates(open_report: Open) -> None:
    page = open_report()
    page.page.check("#blind")
    page.page.fill("#rater", "ab")
    page.page.press("#rater", "Tab")
    page.page.reload()
    page.page.wait_for_selector("html[data-ready=plots]")
    page.page.check("#blind")
    assert page.page.input_value("#rater") == "ab"
    before = page.texts("#page .card.blind p")
    page.page.evaluate("document.activeElement.blur()")
    page.page.keyboard.press("3")
    assert page.texts("#page .card.blind p") == before
    page.requests[:] = page.requests[:1]  # the reload itself


def test_raters_do_not_see_or_replace_each_other_s_ratings(
    open_report: Open, tmp_path: Path
) -> None:
    page = open_report()
    page.page.check("#blind")
    given = {}
    for name, rating in (("ab", 5), ("cd", 2)):
        page.page.fill("#rater", name)
        page.page.press("#rater", "Tab")
        assert page.page.locator(".stars [aria-pressed=true]").count() == 0
        for place in range(7):
            card = page.page.locator(".card.blind").nth(place)
            card.get_by_role("button", name=f"Rate {rating} of 5").click()
    assert page.texts("#rated") == ["14 ratings of 1 dialogues"]
    with page.page.expect_download() as download:
        page.page.click("#export")
    download.value.save_as(tmp_path / "ratings.jsonl")
    for line in (tmp_path / "ratings.jsonl").open():
        row = json.loads(line)
        given[row["rater"], row["run"]] = row["rating"]
    assert sorted(given.values()) == [2] * 7 + [5] * 7


def test_the_focus_stays_where_it_was(open_report: Open) -> None:
    page = open_report()
    for selector in ("#table thead button", "#table .toggle", "#shown .chip"):
        button = page.page.locator(selector).nth(2)
        label = button.evaluate("(e) => e.ariaLabel ?? e.textContent")
        button.focus()
        page.page.keyboard.press("Enter")
        focused = page.page.evaluate(
            "document.activeElement.ariaLabel ?? document.activeElement.textContent"
        )
        assert focused == label
    page.page.check("#blind")
    page.page.locator(".stars button").nth(1).focus()
    page.page.keyboard.press("Enter")
    assert page.page.locator(".stars button:focus").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_needs_no_sideways_scrolling(open_report: Open, width: int) -> None:
    page = open_report(viewport={"width": width, "height": 700}, has_touch=True)
    assert page.page.evaluate("document.documentElement.scrollWidth") == width
    for part in ("#results .scroll", "#pairs .scroll", "#pareto svg", "#curves svg"):
        assert page.page.locator(part).first.bounding_box()["x"] >= 0
        box = page.page.locator(part).first.bounding_box()
        assert box["x"] + box["width"] <= width


def test_dark_and_print(open_report: Open) -> None:
    dark = open_report(color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    assert dark.page.evaluate(background) == "rgb(21, 23, 26)"
    dark.page.emulate_media(media="print")
    assert dark.page.evaluate(background) == "rgb(255, 255, 255)"
    assert not dark.page.locator("nav").is_visible()
    assert dark.page.pdf()[:4] == b"%PDF"


def test_a_page_of_paper_holds_the_table(open_report: Open) -> None:
    """A4 with a browser's margins is 718 px: as narrow as a phone, but it is no phone."""
    page = open_report(viewport={"width": 718, "height": 1000})
    page.page.emulate_media(media="print")
    assert page.page.locator("#table thead").is_visible()
    assert (
        page.page.evaluate("document.querySelector('#table').getBoundingClientRect().right") <= 718
    )


def test_tables_are_switched(open_report: Open, factory: Factory, tmp_path: Path) -> None:
    run = factory.run("full")
    factory.run("lora")
    factory.evaluation(run, "other", dialogues(16, skip=60), 0.5, dataset__name="samsum")
    page = open_report(write(factory, tmp_path / "two.html"))
    assert page.texts("#title") == ["tiny on bundled"]
    page.choose("#section", "1")
    page.page.wait_for_function("document.querySelector('#count').textContent === '16'")
    assert page.texts("#title") == ["tiny on samsum"]
    assert page.names() == ["full", "lead-3"] and not page.page.is_visible("#honesty")
    assert any("are not comparable" in note for note in page.texts("#notes li"))


def test_markup_in_texts_is_shown_and_not_obeyed(
    open_report: Open, factory: Factory, tmp_path: Path
) -> None:
    evil = "<img src=x onerror='window.broken=1'></script><b>bold</b>"
    run = factory.run("full", prompt__name=evil)
    factory.run("lora", prompt__name="plain")
    path = run / "predictions" / "test.jsonl"
    rows = [json.loads(line) for line in path.open()]
    rows[0]["prediction"] = evil
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    page = open_report(write(factory, tmp_path / "evil.html"))
    assert evil in page.texts("#page .card.system p")
    assert any("<img" in name for name in page.names())
    assert page.page.evaluate("window.broken") is None


def test_nothing_to_compare_is_a_page_too(
    open_report: Open, factory: Factory, tmp_path: Path
) -> None:
    factory.run("full", status="failed", error="Boom")
    page = open_report(write(factory, tmp_path / "none.html"), wait="")
    assert page.texts("#title") == ["Nothing to compare yet"]
    assert "Boom" in page.texts("#excluded")[0]


def test_thirty_runs_of_1500_dialogues_open_quickly(open_report: Open, tmp_path: Path) -> None:
    factory = Factory(tmp_path, dialogues(1500), fast=True)
    for seed in range(3):
        for strategy in ("full", "lora", "lora_qv", "ia3", "layer_norm", "prompt_tuning"):
            factory.run(strategy, seed)
        for rate in (1e-3, 1e-4, 3e-4, 3e-3):
            factory.run("lora", seed, strategy__learning_rate=rate)
    page = open_report(write(factory, tmp_path / "big.html"))
    assert page.page.evaluate("performance.now()") < 15_000  # about 2 s alone on two cores
    assert page.texts("#count") == ["1500"]
    started = page.page.evaluate("performance.now()")
    page.page.keyboard.press("j")
    page.page.fill("#search", "tuesday")
    assert page.page.evaluate("performance.now()") - started < 2000
