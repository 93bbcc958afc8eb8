"""HTML tables saved as .xls, zips of files, OneRoster exports as zip and as folder."""

import hashlib

import pytest

from data.errors import Refusal
from data.readers import read
from tests.support.files import workbook, zip_bytes, zipped

ROSTER = {
    "orgs.csv": "sourcedId,name,type\ns1,Lincoln,school\n",
    "users.csv": "sourcedId,givenName\nu1,Zoë\n",
    "enrollments.csv": "sourcedId,userSourcedId\ne1,u1\n",
    "academicSessions.csv": "sourcedId,title\nt1,2025-26\n",
    "manifest.csv": "propertyName,value\noneroster.version,1.1\n",
    "lineItems.csv": "sourcedId\nl1\n",
}


def rows(sheet) -> list[list]:
    return [list(row.values()) for row in sheet.table.to_pylist()]


def refused(path, name="export.zip") -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(path, name)
    return caught.value


# -- pages ---------------------------------------------------------------------------------------------


def test_an_html_table_saved_as_xls(tmp_path):
    page = (
        '<html><head><meta charset="windows-1252"><style>td{color:red}</style><title>Export</title></head><body>'
        "<table><tr><th colspan=2>Student<th>When</tr><tr><td>00123</td><td>José &amp; <b>Pat</b><br>Lee</td>"
        "<td>10/7/2025 </td></tr><tr><td rowspan=2>4<td>x<td>y</tr><tr><td>z</table></body></html>"
    )
    (tmp_path / "log.xls").write_bytes(page.encode("cp1252"))
    (found,) = read(tmp_path / "log.xls", "log.xls")
    assert found.kind == "html"
    assert rows(found.sheets[0]) == [
        [1, "Student", None, "When"],
        [2, "00123", "José & Pat\nLee", "10/7/2025"],
        [3, "4", "x", "y"],
        [4, None, "z", None],
    ]
    assert found.sheets[0].merged == [(1, 0, 1, 1), (3, 0, 4, 0)]


def test_a_page_with_layout_and_two_lists(tmp_path):
    inner = "<table><tr><td>a<td>b</tr></table><table><tr><td>c<td>d</tr></table>"
    (tmp_path / "log.xls").write_text(f"<html><table><tr><td>menu {inner}</td></tr></table></html>")
    (found,) = read(tmp_path / "log.xls", "log.xls")
    assert [(sheet.name, rows(sheet)) for sheet in found.sheets] == [
        ("Table 1", [[1, "a", "b"]]),
        ("Table 2", [[1, "c", "d"]]),
    ]


def test_hidden_words_are_left_out_and_rows_are_not(tmp_path):
    page = (
        '<table><tr><td><span style="display:none">01</span>Pat<td>1</tr><tr style="display: none"><td>Kim<td>2</table>'
    )
    (tmp_path / "log.xls").write_text(page)
    assert rows(read(tmp_path / "log.xls", "log.xls")[0].sheets[0]) == [[1, "Pat", "1"], [2, "Kim", "2"]]


def test_a_sign_in_page_saved_by_mistake(tmp_path):
    (tmp_path / "log.xls").write_text("<!DOCTYPE html><html><body><form>Sign in<input></form></body></html>")
    assert refused(tmp_path / "log.xls").code == "web_page"


def test_html_in_the_notes_of_a_log_is_no_page(tmp_path):
    (tmp_path / "log.csv").write_text('id,note\n1,"<table><tr><td>x</td></tr></table>"\n')
    (found,) = read(tmp_path / "log.csv", "log.csv")
    assert (found.kind, found.sheets[0].table.num_rows) == ("csv", 2)


# -- zips ----------------------------------------------------------------------------------------------


def test_a_zip_of_files_gives_a_workbook_each(tmp_path):
    book = workbook(tmp_path / "b.xlsx", {"Log": [["x", "y"]]}).read_bytes()
    files = {"in/a.csv": "a,b\n1,2\n", "b.xlsx": book, "__MACOSX/._a.csv": "x", ".hidden": "x", "read me.pdf": "%PDF-1"}
    found = read(zipped(tmp_path / "export.zip", files), "export.zip")
    assert [(one.file_name, one.kind) for one in found] == [
        ("a.csv in export.zip", "csv"),
        ("b.xlsx in export.zip", "xlsx"),
    ]
    assert found[0].sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert [notice.code for notice in found[0].notices] == ["left_out"]
    assert "read me.pdf" in found[0].notices[0].sentence


