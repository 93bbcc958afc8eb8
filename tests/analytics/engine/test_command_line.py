"""`python -m analytics`: what it prints, at full precision, and how it refuses."""

import csv
import io
import json
import shutil

import pytest

from access.viewer import LOCAL
from analytics.__main__ import main
from analytics.answer import ask
from analytics.measures import CUTS, MEASURES
from analytics.question import Question


@pytest.fixture
def copy(small_store, tmp_path):
    """The path of a copy of the store, which the command opens as another process would."""
    small_store.checkpoint()
    return shutil.copy(small_store.path, tmp_path / "copy.duckdb")


def rows(text: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_prints_the_cuts_then_the_columns_at_full_precision(small_store, copy, capsys):
    assert main(["contact_rate", "--store", str(copy), "--by", "band,month", "--format", "csv"]) == 0
    text = capsys.readouterr().out
    assert text.splitlines()[0] == "band,month,value,numerator,denominator,students,schools"
    table = ask(small_store, LOCAL, Question("contact_rate", ("band", "month"))).table
    assert [float(row["value"] or "nan") for row in rows(text)] == pytest.approx(
        list(table["value"]), rel=0, nan_ok=True
    )


def test_a_cell_with_nothing_in_it_prints_no_value(copy, capsys):
    main(["reach", "--store", str(copy), "--by", "band", "--school", "Alder Elementary", "--format", "csv"])
    high = next(row for row in rows(capsys.readouterr().out) if row["band"] == "high")
    assert (high["value"], high["numerator"], high["denominator"]) == ("", "0", "0")


def test_quantiles_have_columns_of_their_own(copy, capsys):
    main(["contacts_per_student", "--store", str(copy), "--format", "csv"])
    (row,) = rows(capsys.readouterr().out)
    assert list(row)[-5:] == ["p25", "p50", "p75", "p90", "share_at_zero"]
    assert row["value"] == row["p50"]


def test_a_median_that_is_not_reached_says_so(copy, capsys):
    main(["days_to_reply", "--store", str(copy), "--by", "week", "--format", "csv"])
    found = rows(capsys.readouterr().out)
    assert {"not reached"} < {row["value"] for row in found}
    assert all(row["value"] == "" for row in found if row["denominator"] == "0")


def test_a_median_of_days_is_printed_whole(copy, capsys):
    main(["days_to_reply", "--store", str(copy), "--by", "band", "--format", "csv"])
    values = [row["value"] for row in rows(capsys.readouterr().out)]
    assert any(value.isdigit() for value in values) and not any("." in value for value in values)
    main(["days_to_reply", "--store", str(copy), "--by", "band", "--format", "json"])
    said = [row["value"] for row in json.loads(capsys.readouterr().out)["rows"]]
    assert values == ["" if value is None else str(value) for value in said]


def test_json_carries_the_words_and_the_period(copy, capsys):
    main(["two_way_share", "--store", str(copy), "--from", "2025-09-01", "--to", "2025-12-31", "--format", "json"])
    said = json.loads(capsys.readouterr().out)
    assert (said["measure"], said["from"], said["to"]) == ("two_way_share", "2025-09-01", "2025-12-31")
    assert said["rows"][0]["denominator"] > 0 and said["numerator"] == MEASURES["two_way_share"].numerator


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_prints_as_a_table(copy, capsys, name):
    assert main([name, "--store", str(copy), "--by", "band"]) == 0
    assert MEASURES[name].label in capsys.readouterr().out


def test_the_drop_off_and_the_same_students(copy, capsys):
    assert main(["drop_off", "--measure", "reach", "--store", str(copy), "--format", "csv"]) == 0
    found = rows(capsys.readouterr().out)
    assert list(found[0]) == ["band", "value", "ratio", "drop_off", "low", "high", "students", "schools", "note"]
    assert [row["band"] for row in found] == ["elementary", "middle", "high"]
    assert main(["drop_off", "--channel", "phone", "--store", str(copy)]) == 0
    assert main(["transition", "--store", str(copy)]) == 0


def test_a_release_is_written_with_its_proof(copy, tmp_path, capsys):
    assert main(["release", "--store", str(copy), "--year", "2024-25", "--out", str(tmp_path / "out")]) == 0
    assert "proof passed" in capsys.readouterr().out
    assert json.loads((tmp_path / "out" / "release.json").read_text())["proof_passed"] is True


def test_a_release_and_its_settings_are_one_object_of_json(copy, tmp_path, capsys):
    asked = ["--store", str(copy), "--format", "json"]
    assert main(["release", "--year", "2024-25", "--look", *asked]) == 0
    looked = json.loads(capsys.readouterr().out)
    assert looked["published"] is False and looked["years"] == ["2024-25"] and "folder" not in looked
    assert 0 < looked["hidden"] == sum(looked["why"].values()) <= looked["cells"]
    assert main(["release", "--year", "2024-25", "--out", str(tmp_path / "out"), *asked]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["published"] is True and {name: made[name] for name in ("cells", "hidden", "why")} == {
        name: looked[name] for name in ("cells", "hidden", "why")
    }
    assert set(made["tables"]) == {path.stem for path in (tmp_path / "out").glob("*.csv")}
    assert main(["release_settings", *asked]) == 0
    assert json.loads(capsys.readouterr().out)["n_min"] == 10


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["reahc"], 2, "Did you mean 'reach'?"),
        (["reach", "--by", "brand"], 2, "Did you mean 'band'?"),
        (["reach", "--by", "band,month,week"], 2, "one or two"),
        (["reach", "--from", "2026-01-01", "--to", "2025-01-01"], 2, "before it begins"),
        (["reach", "--school", "Aldr"], 1, "Did you mean 'Alder Elementary'?"),
        (["reach", "--where", "channel=phne"], 1, "Did you mean 'phone'?"),
        (["reach", "--from", "0001-01-01", "--to", "9999-12-31"], 2, "0001-01-01 is no date of a school"),
        (["reach", "--by", "week", "--to", "9999-12-31"], 2, "9999-12-31 is no date of a school"),
        (["reach", "--where", "grade=99"], 1, "has no value '99'. Known are: PK, TK, K, 1, 2, 3"),
        (["transition", "--grade", "77"], 1, "There is no grade '77' to move on from. Known are: PK, TK, K, 1"),
        (["reach", "--where", "month=September"], 1, "Write it as 2025-09"),
        (["drop_off", "--measure", "days_to_reply"], 1, "not a ratio"),
        (["reach", "--channel", "phone"], 2, "belongs to drop_off"),
        (["reach", "--out", "somewhere"], 2, "belongs to release"),
        (["release", "--by", "band"], 2, "takes no cuts"),
        (["release", "--format", "csv"], 2, "leave --format away"),
    ],
)
def test_refusals_are_one_sentence(copy, capsys, words, status, said):
    assert main([*words, "--store", str(copy)]) == status
    heard = capsys.readouterr()
    assert said in heard.err and heard.out == "" and "Traceback" not in heard.err
    assert heard.err.count("\n") == 1


@pytest.mark.parametrize(
    "words", [["reach", "--from", "01/09/2025"], ["reach", "--where", "phone"], ["release", "--out", ""], []]
)
def test_usage(capsys, words):
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2


def test_a_store_that_is_not_there_is_not_made(tmp_path, capsys):
    assert main(["reach", "--store", str(tmp_path / "none.duckdb")]) == 1
    assert "no store" in capsys.readouterr().err
    assert not (tmp_path / "none.duckdb").exists()


def test_help_names_every_measure_and_cut(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert all(name in text for name in (*MEASURES, *CUTS))
