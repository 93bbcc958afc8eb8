"""The simulation of coverage runs, refuses what must be refused, and finds intervals that mostly hold the truth."""

from benchmarks import coverage


def test_the_simulation_prints_coverage_and_refusals(capsys):
    table = coverage.main(["--districts", "25", "--seed", "3"]).set_index("intervals")
    assert "coverage_%" in capsys.readouterr().out
    refused = table[(table["refused"] == 25)]
    few = [name for name in table.index if (" 4 schools" in name and "all K-8" not in name) or "3 receiving" in name]
    assert sorted(refused.index) == sorted(few)
    assert ((table["shown"] + table["refused"]) == 25).all()
    shown = table[table["shown"] > 0]
    assert 88 <= (shown["coverage_%"] * shown["shown"]).sum() / shown["shown"].sum() <= 98
