"""What plan files lean on in a home: its places, areas, currency and commitment types, and the posts that may own an action."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from data.definitions import Definitions
from data.people import posts
from data.plan_files.reading_rows import Setting
from data.records.records import Records


def setting(definitions: Definitions, records: Records | None, day: date, ladders: Iterable[str] = ()) -> Setting:
    """Of a home with the ids of its commitment types; without records it has no posts yet."""
    city = definitions.city
    labels = post_labels(records, day) if records is not None else {}
    owners = {label: number for number, label in labels.items()}
    return Setting(city.place, city.currency, definitions.places, city.areas, owners, tuple(ladders))


def post_labels(records: Records, day: date) -> dict[int, str]:
    """What each post is called in files: its name; beside its number, where several have it."""
    names = {post.id: post.name if isinstance(post.name, str) else next(iter(post.name.values())) for post in posts(records, day)}
    times = Counter(names.values())
    return {number: name if times[name] == 1 else f"{name} ({number})" for number, name in names.items()}
