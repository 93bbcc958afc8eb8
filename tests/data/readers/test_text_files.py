"""Text files: every encoding, delimiter and quoting of real exports, and no row lost on the way."""

import pytest

from data.errors import Refusal
from data.readers import archive, read
from data.readers.handover import open_sheet


@pytest.fixture
def rows_of(tmp_path):
    """The rows of a text file with this content, each with its row number first."""

    def rows(content: bytes | str) -> list[list]:
        path, folder = tmp_path / "log.csv", tmp_path / "out"
        folder.mkdir()
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (entry,) = archive.read_any(path, "log.csv", folder, lambda stage, fraction: None)
        rows.notices = [code for code, _ in entry["notices"]]
        return [list(row.values()) for row in open_sheet(folder, entry["sheets"][0]).to_pylist()]

    return rows


def test_cells_stay_text_as_they_are(rows_of):
    assert rows_of("id,n,d\n00123, 1.50 ,2025-10-07\n1e5,TRUE,10/7/25\n") == [
        [1, "id", "n", "d"],
        [2, "00123", "1.50", "2025-10-07"],
        [3, "1e5", "TRUE", "10/7/25"],
    ]


@pytest.mark.parametrize(
    "encoding, text",
    [
        ("utf-8", "Zoë,José,Łukasz"),
        ("utf-8-sig", "Zoë,José,Łukasz"),
        ("utf-16", "Zoë,José,Łukasz"),
        ("utf-16-le", "Zoe,Jose,Lukasz"),
        ("utf-16-be", "Zoe,Jose,Lukasz"),
        ("utf-32", "Zoë,José,Łukasz"),
        ("cp1252", "Zoë,José – “x”,€"),
    ],
)
def test_encodings(rows_of, encoding, text):
    assert rows_of((text + "\nb,c,d\n").encode(encoding)) == [[1, *text.split(",")], [2, "b", "c", "d"]]


def test_a_file_that_mixes_encodings_keeps_every_name(rows_of):
    assert rows_of("Zoë,1\n".encode() + "José,2\n".encode("cp1252")) == [[1, "Zoë", "1"], [2, "José", "2"]]


def test_names_that_an_older_mac_program_wrote_are_read_and_told(rows_of):
    names = "José,Hernández,Peña,López,Martínez,Ángel,mom’s"
    assert rows_of((names + "\nb,c,d,e,f,g,h\n").encode("mac_roman"))[0] == [1, *names.split(",")]
    assert rows_of.notices == ["mac_letters"]


@pytest.mark.parametrize(
    "text",
    ["José Šarić".replace("ć", "c"), "Željko, Peña", "called—no answer, José", "mom’s “yes” – done", "Smith‡,Ng"],
)
def test_windows_letters_stay_those_of_windows(rows_of, text):
    cells = [cell.strip() for cell in text.split(",")]
    assert rows_of((text + "\nb,c\n").encode("cp1252"))[0][1 : len(cells) + 1] == cells
    assert rows_of.notices == []


