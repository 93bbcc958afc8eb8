"""Margins hold the words of the axes: measured widths of the page's font, and what Plotly itself would need."""

import numpy as np
import pytest

from analytics.figures import room
from analytics.figures.template import blank, finish, panels


def finished(figure):
    return finish(figure, "Title", "Subtitle").layout.margin


@pytest.mark.parametrize(
    ("text", "size", "measured"),  # in Chromium, in the page's font
    [("Elementary", 13, 62.5), ("100%", 13, 30.2), ("0.5", 13, 16.3), ("7", 13, 6.5)],
)
def test_a_word_is_as_wide_as_on_the_page_or_a_little_wider(text, size, measured):
    assert measured <= room.width(text, size) <= 1.08 * measured


def test_of_several_lines_the_widest_counts():
    assert room.width("School reply rate<br>less", 13) == room.width("School reply rate", 13)


def test_names_beside_the_plot_have_their_room():
    short, long = blank("light"), blank("light")
    short.add_bar(x=[1], y=["High"], orientation="h").update_yaxes(type="category")
    long.add_bar(x=[1], y=["Persimmon Elementary"], orientation="h").update_yaxes(type="category")
    unsaid = blank("light").add_bar(x=[1], y=["High"], orientation="h")  # Plotly sees by itself that these are names
    assert finished(unsaid).l == finished(short).l
    letters = room.width("Persimmon Elementary", 13) - room.width("High", 13)
    assert finished(long).l - finished(short).l == pytest.approx(letters, abs=1)
    assert finished(short).l >= 13 + room.width("High", 13)


@pytest.mark.parametrize(("highest", "longest"), [(0.2, "0.05"), (2.4, "0.5"), (8, "8"), (40, "40"), (1200, "1200")])
def test_numbers_beside_the_plot_are_as_long_as_plotly_writes_them(highest, longest):
    figure = blank("light").add_scatter(x=[1, 2], y=[np.nan, highest])
    assert finished(figure).l == int(np.ceil(room.BESIDE + room.width(longest, 13)))


def test_months_in_two_lines_take_more_than_one():
    one, two = blank("light"), blank("light")
    two.update_xaxes(tickformat="%b<br>%Y")
    assert finished(two).b == finished(one).b + room.LINE


def test_words_above_the_plot_take_room_above_and_none_below():
    figure = blank("light").update_xaxes(side="top")
    assert finished(figure).b == 8 and finished(figure).t >= 27


def test_a_margin_that_is_wider_stays():
    figure = blank("light").update_layout(margin={"l": 300, "r": 92, "t": 99, "b": 98})
    assert finished(figure).to_plotly_json() == {"l": 300, "r": 92, "t": 99, "b": 98}


def test_of_panels_only_axes_that_show_their_words_count():
    figure = panels("light", 2, 200)
    figure.add_bar(x=[1], y=["High"], orientation="h", row=1, col=1)
    figure.add_bar(x=[1], y=["A name that no axis shows, of the second panel"], orientation="h", row=1, col=2)
    assert finished(figure).l < 60 and finished(figure).b == 8


def test_plotly_goes_on_looking_whether_it_is_enough():
    figure = blank("light")
    assert figure.layout["xaxis"]["automargin"] and figure.layout["yaxis"]["automargin"]
