"""Over a raw WebSocket: a principal of school A who forges everything a browser sends reads nothing of school B."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from access.sign_in import ENDED
from tests.support import screens, socket
from ui import router, sign_in

FOR_PRINCIPALS = [page for page in screens.PAGES if "principal" in router._roles(page)]
FOR_OTHERS = [page for page in screens.PAGES if "principal" not in router._roles(page)]
NOT_FOR_PANELS = [page for page in screens.PAGES if "panel" not in router._roles(page)]
KEYS = ("viewer", "_viewer", "role", "schools", "school", "list_school", "upload_school", "_by_router", "user")
GIVEN_NOTHING = "nobody has given you access"
WRONG = ("trigger_value", "bool_value", "int_value", "double_value", "string_value", "bytes_value", "json_value")


def forged_texts(run: socket.Run, text: str) -> dict[str, dict]:
    """Every widget with a text that no menu offers, in the type of the widget."""
    many = {widget for widget, message in run.widgets.items() if type(message).__name__ == "MultiSelect"}
    one = {widget for widget, message in run.widgets.items() if type(message).__name__ == "Selectbox"}
    return {
        **{widget: {"string_array_value": {"data": [text]}} for widget in many},
        **{widget: {"string_value": text} for widget in one},
    }


def unknown_ids(text: str) -> dict[str, dict]:
    """Widgets that do not exist, under the names that the program keeps in a session."""
    return {name: {"string_value": text} for key in KEYS for name in (key, f"$$ID-{'0' * 32}-{key}")}


def forged_kinds(run: socket.Run, text: str, turn: int) -> dict[str, dict]:
    """Every widget with a value of another kind than its own."""
    values = {"trigger_value": True, "bool_value": True, "int_value": 1, "double_value": 1.0, "string_value": text,
              "bytes_value": text.encode(), "json_value": f'{{"value": "{text}"}}'}  # fmt: skip
    return {
        widget: {kind: values[kind]}
        for place, widget in enumerate(run.widgets)
        for kind in [WRONG[(place + turn) % len(WRONG)]]
        if "_sign_out" not in widget
    }


@pytest.fixture
def principal(visitors) -> socket.Visitor:
    """The principal of school A."""
    return visitors("a@x.org")


@pytest.fixture
def leader(visitors) -> socket.Visitor:
    """Somebody who may see school B."""
    return visitors("leader@x.org")


def denied(run: socket.Run) -> bool:
    """Does the page say that it is for another role, and nothing else?"""
    kinds = {element.WhichOneof("type") for element in run.elements}
    return "not for your role" in str(run.elements) and kinds <= {"alert", "markdown", "button"}


@pytest.mark.parametrize("page", FOR_PRINCIPALS)
def test_forged_widgets_and_addresses_bring_no_row_of_another_school(page, principal, schools):
    query = "&".join(f"{key}={schools.other.replace(' ', '+')}" for key in KEYS)
    fragment = BackMsg()
    fragment.rerun_script.page_name = page
    fragment.rerun_script.fragment_id = "0" * 32
    with principal.session() as session:
        plain = session.run(page)
        whole = [plain, session.run(page, query), session.run(page, forged=forged_texts(plain, schools.other))]
        session.send(fragment)  # may be left without an answer
        whole.append(session.run(page))
    broken = []
    for forged in (unknown_ids(schools.other), *(forged_kinds(plain, schools.other, turn) for turn in (0, 3))):
        with principal.session() as session:
            session.run(page)
            broken.append(session.run(page, query, forged=forged))
    for run in whole:
        assert {element.WhichOneof("type") for element in run.elements} & {"heading", "markdown"}, "the page stands"
    for run in (*whole, *broken):
        assert run.messages and "Traceback" not in str(run.elements)
        assert schools.read_in(without_address(run)) == []


def without_address(run: socket.Run) -> bytes:
    """What a run sent but the address that the browser itself asked for."""
    kept = [m for m in run.messages if not m.HasField("page_info_changed") and not m.HasField("new_session")]
    return socket.Run(kept).raw


def test_who_may_see_the_other_school_reads_it_the_same_way(leader, schools):
    with leader.session() as session:
        page = session.run("families")
        chosen = {page.widget("School").id: {"string_value": schools.other}}
        read = schools.read_in(session.run("families", forged=chosen).raw)
    assert schools.other in read and len(read) > 10  # so the tests above can fail


@pytest.mark.parametrize("page", FOR_OTHERS)
def test_a_page_of_another_role_is_denied_by_name_and_by_hash(page, principal, leader, schools):
    with leader.session() as session:
        hashes = session.run().pages
    with principal.session() as session:
        for run in (session.run(page), session.run(page_script_hash=hashes[page])):
            assert denied(run) and schools.read_in(run.raw) == []


def test_a_panel_viewer_is_denied_on_every_district_page(visitors, schools):
    assert len(NOT_FOR_PANELS) >= 13
    with visitors("panel@x.org").session() as session:
        for page in NOT_FOR_PANELS:
            run = session.run(page, f"school={schools.other.replace(' ', '+')}")
            # The panel's own first page has the bare address, so the page that it replaces there is asked by name.
            assert denied(run), page
            assert schools.read_in(without_address(run)) == []


def test_somebody_elses_session_is_not_gone_on_with(principal, leader, schools):
    with leader.session() as theirs:
        page = theirs.run("families")
        theirs.run("families", forged={page.widget("School").id: {"string_value": schools.other}})
        for _ in range(2):  # while they are there, and once they have left the page
            with principal.session(existing=theirs.id) as mine:
                run = mine.run("families")
                assert mine.id and mine.id != theirs.id
                assert schools.read_in(run.raw) == []
            theirs.line.close()


def test_somebody_elses_file_is_not_read(principal, leader, schools):
    student, name = schools.students[0]
    log = f"Student ID,Student Name,School,Grade\n{student},{name},{schools.other},3\n".encode()
    with leader.session() as theirs, principal.session() as mine:
        theirs.run("upload")
        assert leader.put(theirs, log, "known-id", "roster.csv") == 204
        uploader = next(widget for widget in mine.run("upload").widgets if "upload_drop" in widget)
        state = WidgetState().file_uploader_state_value
        info = state.uploaded_file_info.add(file_id="known-id", name="roster.csv", size=len(log))
        info.file_urls.file_id = "known-id"
        info.file_urls.upload_url = f"/_stcore/upload_file/{theirs.id}/known-id"
        run = mine.run("upload", forged={uploader: {"file_uploader_state_value": state}})
        assert schools.read_in(run.raw) == []


def test_a_revoked_sign_in_is_over_on_an_open_page_too(visitors, directory, schools):
    visitor = socket.Visitor(visitors("panel_too@x.org").address, visitors("panel_too@x.org").cookies)
    directory.add("panel_too@x.org", "district", students=True)
    with visitor.session() as session:
        page = session.run("families")
        button = page.widget("Workbook")
        assert session.download(button.deferred_file_id)
        directory.revoke("panel_too@x.org")
        assert not session.download(button.deferred_file_id)  # no page runs for a download: it asks for itself
        assert ENDED.sentence in str(session.run("families").elements)
        directory.remove("panel_too@x.org")
        assert GIVEN_NOTHING in str(session.run("families").elements)
    with visitor.session() as replayed:
        run = replayed.run("families")
        assert not run.files or all(file.endswith(".png") for file in run.files)
        assert schools.read_in(run.raw) == []


def test_a_cookie_that_is_played_again_after_the_sign_out_is_denied(visitors, address):
    visitor = visitors("goer@x.org")
    kept = dict(visitor.cookies)
    with visitor.session() as session:
        assert "Signed in as" in str(session.run("families").elements)
        session.run("families", click="Sign out")
    thief = socket.Visitor(address, kept)
    with thief.session() as session:
        run = session.run("families")
        assert ENDED.sentence in str(run.elements) and "Signed in as" not in str(run.elements)
        assert thief.put(session, b"x") == 403


def test_a_sign_in_with_a_hundred_and_fifty_groups_works(visitors):
    visitor = visitors("groups@x.org")
    assert sum(len(value) for name, value in visitor.cookies.items() if name.startswith("_streamlit_user")) > 8192
    with visitor.session() as session:
        assert "Signed in as" in str(session.run("definitions").elements)
        assert visitor.put(session, b"Student ID,Date\n") == 204


def test_somebody_whom_nobody_let_in_reads_a_sentence(visitors):
    with visitors("stranger@x.org").session() as session:
        run = session.run()
    assert GIVEN_NOTHING in str(run.elements)
    assert {element.WhichOneof("type") for element in run.elements} == {"alert", "button"}


def test_a_fresh_server_gives_a_stranger_the_sign_in_and_nothing_else(program, schools):
    assert set(program[1]) == set(screens.PAGES)
    for page, (body, run) in program[1].items():
        shown = {element.WhichOneof("type") for element in run.elements}
        assert shown == {"alert", "button"} and sign_in.SIGNED_OUT.sentence in str(run.elements), page
        assert schools.read_in(run.raw + body) == [], page


def test_the_download_of_a_table_s_toolbar_is_off(program):
    for page, (_, run) in program[1].items():
        told = [message.new_session.config for message in run.messages if message.HasField("new_session")]
        assert told and all(config.disable_data_export for config in told), page