def test_letters_of_which_no_word_tells_are_told(rows_of):
    rows_of("Muñoz,1\nb,2\n".encode("mac_roman"))
    assert rows_of.notices == ["unsure_letters"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(rows_of, delimiter):
    lines = [["Student", "When", "Said"], ["Lee, Pat", "1", "yes, later"], ["Ng, Kim", "2", "no"]]
    cells = [[f'"{cell}"' if delimiter == "," else cell for cell in line] for line in lines]
    text = "\n".join(delimiter.join(line) for line in cells)
    assert rows_of(text) == [[number, *line] for number, line in enumerate(lines, 1)]


def test_excels_own_delimiter_line(rows_of):
    """Excel does not show the line "sep=;": the header below it is its row 1."""
    assert rows_of("sep=;\r\na;b\r\n1,5;2\r\n") == [[1, "a", "b"], [2, "1,5", "2"]]


def test_title_lines_do_not_hide_the_delimiter(rows_of):
    assert rows_of("Contact log\n\nPrinted today\na;b;c\n1;2;3\n4;5;6\n")[3:] == [
        [4, "a", "b", "c"],
        [5, "1", "2", "3"],
        [6, "4", "5", "6"],
    ]


def test_one_line_with_a_delimiter_is_no_single_column(rows_of):
    assert rows_of("names\nanna\nbo\ncy\nd;e\n")[-1] == [5, "d", "e"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(rows_of, end):
    assert rows_of(end.join(["a,b", "", '"x' + end + 'y",2', ""])) == [
        [1, "a", "b"],
        [2, None, None],
        [3, f"x{end}y", "2"],
    ]


def test_row_numbers_count_blank_lines(rows_of):
    assert [row[0] for row in rows_of("a,b\n\n\n1,2\n \n3,4\n") if row[1]] == [1, 4, 6]


def test_ragged_rows_are_filled_and_blank_ends_cut(rows_of):
    assert rows_of("a,b,,\n1\n1,2,3,,\n,,,,\n,,\n") == [[1, "a", "b", None], [2, "1", None, None], [3, "1", "2", "3"]]


def test_doubled_quotes_and_quotes_within_a_word(rows_of):
    assert rows_of('a,b\n"say ""hi""",5" nail\n"x"y,z\n') == [[1, "a", "b"], [2, 'say "hi"', '5" nail'], [3, "xy", "z"]]


def test_a_stray_quote_swallows_no_rows(rows_of):
    """Two stray marks ten rows apart: Excel would make one cell of the ten rows."""
    lines = [f'{i},"Lee, Pat",ok,x' for i in range(1, 21)]
    lines[4] = '5,"Lee, Pat","say,x'
    lines[14] = '15,"Lee, Pat","so,x'
    found = rows_of("\n".join(lines))
    assert [row[0] for row in found] == list(range(1, 21))
    assert found[4] == [5, "5", "Lee, Pat", '"say', "x"]
    assert found[15] == [16, "16", "Lee, Pat", "ok", "x"]
    assert rows_of.notices == ["stray_quotes"]


def test_a_quote_that_never_closes(rows_of):
    assert rows_of('a,b\n1,"x\n2,y\n3,z') == [[1, "a", "b"], [2, "1", '"x'], [3, "2", "y"], [4, "3", "z"]]


def test_careless_quotes_everywhere(rows_of):
    lines = [f'{i},"say {i}' for i in range(3000)]
    assert rows_of("\n".join(lines)) == [[i + 1, str(i), f'"say {i}'] for i in range(3000)]


def test_nul_characters_go(rows_of):
    assert rows_of(b"a,b\0\n1\0" + b"2,3\n" * 9)[:2] == [[1, "a", "b"], [2, "12", "3"]]


def test_a_wide_row_late_in_a_long_file(rows_of):
    """The sheet grows wider after parts of it are written."""
    found = rows_of("a,b\n" * 120_000 + "1,2,3,4\n" + "c,d\n" * 10)
    assert len(found) == 120_011
    assert found[0] == [1, "a", "b", None, None]
    assert found[120_000] == [120_001, "1", "2", "3", "4"]
    assert found[-1] == [120_011, "c", "d", None, None]


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", "empty_file"),
        (b"\n\n ,, \n", "no_values"),
        (b"\xef\xbb\xbf", "no_values"),
        (b"a," * 20_000 + b"\n1,2\n", "too_many_columns"),
        (b"x" * 40_000_000, "line_too_long"),
        (b'{"doc_id": "1", "url": "https://docs.example/sheet"}', "not_spreadsheet"),
        (bytes(range(1, 32)) * 100, "not_spreadsheet"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path, content, code):
    (tmp_path / "log.csv").write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read(tmp_path / "log.csv", "log.csv")
    assert refused.value.code == code


@pytest.mark.parametrize("cell", ['="00123"', '"=""00123"""', "'00123"])
def test_numbers_written_so_that_a_spreadsheet_program_keeps_their_zeros_are_read(rows_of, cell):
    assert rows_of(f'id,n\n{cell},"a = ""b"""\n="",=1+1\n') == [
        [1, "id", "n"], [2, "00123", 'a = "b"'], [3, None, "=1+1"]
    ]  # fmt: skip


def test_an_apostrophe_of_a_name_stays(rows_of):
    assert rows_of("id,name\n1,'Okoye\n2,'n Berg\n3,'4' note\n")[1:] == [
        [2, "1", "'Okoye"], [3, "2", "'n Berg"], [4, "3", "'4' note"]
    ]  # fmt: skip
