"""Who may come in: denied first, then let in, bound, revoked, removed; the log only grows."""

import os
import sqlite3
import stat
import sys
import time
from contextlib import closing
from pathlib import Path
from subprocess import run

import pytest

from access.directory import Directory, NotPossible, default_path
from access.sign_in import ENDED, EXPIRED, UNKNOWN, UNVERIFIED, viewer_of
from access.viewer import Viewer

NOW = 1_800_000_000
CLAIMS = {
    "iss": "https://id.example",
    "sub": "s1",
    "iat": NOW - 60,
    "email": "p.lee@district.org",
    "email_verified": True,
}


@pytest.fixture
def directory(tmp_path):
    return Directory(tmp_path / "access.sqlite")


def test_nobody_comes_in_by_default(directory):
    assert viewer_of(CLAIMS, directory, NOW) == UNKNOWN
    assert viewer_of({}, directory, NOW) == ENDED


def test_a_principal_comes_in_for_the_own_schools_and_sees_students(directory):
    directory.add("P.Lee@District.org", "principal", ["Lincoln"])
    assert viewer_of(CLAIMS, directory, NOW) == Viewer("principal", "p.lee@district.org", ("Lincoln",), None, True)


def test_a_district_user_sees_students_only_with_that_right(directory):
    assert directory.add("d@x.org", "district").students is False
    assert directory.add("d@x.org", "district", students=True).students is True


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_counts_only_when_it_is_verified(directory, verified):
    directory.add(CLAIMS["email"], "district")
    assert viewer_of({**CLAIMS, "email_verified": verified}, directory, NOW) == UNVERIFIED


@pytest.mark.parametrize(
    ("issuer", "said", "comes_in"),
    [
        ("https://login.microsoftonline.com/t/v2.0", True, True),
        ("https://login.microsoftonline.com/t/v2.0", "1", True),
        ("https://login.microsoftonline.com/t/v2.0", False, False),
        ("https://login.microsoftonline.com/t/v2.0", "false", False),
        ("https://login.microsoftonline.com/t/v2.0", "0", False),
        ("https://login.microsoftonline.com.evil.example/t", True, False),
    ],
)
def test_entra_vouches_for_an_address_in_its_own_claim(directory, issuer, said, comes_in):
    directory.add(CLAIMS["email"], "district")
    claims = {**CLAIMS, "iss": issuer, "xms_edov": said, "email_verified": None}
    assert isinstance(viewer_of(claims, directory, NOW), Viewer) is comes_in


def test_roles_and_groups_in_the_token_mean_nothing(directory):
    directory.add(CLAIMS["email"], "panel")
    forged = {**CLAIMS, "role": "district", "roles": ["district"], "groups": ["x"] * 600, "schools": ["B"]}
    assert viewer_of(forged, directory, NOW).role == "panel"


def test_after_the_first_sign_in_the_identity_counts_and_not_the_address(directory):
    directory.add(CLAIMS["email"], "district")
    viewer_of(CLAIMS, directory, NOW)
    renamed = {**CLAIMS, "email": "other@district.org", "email_verified": False}
    assert viewer_of(renamed, directory, NOW).name == "p.lee@district.org"
    somebody_else = {**CLAIMS, "sub": "s2"}
    assert viewer_of(somebody_else, directory, NOW) == UNKNOWN


def test_the_same_subject_of_another_provider_is_somebody_else(directory):
    """A subject is a name within one provider only: whoever has it at another one gets nobody's rights."""
    directory.add(CLAIMS["email"], "district", students=True)
    viewer_of(CLAIMS, directory, NOW)
    elsewhere = {**CLAIMS, "iss": "https://other.example"}
    assert viewer_of(elsewhere, directory, NOW) == UNKNOWN
    assert viewer_of({**elsewhere, "email": "x@other.example", "email_verified": False}, directory, NOW) == UNVERIFIED


def test_an_address_is_the_same_however_it_is_spelled(directory):
    """Providers write addresses as the person typed them, and so do those who end an access in a hurry."""
    directory.add(" P.Lee@District.org", "district")
    assert [person.email for person in directory.people()] == [CLAIMS["email"]]
    spelled = {**CLAIMS, "email": "P.LEE@district.ORG"}
    assert viewer_of(spelled, directory, NOW).name == CLAIMS["email"]
    directory.revoke("P.Lee@District.org ")
    assert directory.find("P.Lee@District.org").revoked_before > 0
    directory.remove("P.Lee@District.org ")
    assert directory.people() == []


def test_a_sign_in_counts_for_twelve_hours(directory):
    directory.add(CLAIMS["email"], "district")
    at = {**CLAIMS, "iat": NOW - 12 * 3600}
    assert isinstance(viewer_of(at, directory, NOW), Viewer)
    assert viewer_of({**CLAIMS, "iat": NOW - 12 * 3600 - 1}, directory, NOW) == EXPIRED
    # The provider's clock may be five minutes ahead.
    assert isinstance(viewer_of({**CLAIMS, "iat": NOW + 300}, directory, NOW), Viewer)
    assert viewer_of({**CLAIMS, "iat": NOW + 301}, directory, NOW) == EXPIRED


