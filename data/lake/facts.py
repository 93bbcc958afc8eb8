"""The facts of a lake, derived by a Spark cluster with the very SQL files of `analytics/facts`.

One part a month (replies and marks), one a school year (first contacts), one for all spans. A part that was
made from the same files by the same SQL is not made again: so a run is incremental, and after a killed
driver or worker the next run goes on where the last one stopped. Needs `pyspark-client`
(requirements-spark.txt); any server that speaks Spark Connect will do.
"""

import re
import socket
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlparse

import pyarrow as pa
import pyarrow.parquet

from data import settings
from data.derive import FACTS, sql_of
from data.errors import Refusal
from data.lake.layout import Lake, fingerprint
from data.schoolyear import day_date, day_number, name_of
from data.small_tables import LONGEST_REPLY_DAYS, calendar_frame

DONE = "_DONE"
CONNECT_PORT = 15002
_CONTACTS = ("in_contact", "in_held", "in_sided")
RETRIES = 6  # about a minute: a server that is gone for longer is said to be gone
TALK = "talk_day"  # a step that looks beyond the month; here it is kept, so that a run can go on where it stopped
BY_MONTH = (TALK, *(fact for fact in FACTS if fact not in ("span", "student_first")))


def derive(lake: Lake, engine: str, progress: Callable[[float, str], None] | None = None) -> dict:
    """Derive the facts of `lake` on the Spark Connect server `engine` (sc://HOST:PORT) and put them in force.

    Returns what is in force now, with `made` and `kept`, the numbers of parts. Raises Refusal
    (`spark_missing`, `spark_unreachable`, `spark_failed`, `lake_incomplete`).
    """
    lake.check()
    with _session(engine) as spark:
        run = _Run(lake, spark, progress)
        try:
            return run.all()
        except Refusal:
            raise
        except Exception as error:
            raise Refusal(
                "spark_failed",
                f"The cluster stopped in the middle ({type(error).__name__}). The facts in force are the old ones; "
                "run the same command again and it goes on where it stopped.",
            ) from error


