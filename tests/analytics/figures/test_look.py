"""The look: the house's colours on both backgrounds, contrast, and its own template."""

import tomllib

import numpy as np
import plotly.io as pio
import pytest

from analytics.figures import months, template
from analytics.figures.draft import Draft
from data.home import PROJECT
from tests.support.figures import MODES, all_figures, made, meta


def channels_of(colour: str) -> list[int]:
    return [template._channel(colour, i) for i in (1, 3, 5)]


def test_a_word_that_plotly_does_not_know_is_an_error_here():
    with pytest.raises(ValueError, match="heigth"):
        Draft({"heigth": 3}).done()


@pytest.mark.parametrize("mode", MODES)
def test_every_figure_has_its_words_and_brings_its_own_look(mode):
    for figure in all_figures(mode):
        assert all(len(meta(figure)[part]) > 5 for part in ("title", "subtitle", "alt"))
        assert figure.layout.font.color == template.colours(mode).text
        assert figure.to_dict()["layout"]["template"] is None
        assert figure.layout.dragmode is False
        assert {type(trace).__name__ for trace in figure.data} <= {"Scatter", "Bar", "Heatmap"}


@pytest.mark.parametrize("mode", MODES)
def test_a_figure_is_the_same_whatever_the_default_template_is(mode):
    before = [figure.to_json() for figure in all_figures(mode)]
    default = pio.templates.default
    pio.templates.default = "seaborn"
    try:
        assert [figure.to_json() for figure in all_figures(mode)] == before
    finally:
        pio.templates.default = default


@pytest.mark.parametrize("mode", MODES)
def test_bands_stand_out_from_the_page(mode):
    look = template.colours(mode)
    paper = [template._channel(look.paper, i) for i in (1, 3, 5)]
    for colour in (*look.bands.values(), look.accent, look.quiet):
        assert template.contrast([template._channel(colour, i) for i in (1, 3, 5)], paper) >= 3
    for fill in look.heat:
        ink = [template._channel(look.text, i) for i in (1, 3, 5)]
        assert template.contrast([template._channel(fill, i) for i in (1, 3, 5)], ink) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_names_of_bands_can_be_read(mode):
    """WCAG AA for small words, on the page and on the shade behind a band's grades; near the band's own colour."""
    look = template.colours(mode)
    for band, colour in look.bands.items():
        word, paper = channels_of(look.written(band)), channels_of(look.paper)
        tint = [template.TINT * c + (1 - template.TINT) * p for c, p in zip(channels_of(colour), paper, strict=True)]
        assert template.contrast(word, paper) >= 4.5 and template.contrast(word, tint) >= 4.5
        assert template.contrast(word, channels_of(colour)) < 1.4


def test_captions_can_be_read():
    """Streamlit draws a caption, and a code in it, at 60 % of the colour of text."""
    theme = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for look, mode in ((template.LIGHT, theme["light"]), (template.DARK, theme["dark"])):
        assert look.text == mode["textColor"] == mode["codeTextColor"] and look.paper == mode["backgroundColor"]
        for ground in map(channels_of, (mode["backgroundColor"], mode["sidebar"]["backgroundColor"])):
            drawn = [0.6 * t + 0.4 * g for t, g in zip(channels_of(look.text), ground, strict=True)]
            assert template.contrast(drawn, ground) >= 4.5


def test_nothing_to_draw_is_said_in_the_figure():
    empty = made("contact_rate", [{"month": "2025-09", "band": "middle", "value": np.nan}])
    empty.notes = ("No contacts have been loaded yet. Load a contact log.",)
    figure = months.by_month(empty)
    assert "No contacts have been loaded yet" in figure.layout.annotations[0].text.replace("<br>", " ")


def test_what_a_screen_reader_says_are_sentences():
    assert template.aloud("Who answers?", "Per cent of asks", "") == "Who answers? Per cent of asks."