@pytest.mark.parametrize(
    "claim", [{"iss": ""}, {"iss": None}, {"sub": ""}, {"sub": 7}, {"iat": None}, {"iat": str(NOW)}, {"iat": True}]
)
def test_a_sign_in_without_issuer_subject_or_time_is_none(directory, claim):
    directory.add(CLAIMS["email"], "district")
    assert viewer_of({**CLAIMS, **claim}, directory, NOW) == ENDED
    assert directory.find(CLAIMS["email"]).issuer is None, "nothing was bound"


def test_a_revoked_sign_in_is_over_and_a_new_one_counts(directory):
    directory.add(CLAIMS["email"], "district")
    now = time.time()
    assert isinstance(viewer_of({**CLAIMS, "iat": now - 60}, directory, now), Viewer)
    directory.revoke(CLAIMS["email"])
    assert viewer_of({**CLAIMS, "iat": now - 60}, directory, now) == ENDED
    assert isinstance(viewer_of({**CLAIMS, "iat": now + 5}, directory, now + 6), Viewer)


def test_a_sign_in_is_over_when_it_began_before_the_revocation(directory):
    directory.add(CLAIMS["email"], "district")
    directory.revoke(CLAIMS["email"])
    ended = directory.find(CLAIMS["email"]).revoked_before
    assert viewer_of({**CLAIMS, "iat": ended - 1}, directory, ended) == ENDED
    assert isinstance(viewer_of({**CLAIMS, "iat": ended}, directory, ended), Viewer)


def test_a_bound_address_is_not_bound_again(directory):
    directory.add(CLAIMS["email"], "district")
    directory.bind(CLAIMS["email"], "https://id.example", "s1")
    directory.bind(CLAIMS["email"], "https://id.example", "s2")
    assert directory.find(CLAIMS["email"]).subject == "s1"


def test_what_a_page_was_shown_for_stands_only_as_long_as_the_right_to_it(directory):
    viewer, since = directory.add("p@x.org", "principal", ["Lincoln"]).viewer(), time.time()
    assert directory.stands(viewer, since)
    directory.add("p@x.org", "principal", ["Roosevelt"])
    assert not directory.stands(viewer, since)
    directory.add("p@x.org", "principal", ["Lincoln"])
    assert directory.stands(viewer, since)
    directory.revoke("p@x.org")
    assert not directory.stands(viewer, since) and directory.stands(viewer, time.time())
    directory.remove("p@x.org")
    assert not directory.stands(viewer, time.time())


def test_a_district_user_sees_the_own_districts(directory):
    viewer = directory.add("a@x.org", "district", districts=["South", "North", "South"]).viewer()
    assert viewer == Viewer("district", "a@x.org", None, ("North", "South"), False)


def test_a_change_of_role_takes_the_old_rights_away(directory):
    directory.add("a@x.org", "district", districts=["North"], students=True)
    assert directory.add("a@x.org", "panel").viewer() == Viewer("panel", "a@x.org", None, None, False)


def test_the_log_gives_its_newest_lines(directory):
    for number in range(3):
        directory.record("a@x.org", "shown", "Lincoln", number)
    assert [line[-1] for line in directory.log(newest=2)] == [2, 1]


def test_a_removed_person_is_unknown_at_the_next_page(directory):
    directory.add(CLAIMS["email"], "district")
    viewer_of(CLAIMS, directory, NOW)
    directory.remove(CLAIMS["email"])
    assert viewer_of(CLAIMS, directory, NOW) == UNKNOWN


def test_who_is_let_in_anew_has_to_sign_in_anew(directory):
    """A copied cookie of before the removal neither comes in nor takes the address for its identity."""
    now = time.time()
    directory.add(CLAIMS["email"], "district")
    directory.remove(CLAIMS["email"])
    directory.add(CLAIMS["email"].upper(), "principal", ["Lincoln"])
    assert viewer_of({**CLAIMS, "iat": now - 60}, directory, now) == ENDED
    assert directory.find(CLAIMS["email"]).issuer is None
    assert viewer_of({**CLAIMS, "iat": now + 5, "sub": "s2"}, directory, now + 6).schools == ("Lincoln",)


@pytest.mark.parametrize(
    ("email", "role", "schools", "students"),
    [("not an address", "district", None, False), ("a@b.org c@d.org", "district", None, False),
     ("a@b.org", "king", None, False),
     ("a@b.org", "principal", None, False),
     ("a@b.org", "panel", None, True), ("a@b.org", "panel", ["Lincoln"], False)],
)  # fmt: skip
def test_entries_that_make_no_sense_are_refused(directory, email, role, schools, students):
    with pytest.raises(NotPossible):
        directory.add(email, role, schools, students=students)
    assert directory.people() == []


