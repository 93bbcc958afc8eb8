"""Names of schools and people, all invented: trees for schools, the open air for families."""

import numpy as np

TREES = (
    "Alder", "Aspen", "Basswood", "Beech", "Birch", "Buckeye", "Butternut", "Catalpa", "Cedar", "Chestnut",
    "Cottonwood", "Cypress", "Dogwood", "Elm", "Fir", "Ginkgo", "Hackberry", "Hawthorn", "Hazel", "Hemlock",
    "Hickory", "Holly", "Hornbeam", "Ironwood", "Juniper", "Larch", "Laurel", "Linden", "Locust", "Magnolia",
    "Maple", "Mulberry", "Oak", "Pecan", "Persimmon", "Pine", "Poplar", "Redbud", "Redwood", "Rowan",
    "Sassafras", "Sequoia", "Spruce", "Sumac", "Sycamore", "Tamarack", "Tupelo", "Walnut", "Willow", "Yew",
)  # fmt: skip
PLACES = ("", " Hill", " Creek", " Grove", " Park", " Valley", " Ridge", " Lake")
KINDS = {
    "elementary": "Elementary School", "k8": "K-8 School", "middle": "Middle School",
    "academy": "Academy 6-12", "high": "High School", "all": "School",
}  # fmt: skip

FIRST = (
    "Abel", "Ada", "Aisha", "Alma", "Amara", "Amir", "Ana", "Andre", "Anh", "Arlo", "Asha", "Beatriz", "Benji",
    "Bo", "Camila", "Carlos", "Celia", "Chidi", "Clara", "Cora", "Dalia", "Dario", "Davi", "Deja", "Diego", "Duc",
    "Eli", "Elena", "Emeka", "Esme", "Ezra", "Fatima", "Felix", "Fern", "Gael", "Gia", "Hana", "Hassan", "Hugo",
    "Ida", "Iman", "Ines", "Ira", "Isla", "Ivan", "Jada", "Jalen", "Jamal", "Jonah", "Jun", "Kai", "Kamal", "Kian",
    "Lan", "Layla", "Leila", "Leo", "Lina", "Luca", "Luz", "Mae", "Malik", "Mara", "Mateo", "Maya", "Mina", "Minh",
    "Nadia", "Nia", "Niko", "Noor", "Nuri", "Omar", "Otis", "Paz", "Pia", "Quinn", "Rafa", "Remy", "Rosa", "Rumi",
    "Sade", "Sami", "Selma", "Sol", "Tariq", "Tessa", "Theo", "Thuy", "Uma", "Vera", "Wren", "Xio", "Yara", "Yusuf",
    "Zadie", "Zane", "Zora",
)  # fmt: skip
LAST_HEADS = (
    "Amber", "Bright", "Brook", "Clear", "Cloud", "Dawn", "East", "Fair", "Fern", "Field", "Gold", "Green", "Hill",
    "Kind", "Lake", "Lark", "Long", "Meadow", "Moon", "Morning", "North", "Rain", "River", "Sky", "Snow", "South",
    "Spring", "Star", "Stone", "Summer", "Sun", "Tall", "West", "Wild", "Wind", "Winter",
)  # fmt: skip
LAST_TAILS = (
    "bank", "bird", "bridge", "brook", "crest", "dale", "field", "ford", "garden", "grove", "haven", "hill", "lake",
    "land", "leaf", "light", "mead", "path", "ridge", "shore", "song", "stone", "view", "water", "way", "wood",
)  # fmt: skip


def schools(kinds: list[str]) -> list[str]:
    """A name for each school of these kinds, all different."""
    names = []
    for place, kind in enumerate(kinds):
        part, round_ = place % len(TREES), place // len(TREES)
        more = PLACES[round_] if round_ < len(PLACES) else f" {round_}"
        names.append(f"{TREES[(7 * part) % len(TREES)]}{more} {KINDS[kind]}")
    return names


def people(dice: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """First and last names of `count` people."""
    first = np.array(FIRST, dtype=object)[dice.integers(len(FIRST), size=count)]
    heads = np.array(LAST_HEADS, dtype=object)[dice.integers(len(LAST_HEADS), size=count)]
    tails = np.array(LAST_TAILS, dtype=object)[dice.integers(len(LAST_TAILS), size=count)]
    return first, heads + tails
