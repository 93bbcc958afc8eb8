"""Values for drawn columns: several ways of writing each field, as different people and systems do."""

import random
from datetime import date, timedelta

FIRST = """
    Maya Devon Aaliyah Hector Priya Tobias Xiomara Jamal Svetlana Kwame Rosalind Thanh Imani Declan Soraya Mateo
    Brielle Anselm Yusuf Pilar Quentin Fatima Elliot Noemi Rashad Greta Vihaan Lucinda Omar Celeste
""".split()  # noqa: SIM905 - a list of words reads better
LAST = """
    Okonkwo Ferrari Villanueva Petrov Haddad Lindqvist Mbeki O'Rourke Castellanos Yamamoto Abernathy Tran Delacroix
    Whitfield Zamora Bajwa Kowalczyk Saldana Pruitt Nakamura Etienne McAllister Duong Salgado Vanderberg
""".split()  # noqa: SIM905 - a list of words reads better
NOTES = [
    "Talked about the reading plan and agreed to send the log home every Friday for a signature.",
    "Family asked about the bus change next week; told them the office would confirm it by Monday.",
    "Left a message on the voice mail and will try again tomorrow after the last bell has rung.",
    "She was glad to hear about the science project and wants to visit during the showcase night.",
    "No one picked up. Sent a short text with the same information and the number of the office.",
    "Concern about three tardies this month, parent will adjust the morning routine and check in.",
]
WORDS = {
    "channel": [
        ["Phone", "Email", "Text", "In Person"],
        ["Phone Call", "E-mail", "Text Message", "Home Visit", "Letter"],
        ["call", "text", "email", "zoom", "face to face"],
        ["PH", "EM", "TX", "IP", "LT"],
        ["P", "E", "IP", "SMS", "L"],
        ["Called", "Emailed", "Texted", "Met in person", "Note home"],
        ["VOICE", "SMS", "EMAIL", "APP"],
        ["ClassDojo", "Remind", "Phone call home", "Email"],
        ["Telephone", "Virtual Meeting", "Office Visit", "Mail"],
    ],
    "channel_es": [
        ["Llamada", "Correo", "Mensaje de texto", "Visita"],
        ["Teléfono", "Correo electrónico", "En persona"],
    ],
    "direction": [
        ["Inbound", "Outbound"],
        ["Incoming", "Outgoing"],
        ["In", "Out"],
        ["I", "O"],
        ["To home", "From home"],
        ["Sent", "Received"],
        ["outbound", "inbound", "two-way"],
    ],
    "direction_es": [["Entrante", "Saliente"], ["Recibida", "Realizada"]],
    "outcome": [
        ["Reached", "Left Message", "No Answer"],
        ["Spoke with parent", "Left voicemail", "No answer", "Wrong number"],
        ["Yes", "No"],
        ["Y", "N", "LM"],
        ["Completed", "Attempted", "Unsuccessful"],
        ["Connected", "Voicemail", "Busy", "Disconnected"],
        ["LVM", "NA", "Reached", "WN"],
        ["Answered", "Machine", "No Answer", "Failed"],
        ["Successful", "Unsuccessful"],
    ],
    "outcome_es": [["Contactado", "Sin respuesta", "Dejó mensaje"], ["Se habló", "No contestó", "Buzón de voz"]],
    "topic": [
        ["Academics", "Attendance", "Behavior", "Health"],
        ["Grades", "Absences", "Discipline", "Praise"],
        ["ATT", "BEH", "ACAD"],
        ["Missing work", "Tardies", "Classroom behavior", "Positive call", "Scheduling"],
        ["Attendance", "IEP", "Transition", "Event", "Relationship building"],
    ],
    "topic_es": [["Asistencia", "Conducta", "Calificaciones"], ["Académico", "Comportamiento", "Salud"]],
    "contact_with": [
        ["Mother", "Father", "Guardian", "Grandmother"],
        ["Mom", "Dad", "Aunt", "Student"],
        ["Parent", "Guardian", "Student", "Staff"],
        ["parent", "student", "agency"],
    ],
    "contact_with_es": [["Madre", "Padre", "Abuela"], ["Mamá", "Papá", "Tutor"]],
    "initiated_by": [
        ["School", "Family"],
        ["Teacher", "Parent", "Student"],
        ["Staff", "Guardian"],
        ["school", "parent"],
    ],
    "initiated_by_es": [["Escuela", "Familia"], ["Maestro", "Padre"]],
    "tone": [["Positive", "Neutral", "Concern"], ["Pos", "Neg"], ["positive", "negative", "neutral"]],
    "audience": [["Personal", "Mass"], ["Direct", "Announcement"], ["Individual", "Group"], ["Broadcast", "1:1"]],
    "language": [
        ["English", "Spanish", "Vietnamese"],
        ["en", "es", "zh"],
        ["ENG", "SPA"],
        ["English", "Spanish", "Arabic"],
    ],
    "language_es": [["Español", "Inglés"], ["español", "inglés", "árabe"]],
    "yes_no": [["Yes", "No"], ["Y", "N"], ["TRUE", "FALSE"], ["1", "0"], ["X", ""]],
    "yes_no_es": [["Sí", "No"], ["S", "N"]],
    "low_income": [["F", "R", "P"], ["Free", "Reduced", "Paid"], ["Y", "N"], ["Yes", "No"], ["1", "0"]],
    "english_learner": [
        ["EL", "RFEP", "EO"],
        ["Y", "N"],
        ["Yes", "No"],
        ["LEP", "Non-LEP"],
        ["Active", "Exited", "Never"],
    ],
    "iep": [["Y", "N"], ["Yes", "No"], ["IEP", ""], ["TRUE", "FALSE"], ["SWD", "Non-SWD"]],
    "race_ethnicity": [
        ["White", "Black", "Hispanic", "Asian"],
        ["W", "B", "H", "A", "I"],
        ["Hispanic/Latino", "Two or More Races", "Black or African American", "White"],
    ],
    "race_ethnicity_es": [["Hispano", "Blanco", "Negro"]],
    "gender": [["M", "F"], ["Male", "Female"], ["F", "M", "X"], ["Boy", "Girl"]],
    "gender_es": [["Masculino", "Femenino"], ["M", "F"]],
    "school": [
        ["Harbor View Elementary", "Northgate Middle", "Tubman High School"],
        ["HVE", "NGM", "THS"],
        ["Riverside Academy"],
        ["Cesar Chavez ES", "Rosa Parks MS"],
    ],
    "grade": [
        ["K", "1", "2", "3", "4", "5"],
        ["6", "7", "8"],
        ["09", "10", "11", "12"],
        ["1st", "2nd", "3rd"],
        ["Grade 6", "Grade 7"],
    ],
    "!words": [["Alpha", "Beta", "Gamma"], ["High", "Medium", "Low"]],
    "!year": [["2025-26"], ["2026"]],
    "school_year": [["2025-26"], ["2025-2026"], ["2026"]],
}
_YES_NO = ("interpreter", "student_present", "!yn", "!tf")
_SPANISH = set("áéíóúñ¿")


