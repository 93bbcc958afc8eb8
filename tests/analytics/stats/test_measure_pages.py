"""The pages of docs/measures say what the registry says, for every measure, and no page is left over."""

from analytics import docs
from analytics.measures import MEASURES
from analytics.worked import WORKED


def test_the_pages_are_those_of_the_registry():
    for name, text in docs.pages().items():
        path = docs.FOLDER / name
        assert path.exists() and path.read_text(encoding="utf-8") == text, "run: python -m analytics.docs"


def test_every_measure_has_a_page_and_an_example_and_no_page_is_left_over():
    assert set(WORKED) == set(MEASURES)
    assert {path.name for path in docs.FOLDER.iterdir()} == {*docs.pages(), *docs.BY_HAND}


def test_the_examples_divide_as_they_say():
    for name, worked in WORKED.items():
        if MEASURES[name].ratio:
            assert worked.value == MEASURES[name].factor * worked.numerator / worked.denominator, name
