"""Files that look like an accident are held with a question before anything is stored."""

from contextlib import closing
from datetime import date

import pytest

from data.__main__ import main
from data.errors import Refusal
from data.load import Choices, commit
from data.load.hold import at_command_line
from data.schoolyear import name_of, start_year
from data.store import open_store
from tests.support.loading import ROSTER, ROSTER_HEADERS, load, log, preview, roster


def rows(count: int, bad: int = 0, month: int = 9) -> list[list[str]]:
    """`count` rows of a log, the first `bad` of them without a date that can be read."""
    return [
        ["00123", "soon" if n < bad else f"{month}/{1 + n % 28}/2025", "Phone", "Outbound", "Reached", f"Staff {n}", ""]
        for n in range(count)
    ]


@pytest.fixture
def store(with_roster):
    return with_roster


def held(store, book) -> list[str]:
    planned = preview(store, book)
    codes = [question.code for question in planned.hold]
    planned.close()
    return codes


@pytest.mark.parametrize("bad, codes", [(21, ["much_set_aside"]), (20, [])])
def test_a_file_of_which_more_than_a_fifth_would_wait_is_held(store, bad, codes):
    assert held(store, log(rows(100, bad))) == codes


@pytest.mark.parametrize("count, codes", [(4000, ["round_cap"]), (3999, []), (4001, [])])
def test_a_file_that_ends_where_exports_are_cut_off_is_held(store, count, codes):
    assert held(store, log(rows(count))) == codes


def test_a_file_of_under_half_of_the_usual_rows_is_held(store):
    for month in (9, 10):
        load(store, log(rows(200, month=month), name=f"{month}.csv"))
    short = log(rows(90, month=3), name="short.csv")
    assert held(store, short) == []
    load(store, log(rows(200, month=2), name="2.csv"))
    assert held(store, short) == ["few_rows"]
    assert held(store, log(rows(101, month=3), name="half.csv")) == []


def test_a_sheet_that_counts_contacts_is_held_however_short(store):
    headers = ["Student ID", "Week of", "Calls", "Texts", "Emails"]
    weeks = [["00123", "9/15/2025", "2", "1", ""], ["00124", "9/15/2025", "0", "3", "1"]]
    planned = preview(store, log(weeks, headers=headers))
    (question,) = planned.hold
    assert question.sentence.startswith("“Calls”, “Texts”, “Emails” hold numbers")
    assert at_command_line(planned) == [question] and planned.questions == []
    planned.close()
    ticked = [["00123", "9/15/2025", "1", "", ""], ["00124", "9/15/2025", "", "1", "1"]]
    assert held(store, log(ticked, headers=headers)) == []
    named = [[*week, "Phone"] for week in weeks]  # numbers beside the way of contact are minutes, or other counts
    assert held(store, log(named, headers=[*headers, "Method"])) == []


def test_a_held_file_is_committed_only_when_somebody_says_so(store):
    planned = preview(store, log(rows(100, 50)))
    with pytest.raises(Refusal, match="50 of 100 rows") as refused:
        commit(store, planned, "Ms. Rivera")
    assert refused.value.code == "held"
    assert store.value("SELECT count(*) FROM contact_row") == 0
    assert commit(store, planned, "Ms. Rivera", accept_hold=True).counts["rows_loaded"] == 50
    planned.close()


def students(count: int, school: str = "Lincoln ES") -> list[list[str]]:
    """`count` students who are at the school now."""
    year = start_year(name_of(date.today()))
    return [[f"{n:05d}", f"First{n}", f"Last{n}", school, str(1 + n % 5), f"7/15/{year}"] for n in range(count)]


@pytest.mark.parametrize("named, codes", [(79, ["many_leave"]), (80, []), (49, [])])
def test_a_roster_that_leaves_out_more_than_a_fifth_of_a_school_is_held(tmp_path, named, codes):
    """Under half of the school it only adds, so there nothing is asked."""
    opened = open_store(tmp_path / "school.duckdb")
    load(opened, roster(students(100) + students(40, "Roosevelt MS")))
    planned = preview(opened, roster(students(named), "part.csv"))
    assert [question.code for question in planned.hold] == codes
    planned.close()
    opened.close()


def test_a_grades_list_can_be_told_to_add_only_and_the_command_line_asks(tmp_path, capsys):
    sheets = {name: tmp_path / name for name in ("all.csv", "grade.csv")}
    for path, count in zip(sheets.values(), (100, 60), strict=True):
        lines = [ROSTER_HEADERS, *students(count)]
        path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    store = str(tmp_path / "store.duckdb")
    assert main(["load", str(sheets["all.csv"]), "--store", store]) == 0
    assert main(["load", str(sheets["grade.csv"]), "--store", store]) == 1
    assert "does not name 40 of the 100 students of Lincoln ES (40%)" in capsys.readouterr().err
    closed = "SELECT count(*) FROM enrollment WHERE exit_day < (SELECT max(exit_day) FROM enrollment)"
    assert main(["load", str(sheets["grade.csv"]), "--store", store, "--add-only"]) == 0
    assert open_store(store).value(closed) == 0
    assert main(["undo", "2", "--store", store]) == 0
    assert main(["load", str(sheets["grade.csv"]), "--store", store, "--yes"]) == 0
    assert open_store(store).value(closed) == 40
    open_store(store).close()


