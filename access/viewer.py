"""The viewer: the one record of who asks. It goes with every question and every upload."""

from dataclasses import dataclass

ROLES = ("district", "principal", "panel")


@dataclass(frozen=True)
class Viewer:
    """Who asks, in which role, for which schools.

    `schools` and `districts` hold names; None means all of the store. A panel viewer has no rows at
    all: it reads releases. `students` is the right to see names and ids of students.
    """

    role: str
    name: str = ""
    schools: tuple[str, ...] | None = None
    districts: tuple[str, ...] | None = None
    students: bool = False

    def __post_init__(self):
        if self.role not in ROLES:
            raise ValueError(f"{self.role!r} is not a role")

    @property
    def reads_rows(self) -> bool:
        """May this viewer's questions reach the store at all?"""
        return self.role in ("district", "principal")


# Without sign-in the app serves this machine only, as the district's own user.
LOCAL = Viewer("district", name="this machine", students=True)
