"""Questions that differ in their measure alone, read in one SELECT: the same rows are joined once and not for each.

Owns which questions can go together. It makes no answer: `answer.ask` and `school_sums` do, each with the viewer's
scope, and find the rows of their SELECT there. What a question asks alone and together is the same SQL over the same
scoped tables.
"""

from collections.abc import Iterable

from access.viewer import Viewer
from analytics import scoped
from analytics.question import Question
from analytics.scope import Scope, scope_of
from data.store import Store


def read(store: Store, viewer: Viewer, questions: Iterable[Question], *, by_school: bool = False) -> None:
    """Read what these questions need, those that can in one SELECT. Raises Refusal as `ask` does.

    `by_school`: as `school_sums` will ask them. Measures that are no ratio of sums stay on their own.
    """
    alike: dict[tuple, list[Scope]] = {}
    for question in dict.fromkeys(questions):
        scope = scope_of(store, viewer, question, by_school=by_school)
        if scope.measure.ratio:
            alike.setdefault(scope.alike, []).append(scope)
    for scopes in alike.values():
        _read(store, [(one, one.measure.sums_sql if by_school else one.measure.sql) for one in scopes])


def _read(store: Store, asked: list[tuple[Scope, str]]) -> None:
    version = asked[0][0].known.version
    parts = {scope.measure.name: (scoped.complete(scope, sql), sql) for scope, sql in asked}
    missing = {name: part for name, part in parts.items() if not store.is_kept(part[0], version)}
    if len(missing) > 1:
        whole = scoped.together(asked[0][0], {name: sql for name, (_, sql) in missing.items()})
        store.query_together(whole, {name: part for name, (part, _) in missing.items()}, version)