def test_that_a_roster_was_full_is_not_remembered_for_the_next(store):
    said = Choices(fields={"grade": "Grade"}, full_roster=True)
    load(store, roster([*ROSTER, ["00126", "Di", "Ray", "Lincoln ES", "4", "8/15/2025"]], "next.csv"), choices=said)
    planned = preview(store, roster(ROSTER[:2], "later.csv"), choices=Choices(constants={"school_year": "2025-26"}))
    assert planned.full_roster is None
    planned.close()


NAMES = [["Ana", "Lopez"], ["Ben", "Smith"], ["Cy", "Young"], ["Dee", "Alley"]]
WEEKS = ["Week of 9/7", "Week of 9/14", "Week of 9/21"]
DAYS = ["9/7/2025", "9/14/2025", "9/21/2025"]


def test_a_sign_in_sheet_is_no_roster_without_a_word(store):
    headers = ["First Name", "Last Name", "Sign In", "Sign Out", "Reason", "Grade"]
    people = [[*name, "9:30", "10:00", "Pick up", "3"] for name in NAMES]
    planned = preview(store, log(people, headers=headers), school="Lincoln ES")
    assert planned.kind == "roster"
    assert [question.code for question in at_command_line(planned)] == ["sign_in"]
    planned.close()


def test_visitors_are_no_contacts_without_a_word(store):
    headers = ["Date", "Student", "Visitor", "Time in", "Time out", "Reason"]
    visits = [["9/3/2025", "Ana Lopez", " ".join(name), "9:30", "10:00", "Pick up"] for name in NAMES]
    assert held(store, log(visits, headers=headers)) == ["sign_in"]
    visits_at_home = [[*row[:2], *row[3:]] for row in visits]
    assert held(store, log(visits_at_home, headers=[*headers[:2], *headers[3:]])) == []


@pytest.mark.parametrize(
    "weeks", [WEEKS, DAYS, ["9/7", "9/14", "9/21"], ["Week 1", "Week 2", "Week 3"], ["Sept", "October 2025", "Nov"]]
)
@pytest.mark.parametrize("many", [1, 2])
def test_a_column_for_each_week_is_refused_as_what_it_is(store, weeks, many):
    ticks = [[" ".join(name), "3"][:many] + ["x", "", "called"] for name in NAMES]
    with pytest.raises(Refusal) as refused:
        preview(store, log(ticks, headers=[*["Student", "Homeroom"][:many], *weeks]))
    assert refused.value.code == "by_week"
    assert f"“{weeks[0]}”" in refused.value.sentence and "a row for each tick" in refused.value.sentence


def test_a_column_for_each_week_beside_grade_and_school_is_no_roster_without_a_word(store):
    ticks = [[" ".join(name), "3", "Lincoln ES", "x", "", "called"] for name in NAMES]
    assert "by_week" in held(store, log(ticks, headers=["Student", "Grade", "School", *WEEKS]))


def test_a_short_file_that_is_asked_about_says_after_its_load_how_to_take_it_back(tmp_path, capsys):
    """One of four rows has no date: more than a fifth, but of a handful, so it is loaded with the question."""
    store, file, log_file = str(tmp_path / "s.duckdb"), tmp_path / "r.csv", tmp_path / "calls.csv"
    file.write_text("Student ID,Student Name,School,Grade\n00123,Ana Ruiz,Elm,3\n")
    assert main(["load", str(file), "--store", store]) == 0
    log_file.write_text("Student ID,Date\n00123,9/15/2025\n00123,9/16/2025\n00123,9/17/2025\n00123,\n")
    capsys.readouterr()
    assert main(["load", str(log_file), "--store", store, "--dry-run"]) == 0
    assert "It is loaded" not in capsys.readouterr().out
    assert main(["load", str(log_file), "--store", store]) == 0
    said = capsys.readouterr().out
    assert "3 loaded, 1 set aside. Upload 2." in said
    assert said.splitlines()[-1].endswith("If that was wrong: python -m data undo 2")
    assert main(["undo", "2", "--store", store]) == 0
    assert main(["load", str(log_file), "--store", store, "--yes"]) == 0
    assert "It is loaded" not in capsys.readouterr().out


def test_a_roster_whose_entries_all_moved_to_a_later_day_is_held(tmp_path):
    def entering(day, moved=30):
        return roster([[f"1{n:03}", "Ana", f"L{n}", "Lincoln ES", "3", day if n < moved else "8/15/2025"]
                       for n in range(30)], name=f"{moved}.csv")  # fmt: skip

    with closing(open_store(tmp_path / "store.duckdb")) as own:
        load(own, entering("8/15/2025"))
        assert held(own, entering("10/16/2025", 6)) == []
        assert held(own, entering("10/16/2025")) == ["moved_entries"]
        planned = preview(own, entering("10/16/2025"))
        assert [asked.code for asked in at_command_line(planned)] == ["moved_entries"]
        planned.close()
