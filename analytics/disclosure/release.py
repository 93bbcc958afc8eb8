"""Releases: published, kept and read. A release is a folder; a panel's pages read folders and nothing else.

    release.json      settings, sources (upload ids), proof passed, comparisons, hash of the tables
    <cuts>.csv        cut columns, year, measure, published, flag

The proof (the witness tables) stays in the store. One release a school year: a correction waits for the
next period, because two releases of one period can give away who is in one and not in the other.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from access.viewer import Viewer
from analytics.disclosure.draft import Draft, tables, with_numerators
from data.errors import Refusal


@dataclass(frozen=True)
class Release:
    """A published release, as a panel reads it: no numerator, no count."""

    folder: Path
    about: dict
    tables: dict[str, pd.DataFrame]


def publish(store, viewer: Viewer, made: Draft, folder: Path) -> Release:
    """Write the release into `folder` (made when missing, must be empty) and its proof into the store.

    Raises Refusal: `proof_missing`, `already_released` (another release holds one of the years and differs),
    `folder_in_use`.
    """
    _check_proof(made)
    texts = made.tables()
    digest = _digest(texts)
    fresh = _fresh_years(store, made, texts)
    about = {
        "format": 1,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "years": [year.name for year in made.years],
        "settings": made.settings,
        "sources": [i for (i,) in store.rows("SELECT upload_id FROM upload WHERE state = 'loaded' ORDER BY 1")],
        "proof_passed": True,
        "comparisons": [{"year": year.name, **sign} for year in made.years for sign in year.comparisons],
        "sha256": digest,
    }
    _write(folder, texts, about)
    if fresh:
        _keep(store, viewer, made, about, fresh)
    return read(folder)


def read(folder: Path) -> Release:
    """A release from its folder. Fails closed: without a passed proof, or with a table that was changed
    since, Refusal (`release_unproved`, `release_changed`, `release_unreadable`)."""
    try:
        about = json.loads((folder / "release.json").read_text(encoding="utf-8"))
        texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}
    except (OSError, ValueError):
        raise Refusal("release_unreadable", f"There is no readable release in {folder.name}.") from None
    if about.get("proof_passed") is not True:
        raise Refusal("release_unproved", "This release carries no passed proof, so it is not shown.")
    if not texts or about.get("sha256") != _digest(texts):
        raise Refusal("release_changed", "This release was changed after it was proved, so it is not shown.")
    found = {name.removesuffix(".csv"): pd.read_csv(folder / name, dtype=str, keep_default_na=False) for name in texts}
    return Release(folder, about, found)


def releases(parent: Path) -> list[Release]:
    """Every release under `parent` that may be shown, newest first; the others are left out."""
    found = []
    for folder in sorted(parent.glob("*/release.json"), reverse=True):
        try:
            found.append(read(folder.parent))
        except Refusal:
            continue
    return sorted(found, key=lambda release: release.about["made_at"], reverse=True)


def _check_proof(made: Draft):
    """Every set proved, and every witness, passed through the publishing code, equals the release."""
    for year in made.years:
        texts = tables({year.name: (year.cells, year.hidden)})
        for label in year.sets:
            proof = year.proofs.get(label)
            if proof is None or not proof.passed:
                raise Refusal("proof_missing", f"The proof for {year.name} is missing, so nothing is published.")
            for witness in proof.witnesses:
                if tables({year.name: (with_numerators(year, label, witness), year.hidden)}) != texts:
                    raise Refusal("proof_missing", f"The proof for {year.name} does not hold, so nothing is published.")


def _fresh_years(store, made: Draft, texts: dict[str, str]) -> list[str]:
    """The draft's years that no earlier release holds; one that differs from its earlier release is refused."""
    fresh = []
    for year in made.years:
        mine = _digest(tables({year.name: (year.cells, year.hidden)}))
        earlier = store.rows("SELECT DISTINCT sha256 FROM release_year WHERE school_year = ?", [year.name])
        if any(sha != mine for (sha,) in earlier):
            raise Refusal(
                "already_released",
                f"{year.name} was released before, and the data have changed since. Two releases of one year could "
                "give a family away: the correction waits for the next year's release.",
            )
        if not earlier:
            fresh.append(year.name)
    return fresh


def _write(folder: Path, texts: dict[str, str], about: dict):
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(path.suffix == ".csv" or path.name == "release.json" for path in folder.iterdir()):
            raise Refusal("folder_in_use", f"The folder {folder} already holds a release. Name another one.")
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        # Last, so that a folder without it is no release.
        (folder / "release.json").write_text(json.dumps(about, indent=2, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise Refusal("folder_unusable", f"The release could not be written to {folder} ({error.strerror}).") from None


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
            for label, proof in year.proofs.items():
                write.execute(
                    "INSERT INTO release_witness VALUES (?, ?, ?, ?, ?)",
                    [release_id, year.name, label, json.dumps([list(name) for name in year.sets[label].names]),
                     json.dumps([witness.tolist() for witness in proof.witnesses])],
                )  # fmt: skip


def _digest(texts: dict[str, str]) -> str:
    return hashlib.sha256("\0".join(f"{name}\0{texts[name]}" for name in sorted(texts)).encode()).hexdigest()
