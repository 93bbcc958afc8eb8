"""From a store to a folder and back: what a release holds, what it keeps to itself, and what makes it fail closed."""

import json
import re
import shutil
from datetime import date

import pandas as pd
import pytest

from access.viewer import LOCAL, Viewer
from analytics.__main__ import main
from analytics.disclosure import coding, cube, release, shown, years
from analytics.disclosure.draft import draft
from data import demo
from data.errors import Refusal
from data.home import release_folder
from data.store import open_store
from tests.support import clock

UNTIL = date(2026, 6, 12)
KEY = ["band", "place", "group", "member"]
FEW = {"measures": ("reach", "contact_rate"), "groups": ("home_language",)}


@pytest.fixture(scope="module")
def made_store(tmp_path_factory):
    path = tmp_path_factory.mktemp("district") / "district.duckdb"
    demo.create(str(path), students=400, schools=9, years=2, seed=5, until=UNTIL)
    open_store(path).close()
    return path


@pytest.fixture
def store_file(made_store, tmp_path):
    """A store of one's own, with two school years that are over."""
    return shutil.copy(made_store, tmp_path / "district.duckdb")


@pytest.fixture
def store(store_file):
    opened = open_store(store_file)
    yield opened
    opened.close()


def refused(code: str, call, *args, **more):
    with pytest.raises(Refusal) as caught:
        call(*args, **more)
    assert caught.value.code == code
    assert "Traceback" not in caught.value.sentence and caught.value.sentence.endswith(".")


def some_move(store):
    """Forty students of the released year turn out to have been in another band."""
    with store.writing() as write:
        write.execute(
            "UPDATE span SET band = CASE WHEN band = 'high' THEN 'middle' ELSE 'high' END WHERE student_id IN "
            "(SELECT student_id FROM span WHERE school_year = '2024-25' AND band = 'high' ORDER BY 1 LIMIT 40)"
        )


def test_the_command_releases_and_the_folder_reads_back(store_file, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["release", "--store", str(store_file), "--out", str(out)]) == 0
    assert "the proof passed" in capsys.readouterr().out
    found = release.read(out)
    assert found.about["years"] == ["2024-25", "2025-26"] and found.about["proof_passed"] is True
    assert found.about["settings"]["n_min"] == 10 and found.about["sources"]
    store = open_store(store_file)
    assert store.value("SELECT count(*) FROM release_witness") > 10
    assert store.value("SELECT count(*) FROM release_year") == 2
    store.close()


def test_no_file_of_the_folder_holds_a_count_or_a_witness(store, tmp_path):
    release.publish(store, LOCAL, draft(store, LOCAL), tmp_path / "out")
    band = re.compile(r"\d+% to (under )?\d+%|under \d+\.\d|\d+\.\d to under \d+\.\d")
    for path in sorted((tmp_path / "out").glob("*.csv")):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        assert [*table.columns[-4:]] == ["year", "measure", "published", "flag"]
        assert set(table.columns[:-4]) <= {"district", "band", *cube.GROUPS}
        assert all(value == coding.SUPPRESSED or band.fullmatch(value) for value in table["published"])
        assert set(table["flag"]) <= {"", "suppressed", "caution"}
        assert ((table["flag"] == "suppressed") == (table["published"] == coding.SUPPRESSED)).all()
    about = json.loads((tmp_path / "out" / "release.json").read_text(encoding="utf-8"))
    assert set(about) == {"format", "made_at", "sample", "years", "settings", "sources", "proof_passed", "comparisons",
                          "sha256"}  # fmt: skip
    assert {key for one in about["comparisons"] for key in one} <= {"year", "measure", "band", "against", "sign"}
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".csv", ".json"}


