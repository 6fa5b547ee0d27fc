"""What a dead worker had claimed is free again, and rung for."""

from listserv.domain import jobs
from listserv.services.release_leases import release_leases
from tests.fakes import World
from tests.integration.store.test_dispatch import claim, with_copies


def test_copies_of_a_dead_seat_are_free_and_rung_for(any_world: World) -> None:
    world = any_world
    post = with_copies(world, 2)
    assert len(claim(world, post, "seat:1/slice", 2)) == 2
    world.queue.rung.clear()
    release_leases(world.kit, "seat:2")
    assert world.queue.rung == []
    assert not claim(world, post, "other", 2)
    release_leases(world.kit, "seat:1")
    assert world.queue.rung == [jobs.deliver(post.list_id)]
    assert len(claim(world, post, "other", 2)) == 2
