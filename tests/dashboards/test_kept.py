"""What is made once is made again when what it goes by has changed, or when too much was asked for since."""

from dashboards.kept import kept


def test_a_thing_is_made_once_for_what_it_goes_by():
    made: list[tuple[str, int]] = []

    @kept(2, by=lambda name, size: name)
    def thing(name: str, size: int) -> str:
        made.append((name, size))
        return f"{name} {size}"

    assert [thing("a", 1), thing("a", 2), thing("b", 3)] == ["a 1", "a 1", "b 3"]
    assert made == [("a", 1), ("b", 3)]


def test_the_one_that_was_asked_for_longest_ago_goes_first():
    made: list[str] = []

    @kept(2, by=lambda name: name)
    def thing(name: str) -> str:
        made.append(name)
        return name

    for name in ("a", "b", "a", "c", "a", "b"):
        thing(name)
    assert made == ["a", "b", "c", "b"]


def test_what_could_not_be_made_is_tried_again():
    tries: list[int] = []

    @kept(2, by=lambda: None)
    def thing() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OSError
        return "made"

    try:
        thing()
    except OSError:
        assert thing() == "made"
    assert len(tries) == 2
