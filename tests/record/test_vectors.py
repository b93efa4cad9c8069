"""Vectors of sentences: made by one thread, so that a short text costs little however many cores there are."""

import threading

from threadpoolctl import ThreadpoolController, threadpool_info

from ultimora.record import vectors


def test_a_vector_is_made_by_one_thread() -> None:
    vectors.vector("Il presidente è arrivato.")
    seen: list[int] = []
    inner = vectors._model()._model
    original = inner._encode_batch

    def watched(*given: object) -> None:
        seen.extend(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
        original(*given)

    inner._encode_batch = watched
    try:
        with ThreadpoolController().limit(limits=4, user_api="blas"):
            vectors.vector(f"Il ministro è partito ({threading.get_ident()}).")
    finally:
        del inner._encode_batch
    assert seen
    assert set(seen) == {1}
