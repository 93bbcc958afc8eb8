"""What the words, dates and ids of a file mean, where a person can say it; and what is remembered from earlier files.

Every answer is a choice of the person; the file is planned anew with it, and nothing is stored here.
"""

import streamlit as st

from data import mapping as meaning
from data.load import remembering, zeros
from ui import upload_words as words
from ui.show import plain

_MOST_WORDS = 12


def dates(one):
    """How dates are read, with the evidence; the order can be changed."""
    order = next((sheet.mapping.date for sheet in one.preview.sheets if sheet.mapping and sheet.mapping.date), None)
    if order is None:
        return
    with st.container(border=True):
        st.subheader("Dates", anchor=False)
        options = list(words.ORDERS)
        key = f"order-{one.key}-{order.order}"
        left, right = st.columns([2, 3], vertical_alignment="bottom")
        left.selectbox(
            "Order of dates", options, options.index(order.order), words.ORDERS.get, key=key,
            on_change=lambda: one.say(date_order=st.session_state[key]),
        )  # fmt: skip
        right.markdown(plain(order.sentence))
        for notice in one.preview.notices:
            if notice.code == "not_enrolled":
                st.warning(plain(notice.sentence), icon=":material/event_busy:")


def unknown_words(one):
    """Words that no vocabulary has, each with a choice of what it means."""
    asked = _asked(one)
    questions = [asked for asked in one.preview.questions if asked.code not in ("ask_date_order", "lost_zeros")]
    if not asked and not questions:
        return
    with st.container(border=True):
        st.subheader("Words and questions", anchor=False)
        for question in questions:
            st.markdown(plain(question.sentence))
            if question.code == "ask_grade":
                _grade_scale(one, question)
        for field, text, count, offer in asked:
            _word(one, field, text, count, offer)


def _asked(one) -> list[tuple]:
    found = {}
    for sheet in one.preview.sheets:
        for field, texts in sheet.unknown.items():
            for text, count, offer in texts[:_MOST_WORDS]:
                found.setdefault((field, text), (field, text, count, offer))
    for field, texts in one.choices.values.items():
        for text in texts:
            found.setdefault((field, text), (field, text, 0, None))
    return list(found.values())


def _word(one, field: str, text: str, count: int, offer):
    options = [None, *(meaning.offered_values(field) or [])]
    now = one.choices.values.get(field, {}).get(text)
    key = f"word-{one.key}-{field}-{text}-{now}"
    number = f" ({words.rows(count)})" if count else ""
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    left.selectbox(
        plain(f"{words.field(field)}: “{text}”{number}"), options, options.index(now), words.value, key=key,
        on_change=lambda: _set_word(one, field, text, st.session_state[key]),
    )  # fmt: skip
    if offer is not None and now is None:
        right.button(
            plain(f"“{text}” means {words.value(offer)}"), key=f"offer-{key}", on_click=_set_word,
            args=(one, field, text, offer),
        )  # fmt: skip


def _set_word(one, field: str, text: str, value):
    said = {**one.choices.values.get(field, {}), text: value}
    one.say(values={**one.choices.values, field: said})


def _grade_scale(one, question):
    options = [None, *question.options]
    key = f"scale-{one.key}-{one.choices.grade_scale}"
    st.selectbox(
        "Your answer", options, options.index(one.choices.grade_scale), lambda said: said or "Not answered yet",
        key=key, on_change=lambda: one.say(grade_scale=st.session_state[key]),
    )  # fmt: skip


def ids(one):
    """Ids that seem to have lost their leading zeros, with the numbers, to be accepted for the whole column."""
    said = one.choices.id_digits
    lost = next((asked for asked in one.preview.questions if asked.code == "lost_zeros"), None)
    if lost is None and said is None:
        return
    with st.container(border=True):
        st.subheader("Student ids", anchor=False)
        if said is not None:
            st.markdown(plain(f"As you said, {zeros.in_words(said)}."))
            back = "Take them as they are written"
            st.button(back, key=f"ids-{one.key}", on_click=one.say, kwargs={"id_digits": None})
            return
        st.markdown(plain(lost.sentence))
        digits = int(lost.options[0])
        label = f"Read the ids with {digits} digits" if digits else "Read the ids without leading zeros"
        st.button(label, key=f"ids-{one.key}", on_click=one.say, kwargs={"id_digits": digits})


def remembered(store, one):
    """Corrections of an earlier file with these headers, and the way to forget them."""
    preview = one.preview
    if not preview.remembered.corrects:
        return
    with st.container(border=True):
        st.subheader("Remembered", anchor=False)
        st.markdown(plain(f"From an earlier file with these headers: {words.choices(preview.remembered)}"))
        if st.button("Forget this", key=f"forget-{one.key}"):
            remembering.forget_for(store, preview)
            one.planned_with = None
            st.rerun()
