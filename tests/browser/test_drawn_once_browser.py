"""In Chromium: a chart that stands is not drawn again when Streamlit gives Plotly a copy of it, as it does once."""

import json
from pathlib import Path

import plotly
import plotly.io as pio
import pytest

from tests.support import browser
from tests.support.figures import all_figures

pytestmark = pytest.mark.skipif(browser.chromium() is None, reason=browser.WHY)

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
# How often something inside the chart changes when Plotly is given copies of what it shows.
CHANGES = """async figure => {
    const copy = part => JSON.parse(JSON.stringify(part)), place = document.getElementById("chart");
    Plotly.purge(place);
    const {data, layout} = copy(figure);  // Plotly writes into these, and Streamlit copies what it wrote
    await Plotly.newPlot(place, data, layout);
    await new Promise(done => setTimeout(done, 100));
    let changes = 0;
    new MutationObserver(seen => changes += seen.length)
        .observe(place, {subtree: true, childList: true, attributes: true, characterData: true});
    await Plotly.react(place, copy(data), copy(layout));
    await new Promise(done => setTimeout(done, 100));
    return changes;
}"""


@pytest.fixture(scope="module")
def opened():
    with browser.page() as page:
        page.set_content("<div id=chart style='width: 900px'></div>")
        page.add_script_tag(path=str(PLOTLY))
        yield page


def test_a_copy_of_a_chart_is_not_drawn_again(opened):
    for drawn in all_figures("light"):
        figure = json.loads(pio.to_json(drawn, validate=False))
        figure["layout"]["width"] = 900
        title = json.loads(figure["layout"]["meta"])
        assert opened.evaluate(CHANGES, figure) == 0, title
        figure["layout"]["meta"] = title  # an object, which Plotly compares as a whole
        assert opened.evaluate(CHANGES, figure) > 100, title