class _Run:
    """One run over a lake: which parts are needed, which of them are there, and the making of the others."""

    def __init__(self, lake: Lake, spark, progress):
        self.lake, self.spark, self.progress = lake, spark, progress
        self.months = lake.months()
        self.made = self.kept = 0
        self.parts: dict[str, list[str]] = {fact: [] for fact in (*FACTS, TALK)}
        self.now = settings.read(_setting_rows(lake))
        self.rules = repr((self.now["bands"], self.now["reply_window_days"]))

    def all(self) -> dict:
        self._small_tables()
        enrollment = self.lake.table_files("enrollment") + self.lake.table_files("student")
        spans = self._part("span", "all", enrollment, self.rules, {"in_enrollment": None})
        for number, month in enumerate(self.months):
            self._month(month, spans)
            if self.progress:
                self.progress((number + 1) / (len(self.months) + 1), f"Facts of {month}")
        for year in sorted({_year_of(month) for month in self.months}):
            self._year(year)
        about = {
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "facts": {fact: self.parts[fact] for fact in FACTS},
            "steps": {TALK: self.parts[TALK]},
            "made": self.made,
            "kept": self.kept,
        }
        self.lake.make_current(about)
        return about

    def _month(self, month: str, spans: Path):
        """Every fact that is made month by month; each file reads what the ones before it wrote for the month."""
        first, last = _ends(month)
        near = [path for m in _around(month) for path in self.months.get(m, [])]
        done = {"in_span": spans}
        for fact in BY_MONTH:
            # A reply may lie in the next month, so talk is looked for beyond both ends; all else stays in the month.
            far = LONGEST_REPLY_DAYS if fact == TALK else 0
            contacts = (near if far else self.months[month], first - far, last + far)
            views = {view: contacts if view in _CONTACTS else [done[view]] for view in _reads(fact)}
            files = contacts[0] if {*_CONTACTS} & {*views} else []
            made_from = "".join(done[view].name for view in views if view in done) + self.rules
            days = (first, last) if far else None
            done[f"in_{fact}"] = self._part(fact, month, files, made_from, views, days)

    def _year(self, year: str):
        """A student's first contact of the school year needs the whole year."""
        months = [month for month in self.months if _year_of(month) == year]
        contacts = [path for month in months for path in self.months[month]]
        marks = [self.lake.parts / path for path in self.parts["contact_mark"] if Path(path).parent.name in months]
        spans = [self.lake.parts / path for path in self.parts["span"]]
        made_from = "".join(folder.name for folder in (*spans, *marks))
        sources = {"in_sided": (contacts, None, None), "in_contact_mark": marks, "in_span": spans}
        self._part("student_first", year, contacts, made_from, sources)

    def _part(self, fact: str, part: str, files: list[Path], more: str, views: dict, days=None) -> Path:
        """The folder of a part, made now unless it is there already."""
        steps = [sql_of("sided")] if "in_sided" in views else []
        folder = self.lake.part(fact, part, fingerprint(files, more, sql_of(fact), *steps))
        self.parts[fact].append(folder.relative_to(self.lake.parts).as_posix())
        if (folder / DONE).exists():
            self.kept += 1
            return folder
        for view, source in views.items():
            self._view(view, source)
        rows = self.spark.sql(sql_of(fact))
        if days is not None:
            rows = rows.where(f"day BETWEEN {days[0]} AND {days[1]}")
        rows.write.mode("overwrite").parquet(str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        if not _parquet(folder):  # some engines write no file for no rows, and the columns must stay known
            pa.parquet.write_table(rows.limit(0).toArrow(), folder / "empty.parquet")
        (folder / DONE).touch()
        self.made += 1
        return folder

    def _view(self, view: str, source):
        if view == "in_sided":
            self._view("in_contact", source)
            frame = self.spark.sql(sql_of("sided"))
        elif view == "in_enrollment":
            enrolled, student = (self._read(self.lake.table_files(table)) for table in ("enrollment", "student"))
            frame = enrolled.join(student.select("student_id", "district"), "student_id")
        elif view in _CONTACTS:
            files, first, last = source
            frame = self._read(files)
            # A lake has each contact once, under the file for which it counts.
            frame = frame.where("audience = 'personal'") if view == "in_held" else frame
            frame = frame if first is None else frame.where(f"contact_day BETWEEN {first} AND {last}")
        else:
            frame = self._read([path for folder in source for path in _parquet(folder)])
        frame.createOrReplaceTempView(view)

    def _read(self, files: list[Path]):
        return self.spark.read.parquet(*map(str, files))

    def _small_tables(self):
        bands = [(grade, settings.band_of(grade, self.now["bands"])) for grade in settings.GRADES]
        rule = [(int(self.now["reply_window_days"]), LONGEST_REPLY_DAYS)]
        self.spark.createDataFrame(bands, "grade string, band string").createOrReplaceTempView("grade_band")
        self.spark.createDataFrame(rule, "window_days int, longest_days int").createOrReplaceTempView("reply_rule")
        calendar = pa.Table.from_pandas(_with_dates(calendar_frame()), preserve_index=False)
        folder = self.lake.root / "facts" / "calendar"
        folder.mkdir(parents=True, exist_ok=True)
        pa.parquet.write_table(calendar, folder / "calendar.parquet")
        self._read([folder / "calendar.parquet"]).createOrReplaceTempView("calendar")


@contextmanager
def _session(engine: str):
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Refusal(
            "spark_missing",
            "The Spark client is not installed. Install it with `pip install -r requirements-spark.txt`.",
        ) from None
    unreachable = Refusal("spark_unreachable", f"No Spark Connect server answers at {engine}. Is it running?")
    place = urlparse(engine)
    try:
        # The client itself would go on trying for many minutes.
        socket.create_connection((place.hostname, place.port or CONNECT_PORT), timeout=10).close()
        spark = SparkSession.builder.remote(engine).getOrCreate()
        for policy in spark.client.get_retry_policies():
            policy.max_retries = RETRIES
        spark.conf.set("spark.sql.session.timeZone", "UTC")
    except Exception:
        raise unreachable from None
    try:
        yield spark
    finally:
        spark.client.set_retry_policies([])  # a server that is gone need not be told
        with suppress(Exception):
            spark.stop()


def _setting_rows(lake: Lake) -> list[tuple[str, str]]:
    rows = []
    for path in lake.table_files("setting"):
        rows += [(row["name"], row["value"]) for row in pa.parquet.read_table(path).to_pylist()]
    return rows


def _reads(fact: str) -> list[str]:
    """The `in_...` views that a fact's file reads."""
    code = re.sub(r"--.*", "", sql_of(fact))
    views = (*_CONTACTS, *(f"in_{name}" for name in (TALK, *FACTS)))
    return sorted(view for view in views if re.search(rf"\b{view}\b", code))


def _parquet(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.parquet"))


def _ends(month: str) -> tuple[int, int]:
    year, number = map(int, month.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return day_number(date(year, number, 1)), day_number(following) - 1


def _around(month: str) -> list[str]:
    """The months within reach of an answer: the one before, itself, the one after (and January's, in February)."""
    first, last = _ends(month)
    days = range(first - LONGEST_REPLY_DAYS, last + LONGEST_REPLY_DAYS + 1)
    return sorted({f"{day_date(day):%Y-%m}" for day in days})


def _year_of(month: str) -> str:
    return name_of(date(*map(int, month.split("-")), 1))


def _with_dates(calendar):
    """Spark reads dates, not Arrow's nanosecond times."""
    return calendar.assign(date=calendar["date"].dt.date)