def test_the_same_data_give_the_same_bytes(store, tmp_path):
    for name in ("one", "two"):
        release.publish(store, LOCAL, draft(store, LOCAL, **FEW), tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        mine, other = path.read_text(encoding="utf-8"), (tmp_path / "two" / path.name).read_text(encoding="utf-8")
        if path.suffix == ".json":
            mine, other = ({**json.loads(text), "made_at": ""} for text in (mine, other))
        assert mine == other
    # Both folders hold the release; the store remembers each year once.
    assert store.value("SELECT count(*) FROM release_year") == 2


def test_movers_between_two_releases_of_a_year_are_refused(store, tmp_path):
    release.publish(store, LOCAL, draft(store, LOCAL, **FEW), tmp_path / "first")
    some_move(store)
    changed = draft(store, LOCAL, **FEW)
    refused("already_released", release.publish, store, LOCAL, changed, tmp_path / "second")
    assert not (tmp_path / "second").exists()


def test_other_data_that_read_the_same_are_no_second_release(store, tmp_path):
    """10 students of whom 75 to 100 % were reached, and 19 with the 9 who came: 8 of 10 at least, 15 of 19 at least, so
    5 to 9 of the 9, who are owed a range of 5 and have one of 4."""
    kept = coding.share(9, 10, 10), coding.share(17, 19, 19)
    assert kept[0].text == kept[1].text and kept[1].low - kept[0].high == 5 and coding.need(9) > 9 - 5
    release.publish(store, LOCAL, draft(store, LOCAL, ["2024-25"], **FEW), tmp_path / "first")
    with store.writing() as write:  # one student turns out to have come a week later
        write.execute(
            "UPDATE span SET start_day = start_day + 7 WHERE school_year = '2024-25' AND end_day - start_day > 100 AND "
            "student_id = (SELECT min(student_id) FROM span WHERE school_year = '2024-25' AND band = 'elementary')"
        )
    again = draft(store, LOCAL, ["2024-25"], **FEW)
    for name, text in again.tables().items():
        assert (tmp_path / "first" / name).read_text(encoding="utf-8") == text
    refused("already_released", release.publish, store, LOCAL, again, tmp_path / "second")


def test_a_store_put_back_from_before_a_release_does_not_make_another_of_the_year(
    store, made_store, tmp_path, monkeypatch
):
    """The backup does not remember the release; panels do. The same numbers may be written again."""
    monkeypatch.setenv("BOTHWAYS_HOME", str(tmp_path / "home"))
    seen = release_folder()
    release.publish(store, LOCAL, draft(store, LOCAL, ["2024-25"], **FEW), seen / "first")
    back = open_store(shutil.copy(made_store, tmp_path / "back.duckdb"))
    made = draft(back, LOCAL, ["2024-25"], **FEW)
    assert release.publish(back, LOCAL, made, seen / "again").tables
    back.close()
    back = open_store(shutil.copy(made_store, tmp_path / "back.duckdb"))
    some_move(back)
    changed = draft(back, LOCAL, ["2024-25"], **FEW)
    refused("already_released", release.publish, back, LOCAL, changed, seen / "second")
    assert not (seen / "second").exists() and back.value("SELECT count(*) FROM release_year") == 0
    assert release.publish(back, LOCAL, changed, tmp_path / "of another district" / "second").tables
    back.close()


def test_a_single_mover_that_shows_in_a_band_is_refused(store, tmp_path):
    """One student more in a released year: wherever a band would move, the release is refused."""
    made = draft(store, LOCAL, ["2024-25"], **FEW)
    release.publish(store, LOCAL, made, tmp_path / "first")
    (year,) = made.years
    # One published cell of all students, one numerator below its band: what one mover can do.
    shown_cells = year.cells[(year.cells["measure"] == "reach") & (year.cells["group"] == cube.ALL)]
    cell = next(i for i, one in shown_cells.iterrows() if tuple(one[KEY]) not in year.hidden)
    band = coding.share(*(int(year.cells.loc[cell, name]) for name in ("numerator", "denominator", "students")))
    year.cells.loc[cell, "numerator"] = band.low - 1
    for proof in year.proofs.values():
        proof.witnesses = []
    made.version = store.version
    refused("already_released", release.publish, store, LOCAL, made, tmp_path / "second")


def test_a_draft_without_its_proof_is_not_published(store, tmp_path):
    made = draft(store, LOCAL, ["2024-25"], **FEW)
    made.years[0].proofs.popitem()
    refused("proof_missing", release.publish, store, LOCAL, made, tmp_path / "out")
    assert not (tmp_path / "out").exists() and store.value("SELECT count(*) FROM release_year") == 0


def test_a_draft_whose_witness_publishes_something_else_is_not_published(store, tmp_path):
    made = draft(store, LOCAL, ["2024-25"], **FEW)
    proof = next(proof for proof in made.years[0].proofs.values())
    proof.witnesses[-1] = proof.witnesses[-1] * 0
    refused("proof_missing", release.publish, store, LOCAL, made, tmp_path / "out")


def test_a_draft_of_other_data_is_not_published(store, tmp_path):
    made = draft(store, LOCAL, ["2024-25"], **FEW)
    some_move(store)
    refused("data_changed", release.publish, store, LOCAL, made, tmp_path / "out")


def test_a_solver_out_of_time_publishes_nothing(store):
    refused("solver_gave_up", draft, store, LOCAL, ["2024-25"], **FEW, time_limit=0.0)


@pytest.mark.parametrize("year", ["2024-26", "2024", "2024-25,2025-26", "2024-25 to 2025-26", "all"])
def test_pooled_years_are_refused(store, year):
    refused("unknown_year", draft, store, LOCAL, [year])


@pytest.mark.parametrize("viewer", [
    Viewer("principal", schools=("Oak",)), Viewer("panel"), Viewer("district", districts=("North",)),
])  # fmt: skip
def test_only_a_district_leader_with_all_schools_makes_or_publishes_one(store, viewer, tmp_path):
    refused("not_allowed", draft, store, viewer)
    refused("not_allowed", release.publish, store, viewer, draft(store, LOCAL, ["2024-25"], **FEW), tmp_path / "out")


def test_months_schools_and_filters_are_refused(store_file, tmp_path, capsys):
    for cut in (["--by", "month"], ["--by", "school"], ["--where", "iep=yes"], ["--from", "2025-01-01"]):
        assert main(["release", "--store", str(store_file), "--out", str(tmp_path / "out"), *cut]) != 0
    assert not (tmp_path / "out").exists() and "Traceback" not in capsys.readouterr().err


@pytest.fixture
def folder(store, tmp_path):
    release.publish(store, LOCAL, draft(store, LOCAL, ["2024-25"], **FEW), tmp_path / "releases" / "one")
    return tmp_path / "releases" / "one"


@pytest.mark.parametrize(("change", "code"), [
    ({"proof_passed": False}, "release_unproved"),
    ({"proof_passed": None}, "release_unproved"),
    ({"comparisons": []}, "release_changed"),
    ({"settings": {}}, "release_changed"),
    ({"sha256": "0" * 64}, "release_changed"),
])  # fmt: skip
def test_a_release_without_its_proof_or_with_other_words_is_not_shown(folder, change, code):
    about = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    (folder / "release.json").write_text(json.dumps(about | change), encoding="utf-8")
    refused(code, release.read, folder)
    assert release.releases(folder.parent) == []


def test_a_changed_an_added_and_a_lost_table_are_not_shown(folder):
    table = folder / "band.csv"
    kept = table.read_text(encoding="utf-8")
    table.write_text(kept.replace("elementary", "high", 1), encoding="utf-8")
    refused("release_changed", release.read, folder)
    table.write_text(kept, encoding="utf-8")
    (folder / "more.csv").write_text(kept, encoding="utf-8")
    refused("release_changed", release.read, folder)
    (folder / "more.csv").unlink()
    assert release.read(folder).about["years"] == ["2024-25"]
    table.unlink()
    refused("release_changed", release.read, folder)


@pytest.mark.parametrize("text", ["", "[]", "nothing", "{"])
def test_a_folder_with_another_file_is_no_release(folder, text):
    (folder / "release.json").write_text(text, encoding="utf-8")
    refused("release_unreadable", release.read, folder)
    assert release.releases(folder.parent) == []


def test_a_folder_in_use_is_not_written_into(folder, store):
    refused("folder_in_use", release.publish, store, LOCAL, draft(store, LOCAL, ["2025-26"], **FEW), folder)
    # Nothing was kept either, so the year is still free.
    assert store.rows("SELECT school_year FROM release_year") == [("2024-25",)]


def test_a_folder_that_cannot_be_written_keeps_nothing_in_the_store(store, tmp_path):
    (tmp_path / "file").write_text("no folder")
    made = draft(store, LOCAL, ["2024-25"], **FEW)
    refused("folder_unusable", release.publish, store, LOCAL, made, tmp_path / "file" / "out")
    assert store.value("SELECT count(*) FROM release_year") == 0


def test_a_panel_sees_each_year_once_and_the_own_district_before_the_sample(folder):
    (own,) = release.releases(folder.parent)
    sample = release.Release(own.folder, own.about | {"sample": True, "made_at": "2030-01-01"}, own.tables)
    seen = shown.of_releases([sample, own])
    assert not seen.sample and seen.years == ["2024-25"] and seen.made == {"2024-25": own.about["made_at"][:10]}
    assert shown.of_releases([sample]).sample
    assert len(shown.of_releases([own, own]).tables["band"]) == len(own.tables["band"])


@pytest.mark.parametrize(("published", "ends"), [
    ("25% to under 30%", (0.25, 0.3)), ("95% to 100%", (0.95, 1.0)), ("under 0.5", (0.0, 0.5)),
    ("0.5 to under 1.0", (0.5, 1.0)), (coding.SUPPRESSED, None),
])  # fmt: skip
def test_a_published_band_is_an_interval(published, ends):
    assert coding.interval(published) == ends


def test_a_rate_of_twelve_students_never_says_under_a_step_of_fewer_than_five_contacts():
    for days in range(12, 12 * 181):
        coded = coding.rate(0, days)
        if coded is None:
            assert days < 30
            continue
        step = float(coded.text.removeprefix("under "))
        assert step * days / 30 >= 5 - 1e-9, (days, coded)


def test_a_year_that_is_not_over_is_refused_until_somebody_says_so(store_file, tmp_path, capsys, monkeypatch):
    clock.set_to(monkeypatch, years, date(2026, 3, 20))
    store = open_store(store_file)
    with store.writing() as write:
        write.execute("UPDATE contact_row SET contact_date = DATE '2026-03-13' WHERE contact_date > DATE '2026-03-13'")
    assert years.years_over(store) == ["2024-25"]
    # By itself, the command takes the year that is over; the running one is refused.
    assert [year.name for year in draft(store, LOCAL, **FEW).years] == ["2024-25"]
    refused("year_not_over", draft, store, LOCAL, ["2025-26"], **FEW)
    assert [year.name for year in draft(store, LOCAL, ["2025-26"], early=True, **FEW).years] == ["2025-26"]
    store.close()
    assert main(["release", "--store", str(store_file), "--year", "2025-26", "--out", str(tmp_path / "out")]) == 1
    assert "2025-26 is not over" in capsys.readouterr().err and not (tmp_path / "out").exists()
    clock.set_to(monkeypatch, years, date(2026, 7, 1))  # over by the calendar, whatever is loaded
    store = open_store(store_file)
    assert years.years_over(store) == ["2024-25", "2025-26"]
    store.close()


def test_years_released_before_are_left_out_until_all_are(store, tmp_path):
    release.publish(store, LOCAL, draft(store, LOCAL, ["2024-25"], **FEW), tmp_path / "first")
    assert [year.name for year in draft(store, LOCAL, **FEW).years] == ["2025-26"]
    release.publish(store, LOCAL, draft(store, LOCAL, **FEW), tmp_path / "second")
    assert [year.name for year in draft(store, LOCAL, **FEW).years] == ["2024-25", "2025-26"]


def test_a_later_release_compares_all_years_of_the_page_at_once(store, tmp_path):
    release.publish(store, LOCAL, draft(store, LOCAL, ["2024-25"], **FEW), tmp_path / "all" / "first")
    made = draft(store, LOCAL, **FEW)
    assert {test["year"] for test in made.earlier} == {"2024-25"}
    found = release.publish(store, LOCAL, made, tmp_path / "all" / "second")
    assert {one["year"] for one in found.about["comparisons"]} == {"2024-25", "2025-26"}
    text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "all").glob("*/*"))
    assert not any(f'"{word}"' in text for word in ("p", "ratio", "apart"))
    seen = shown.of_releases(release.releases(tmp_path / "all"))
    assert seen.years == ["2024-25", "2025-26"] and seen.signs("reach", "2024-25")