def test_hostile_names_in_a_zip_stay_names(tmp_path):
    found = read(zipped(tmp_path / "export.zip", {"../../../evil\n.csv": "a,b\n", "/etc/x.csv": "c,d\n"}), "export.zip")
    assert [one.file_name for one in found] == ["evil .csv in export.zip", "x.csv in export.zip"]
    assert not list(tmp_path.parent.glob("**/evil*"))


@pytest.mark.parametrize(
    "files, code",
    [
        ({"inner.zip": zip_bytes({"a.csv": "a,b\n"})}, "nested_zip"),
        ({"a.pdf": "%PDF-1"}, "not_spreadsheet"),
        ({"a.pdf": "%PDF-1", "b.png": b"\x89PNG"}, "zip_without_tables"),
        ({"folder/": ""}, "zip_without_tables"),
        ({f"{i}.csv": "a" for i in range(501)}, "too_many_files"),
        ({"a.csv": b"a" * (64 << 20)}, "unpacks_too_large"),
    ],
)
def test_zips_that_are_refused(tmp_path, files, code):
    assert refused(zipped(tmp_path / "export.zip", files)).code == code


def test_a_zip_with_a_password(tmp_path):
    path = zipped(tmp_path / "export.zip", {"a.csv": "a,b\n"})
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the flag in the member's own header and in the directory
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert refused(path).code == "password"


def test_a_zip_packed_in_an_unknown_way(tmp_path):
    path = zipped(tmp_path / "export.zip", {"a.csv": "a,b\n"})
    content = bytearray(path.read_bytes())
    content[8] = content[content.index(b"PK\x01\x02") + 10] = 9  # "deflate64", of Windows' own zips
    path.write_bytes(content)
    assert refused(path).code == "packed_oddly"


# -- OneRoster -----------------------------------------------------------------------------------------


def test_a_oneroster_zip_and_folder_are_the_same_roster(tmp_path):
    folder = tmp_path / "roster"
    folder.mkdir()
    for name, content in ROSTER.items():
        (folder / name).write_text(content)
    (from_folder,) = read(folder, "roster")
    (from_zip,) = read(zipped(tmp_path / "r.zip", {f"export/{n}": c for n, c in ROSTER.items()}), "r.zip")
    for found in (from_folder, from_zip):
        assert found.kind == "oneroster"
        assert [sheet.name for sheet in found.sheets] == [
            "orgs",
            "users",
            "enrollments",
            "academicSessions",
            "manifest",
        ]
        assert rows(found.sheets[1]) == [[1, "sourcedId", "givenName"], [2, "u1", "Zoë"]]
    assert from_folder.sha256 == from_zip.sha256


def test_a_oneroster_file_without_content(tmp_path):
    (found,) = read(zipped(tmp_path / "r.zip", {**ROSTER, "demographics.csv": ""}), "r.zip")
    assert "demographics" not in [sheet.name for sheet in found.sheets]
    assert [notice.code for notice in found.notices] == ["left_out"]


def test_a_folder_of_something_else(tmp_path):
    (tmp_path / "photos").mkdir()
    assert refused(tmp_path / "photos", "photos").code == "folder_not_oneroster"


def test_the_mark_of_an_open_workbook_is_refused_in_words_and_passed_over_in_a_zip(tmp_path):
    mark = tmp_path / "mark"
    mark.write_bytes(b"\x04Jane" + b" " * 160)
    found = refused(mark, "~$log.xlsx")
    assert found.code == "lock_file" and "Save and close log.xlsx" in found.sentence
    packed = zipped(tmp_path / "e.zip", {"log.csv": "Date,Student\n9/1/2025,Ana\n", "~$log.xlsx": "x"})
    (book,) = read(packed, "e.zip")
    assert book.notices == []