def test_the_log_only_grows(directory):
    directory.record("p.lee@district.org", "family list shown", "Lincoln", 31)
    assert [line[1:] for line in directory.log()] == [("p.lee@district.org", "family list shown", "Lincoln", 31)]
    file = sqlite3.connect(directory.path)
    for forbidden in ("DELETE FROM audit", "UPDATE audit SET row_count = 0"):
        with pytest.raises(sqlite3.DatabaseError, match="kept"):
            file.execute(forbidden)
    assert len(directory.log()) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps files private by the user's folder")
def test_the_file_is_private(directory):
    directory.add("a@b.org", "district")
    assert stat.S_IMODE(directory.path.stat().st_mode) == 0o600


def test_the_command_line(tmp_path):
    def access(*words):
        root = Path(__file__).resolve().parents[2]
        return run([sys.executable, "-m", "access", *words], env={**os.environ, "BOTHWAYS_HOME": str(tmp_path)},
                   cwd=root, capture_output=True, text=True)  # fmt: skip

    assert access("add", "p@x.org", "--role", "principal", "--school", "Lincoln").returncode == 0
    assert "p@x.org  principal  Lincoln  sees students" in access("list").stdout
    refused = access("add", "p@x.org", "--role", "principal")
    assert refused.returncode == 1 and "school" in refused.stderr and "Traceback" not in refused.stderr
    assert access("add", "p@x.org", "--role", "boss").returncode == 2
    assert access("revoke", "p@x.org").returncode == 0 and access("remove", "p@x.org").returncode == 0
    assert access("remove", "p@x.org").returncode == 1
    assert access("add", "board@x.org", "--role", "panel").stdout.split("  ")[2] == "released tables only"
    assert access("add", "d@x.org", "--role", "district", "--district", "North").stdout.split("  ")[2] == "North"
    told = [(who, what, of) for _, who, what, of, _ in Directory(tmp_path / "access.sqlite").log()]
    assert told == [
        ("command line", "access given: district, North", "d@x.org"),
        ("command line", "access given: panel", "board@x.org"), ("command line", "access removed", "p@x.org"),
        ("command line", "sign-ins ended", "p@x.org"),
        ("command line", "access given: principal, Lincoln, with names of students", "p@x.org"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "schools", "districts"),
    [
        ("principal", [""], None),
        ("principal", ["Lincoln", "  "], None),
        ("district", None, [""]),
        ("panel", None, ["North"]),
    ],
)
def test_a_name_that_says_nothing_gives_no_right(directory, role, schools, districts):
    """Such an entry had been listed as one for all schools."""
    with pytest.raises(NotPossible):
        directory.add("a@x.org", role, schools, districts)
    assert directory.people() == []


def test_names_are_kept_without_blanks_around_them(directory):
    assert directory.add("a@x.org", "principal", [" Lincoln "]).schools == ("Lincoln",)


def test_the_directory_lies_where_the_stores_do(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("BOTHWAYS_HOME", "~/bothways")
    assert default_path() == tmp_path / "bothways" / "access.sqlite"


CHANGES = {
    "add": lambda people: people.add("new@x.org", "panel", by="a@x.org"),
    "change": lambda people: people.add("old@x.org", "district", students=True, by="a@x.org"),
    "revoke": lambda people: people.revoke("OLD@x.org ", by="a@x.org"),
    "remove": lambda people: people.remove("OLD@x.org ", by="a@x.org"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_whose_line_cannot_be_written_is_not_made(tmp_path, change):
    """The same as where a process is killed between the two: they are one transaction."""
    people = Directory(tmp_path / "access.sqlite")
    people.add("old@x.org", "panel")
    before = people.people()
    with closing(sqlite3.connect(people.path)) as file, file:
        file.execute("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with pytest.raises(sqlite3.Error):
        CHANGES[change](people)
    assert people.people() == before and people.log() == []
    assert Directory(people.path).add("old@x.org", "panel").revoked_before == 0  # nor was a removal noted


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_that_says_by_whom_it_is_has_its_line(tmp_path, change):
    people = Directory(tmp_path / "access.sqlite")
    people.add("old@x.org", "panel")
    CHANGES[change](people)
    whom = "new@x.org" if change == "add" else "old@x.org"
    said = {"add": "access given: panel", "change": "access given: district, all schools, with names of students",
            "revoke": "sign-ins ended", "remove": "access removed"}  # fmt: skip
    assert [line[1:] for line in people.log()] == [("a@x.org", said[change], whom, 1)]


def test_what_is_turned_down_has_no_line(tmp_path):
    people = Directory(tmp_path / "access.sqlite")
    for change in (people.remove, people.revoke):
        with pytest.raises(NotPossible):
            change("nobody@x.org", by="a@x.org")
    assert people.log() == []
