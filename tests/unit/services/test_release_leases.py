"""What a dead worker had claimed is free again, and rung for."""

from listserv.domain import jobs
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.fan_out import fan_out
from listserv.services.receive_post import receive_post
from listserv.services.release_leases import release_leases
from listserv.store import deliveries
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, from_ann, plain


def _claim(world: World, list_id: int, lease: str) -> int:
    with world.kit.database.transaction() as tx:
        return len(deliveries.claim(tx, list_id, lease, world.clock.now(), 10))


def test_copies_of_a_dead_seat_are_free_and_rung_for(any_world: World) -> None:
    world = any_world
    group = create_list(world.kit, "group@example.org")
    list(add_members(world.kit, group.address, [Newcomer(ANN), Newcomer("ben@example.net")]))
    change_list(world.kit, group.address, {"sender_proof": "off"})
    receive_post(world.kit, group.id, from_ann(), plain())
    fan_out(world.kit, 1)
    assert _claim(world, group.id, "seat:1/slice") == 2
    world.queue.rung.clear()
    release_leases(world.kit, "seat:2")
    assert world.queue.rung == []
    assert _claim(world, group.id, "other") == 0
    release_leases(world.kit, "seat:1")
    assert world.queue.rung == [jobs.deliver(group.id)]
    assert _claim(world, group.id, "other") == 2
