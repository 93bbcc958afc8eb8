"""Releases: published, kept and read. A release is a folder; a panel's pages read folders and nothing else.

    release.json      settings, sources (upload ids), proof passed, comparisons, hash of the tables
    <cuts>.csv        cut columns, year, measure, published, flag

The proof (the witness tables) stays in the store. One release a school year: a correction waits for the
next period, because two releases of one period can give away who is in one and not in the other.
"""

import hashlib
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from access.viewer import Viewer
from analytics.disclosure.as_published import published, tables
from analytics.disclosure.draft import COMPARISONS, DATA, Draft, Year, as_witnessed, cells_of
from analytics.disclosure.joint import KEY
from data.errors import Refusal
from data.home import release_folder, sample_store


@dataclass(frozen=True)
class Release:
    """A published release, as a panel reads it: no numerator, no count."""

    folder: Path
    about: dict
    tables: dict[str, pd.DataFrame]


def publish(store, viewer: Viewer, made: Draft, folder: Path) -> Release:
    """Write the release into `folder` (made when missing, must be empty) and its proof into the store.

    Raises Refusal: `not_allowed`, `data_changed` (since the draft), `proof_missing`, `already_released` (another
    release, of this store or among those that panels see, holds one of the years and differs in its bands, or in its
    data), `folder_in_use`.
    """
    if viewer.role != "district" or viewer.schools is not None or viewer.districts is not None:
        raise Refusal("not_allowed", "Only a district leader who sees all schools can publish a release.")
    if made.version is not None and made.version != store.version:
        raise Refusal("data_changed", "The data have changed since the proof. Prove the release again.")
    _check_proof(made)
    texts = made.tables()
    fresh = _fresh_years(store, made)
    folder, sample = Path(folder), store.path == sample_store()
    if folder.parent.resolve() == release_folder():
        _check_beside(made, [one for one in releases(release_folder()) if bool(one.about.get("sample")) == sample])
    about = {
        "format": 1,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sample": sample,
        "years": [year.name for year in made.years],
        "settings": made.settings,
        "sources": [i for (i,) in store.rows("SELECT upload_id FROM upload WHERE state = 'loaded' ORDER BY 1")],
        "proof_passed": True,
        "comparisons": made.comparisons(),
    }
    about["sha256"] = _seal(texts, about)
    _write_tables(folder, texts)
    if fresh:
        _keep(store, viewer, made, about, fresh)
    # Last: a folder without it is no release, so nothing is seen that the store does not remember.
    _write(folder / "release.json", json.dumps(about, indent=2, ensure_ascii=False))
    return read(folder)


def mark(made: Draft) -> str:
    """Eight letters that name what a draft publishes; the same data give the same."""
    return _digest(made.tables())[:8]


def read(folder: Path) -> Release:
    """A release from its folder. Fails closed: without a passed proof, or with a table that was changed
    since, Refusal (`release_unproved`, `release_changed`, `release_unreadable`)."""
    unreadable = Refusal("release_unreadable", f"There is no readable release in {folder.name}.")
    try:
        about = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}
    except (OSError, ValueError):
        raise unreadable from None
    if not isinstance(about, dict):
        raise unreadable
    if about.get("proof_passed") is not True:
        raise Refusal("release_unproved", "This release carries no passed proof, so it is not shown.")
    if not texts or about.get("sha256") != _seal(texts, about):
        raise Refusal("release_changed", "This release was changed after it was proved, so it is not shown.")
    # From the very texts that were checked: the files could be others a moment later.
    return Release(folder, about, _frames(texts))


def releases(parent: Path) -> list[Release]:
    """Every release under `parent` that may be shown, newest first; the others are left out."""
    found = []
    for about in sorted(parent.glob("*/release.json")):
        try:
            found.append(read(about.parent))
        except Refusal:
            continue
    return sorted(found, key=lambda release: (release.about["made_at"], release.folder.name), reverse=True)


def _check_proof(made: Draft):
    """Every cell stands in a proved set, and every witness, passed through the publishing code, equals the release."""
    for year in made.years:
        missing = Refusal("proof_missing", f"The proof for {year.name} is missing, so nothing is published.")
        named = {linked.names[cell] for linked in year.sets.values() for cell in linked.cells()}
        if named != set(year.cells[KEY].itertuples(index=False, name=None)):
            raise missing
        for label in year.sets:
            proof = year.proofs.get(label)
            if proof is None or not proof.passed:
                raise missing
            if not _witnessed(year, label):
                raise Refusal("proof_missing", f"The proof for {year.name} does not hold, so nothing is published.")


