"""A function goes to each worker once, however many parts there are; what cannot travel is told for each item."""

import functools

import pytest

from stancebrief.engine import errands


def added(book, item):
    return item + len(book)


@pytest.fixture(autouse=True)
def a_new_worker():
    errands._at_hand.clear()
    yield
    errands._at_hand.clear()


@pytest.mark.parametrize("size", [10, 50_000])
def test_a_large_function_is_sent_once_to_each_worker_and_a_small_one_with_every_part(size):
    errand = errands.Errand(functools.partial(added, "b" * size), 2)
    sent = [errand.of([(n, n)])[1] is not None for n in range(5)]
    assert sent == ([True] * 5 if size == 10 else [True, True, False, False, False])
    assert errand.of([(9, 9)], again=True)[1] is not None


def test_a_worker_that_lacks_the_function_says_so_and_does_its_part_once_it_has_it():
    errand = errands.Errand(functools.partial(added, "b" * 5_000), 1)
    errand.of([])  # went to a worker that has died
    assert errands.run(*errand.of([(0, 1)])) is None
    assert errands.run(*errand.of([(0, 1)], again=True)) == [(0, 5_001, "")]
    assert errands.run(*errand.of([(3, 2)])) == [(3, 5_002, "")]


def test_a_worker_keeps_the_last_functions_only():
    several = [errands.Errand(functools.partial(added, "b" * (5_000 + n)), 1) for n in range(errands.AT_HAND + 1)]
    for errand in several:
        assert errands.run(*errand.of([(0, 0)]))
    assert errands.run(*several[0].of([(0, 0)])) is None
    assert errands.run(*several[-1].of([(0, 0)]))


def test_a_function_that_cannot_travel_is_refused_where_it_would_be_sent():
    with pytest.raises(errands.STAYS):
        errands.Errand(lambda item: item, 1)