def values_for(field: str, header: str, rows: int, people: int, rng: random.Random) -> list[str]:
    """The column's texts: `people` students in `rows` rows; the same row has the same person in every column."""
    spanish = bool(set(header.lower()) & _SPANISH) or header in ("Maestro", "Medio", "Estado", "Resultado", "Motivo")
    key = "yes_no" if field in _YES_NO else field
    if spanish and f"{key}_es" in WORDS:
        key = f"{key}_es"
    if key in WORDS:
        given = rng.choice(WORDS[key])
        weights = [rng.random() + 0.1 for _ in given]
        column = rng.choices(given, weights, k=rows)
        return [("" if rng.random() < 0.06 else text) for text in column] if rng.random() < 0.4 else column
    return _MAKERS[field](rows, people, rng)


def _who(rows: int, people: int) -> list[int]:
    return [(row * 7 + row // people) % people for row in range(rows)]


def _ids(rows, people, rng):
    style = rng.choice(["{:06d}", "{:08d}", "S{:05d}", "{:d}", "{:07d}"])
    start = rng.randrange(10_000, 90_000)
    return [style.format(start + 37 * who) for who in _who(rows, people)]


def _records(rows, people, rng):
    style = rng.choice(["{:d}", "a0{:04x}-55d2", "MSG-{:06d}"])
    return [style.format(20_000 + row * 3) for row in range(rows)]


def _people(rows, people, rng):
    form = rng.choice(["{1}, {0}", "{0} {1}", "{0} {1}"])
    return [form.format(FIRST[(who * 5) % 30], LAST[(who * 3) % 25]) for who in _who(rows, people)]


def _parents(rows, people, rng):
    return [f"{FIRST[(who * 11 + 4) % 30]} {LAST[(who * 3) % 25]}" for who in _who(rows, people)]


def _staff(rows, people, rng):
    names = [
        ["Ms. Calloway", "Mr. Ibarra", "Dr. Finch"],
        ["Calloway, J", "Ibarra, R", "Finch, T"],
        ["J. Calloway"],
        ["Jean Calloway", "Rene Ibarra", "Tess Finch", "Al Moreau"],
        ["jcalloway", "ribarra"],
        ["JC", "RI", "TF"],
    ]
    return rng.choices(rng.choice(names), k=rows)


def _days(rows, rng, first=date(2025, 8, 20), form=None):
    form = form or rng.choice(
        ["%m/%d/%Y", "%Y-%m-%d", "%m/%d/%y", "%b %d, %Y", "%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M %p"]
    )
    days = sorted(rng.randrange(280) for _ in range(rows))
    stamps = [first + timedelta(days=day) for day in days]
    return [
        f"{stamp:{form}}".replace("00:00:00", f"{8 + row % 9:02d}:{row % 60:02d}:00").replace(
            "12:00 AM", f"{1 + row % 4:02d}:{row * 7 % 60:02d} PM"
        )
        for row, stamp in enumerate(stamps)
    ]


def _times(rows, people, rng):
    form = rng.choice(["{0}:{1:02d} PM", "1{0}:{1:02d}", "0{0}:{1:02d}:00"])
    return [form.format(1 + row % 5, row * 13 % 60) for row in range(rows)]


def _phones(rows, people, rng):
    form = rng.choice(["({0}) 555-01{1:02d}", "{0}-555-01{1:02d}", "{0}55501{1:02d}", "+1{0}55501{1:02d}"])
    return [form.format(201 + who * 7, who) for who in _who(rows, people)]


def _spread(rows, people, rng, text):
    return [text.format(who, LAST[who % 25].lower().replace("'", "")) for who in _who(rows, people)]


_MAKERS = {
    "student_id": _ids,
    "record_id": _records,
    "student_name": _people,
    "first_name": lambda rows, people, rng: [FIRST[(who * 5) % 30] for who in _who(rows, people)],
    "last_name": lambda rows, people, rng: [LAST[(who * 3) % 25] for who in _who(rows, people)],
    "staff": _staff,
    "contact_date": lambda rows, people, rng: _days(rows, rng),
    "contact_time": _times,
    "entry_date": lambda rows, people, rng: [
        rng.choice(["08/18/2025", "08/18/2025", "10/06/2025"]) for _ in range(rows)
    ],
    "exit_date": lambda rows, people, rng: [rng.choice(["", "", "", "06/12/2026", "02/03/2026"]) for _ in range(rows)],
    "minutes": lambda rows, people, rng: [str(rng.choice([5, 10, 12, 15, 20, 30, 45])) for _ in range(rows)],
    "home_language": lambda rows, people, rng: rng.choices(["English", "Spanish", "Haitian Creole"], k=rows),
    "!notes": lambda rows, people, rng: [f"{rng.choice(NOTES)} ({row})" for row in range(rows)],
    "!phone": _phones,
    "!email": lambda rows, people, rng: _spread(rows, people, rng, "{1}{0}@mail.example"),
    "!parent": _parents,
    "!staff": _staff,
    "!stamp": lambda rows, people, rng: _days(rows, rng, form="%Y-%m-%d %H:%M:%S"),
    "!other_date": lambda rows, people, rng: _days(rows, rng),
    "!birth": lambda rows, people, rng: _days(rows, rng, first=date(2012, 1, 3), form="%m/%d/%Y"),
    "!dcid": lambda rows, people, rng: [str(rng.choice([501, 502, 517, 533])) for _ in range(rows)],
    "!state_id": lambda rows, people, rng: [str(8_800_000_000 + who * 31) for who in _who(rows, people)],
    "!number": lambda rows, people, rng: [str(rng.randrange(1, 30)) for _ in range(rows)],
    "!address": lambda rows, people, rng: _spread(rows, people, rng, "{0}12 Elm Street"),
}