def _witnessed(year: Year, label: str) -> bool:
    """Does every witness of a set publish the very texts of the release, byte for byte?"""
    linked, proof = year.sets[label], year.proofs[label]
    if any(len(witness) != len(linked) for witness in proof.witnesses):
        return False
    cells = cells_of(year, label)
    # Each row is published by itself, in an order of names; a hidden cell is the same mark in every table.
    seen = [(cell.band, cell.place, cell.group, cell.member) not in year.hidden for cell in cells.itertuples()]
    texts = [published(cell, year.hidden) for cell in cells[seen].itertuples()]
    told = (as_witnessed(cells, linked, witness)[seen] for witness in proof.witnesses)
    return all([published(cell, year.hidden) for cell in one.itertuples()] == texts for one in told)


def _check_beside(made: Draft, beside: list[Release]):
    """Refuse a year that a release beside it shows otherwise: panels have read it, and a store that was made anew, or
    put back from a backup of before, does not remember it."""
    for year in made.years:
        mine = {name: table.to_csv() for name, table in _frames(tables({year.name: (year.cells, year.hidden)})).items()}
        for one in beside:
            rows = {name: table[table["year"] == year.name] for name, table in one.tables.items()}
            theirs = {name: part.reset_index(drop=True).to_csv() for name, part in rows.items() if len(part)}
            if theirs and theirs != mine:
                raise _released_before(year.name)


def _frames(texts: dict[str, str]) -> dict[str, pd.DataFrame]:
    return {
        name.removesuffix(".csv"): pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
        for name, text in texts.items()
    }


def _fresh_years(store, made: Draft) -> list[str]:
    """The draft's years that no earlier release holds. One that differs from its earlier release is refused, and one of
    other data that reads the same: the same bands of other students narrow both."""
    fresh = []
    for year in made.years:
        mine = _digest(tables({year.name: (year.cells, year.hidden)}))
        earlier = store.rows("SELECT DISTINCT sha256 FROM release_year WHERE school_year = ?", [year.name])
        kept = "SELECT tables FROM release_witness WHERE school_year = ? AND linked = ?"
        data = {json.loads(text) for (text,) in store.rows(kept, [year.name, DATA])}
        if any(sha != mine for (sha,) in earlier) or data - {year.data}:
            raise _released_before(year.name)
        if not earlier:
            fresh.append(year.name)
    return fresh


def _released_before(year: str) -> Refusal:
    return Refusal(
        "already_released",
        f"{year} was released before, and the data or the settings have changed since. Two releases of "
        "one year could give a family away: the correction waits for the next year's release.",
    )


def _write_tables(folder: Path, texts: dict[str, str]):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(path.suffix == ".csv" or path.name == "release.json" for path in folder.iterdir())
    except OSError as error:
        raise _unusable(folder, error) from None
    if taken:
        raise Refusal("folder_in_use", f"The folder {folder} already holds a release. Name another one.")
    for name, text in texts.items():
        _write(folder / name, text)


def _write(path: Path, text: str):
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unusable(path.parent, error) from None


def _unusable(folder: Path, error: OSError) -> Refusal:
    return Refusal("folder_unusable", f"The release could not be written to {folder} ({error.strerror}).")


def _keep(store, viewer: Viewer, made: Draft, about: dict, fresh: list[str]):
    with store.writing() as write:
        release_id = write.execute("SELECT coalesce(max(release_id), 0) + 1 FROM release_year").fetchall()[0][0]
        for year in (year for year in made.years if year.name in fresh):
            sha = _digest(tables({year.name: (year.cells, year.hidden)}))
            write.execute(
                "INSERT INTO release_year VALUES (?, ?, ?, ?, ?, ?, ?)",
                [release_id, year.name, about["made_at"], viewer.name, sha,
                 json.dumps(made.settings), json.dumps(about["sources"])],
            )  # fmt: skip
            for name, kept in ((COMPARISONS, year.tests), (DATA, year.data)):
                write.execute(
                    "INSERT INTO release_witness VALUES (?, ?, ?, ?, ?)",
                    [release_id, year.name, name, "[]", json.dumps(kept)],
                )
            for label, proof in year.proofs.items():
                write.execute(
                    "INSERT INTO release_witness VALUES (?, ?, ?, ?, ?)",
                    [release_id, year.name, label, json.dumps([name and list(name) for name in year.sets[label].names]),
                     json.dumps([witness.tolist() for witness in proof.witnesses])],
                )  # fmt: skip


def _seal(texts: dict[str, str], about: dict) -> str:
    """The hash of the tables and of everything that release.json says, but when it was made."""
    said = {name: value for name, value in about.items() if name not in ("sha256", "made_at")}
    return _digest({**texts, "release.json": json.dumps(said, sort_keys=True)})


def _digest(texts: dict[str, str]) -> str:
    return hashlib.sha256("\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()).hexdigest()
