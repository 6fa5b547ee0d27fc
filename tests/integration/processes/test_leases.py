"""Who sits down on a seat frees what the one before had claimed there."""

from sqlalchemy import select

from listserv.store.engine import open_engine
from listserv.store.tables import DeliveryRow
from tests.fakes import World, build_world
from tests.integration.processes.place import Place
from tests.integration.store.test_dispatch import claim, with_copies


def leases(world: World) -> list[str | None]:
    with world.kit.database.reading() as tx:
        return list(tx.session.scalars(select(DeliveryRow.lease).order_by(DeliveryRow.id)))


def test_a_new_worker_frees_the_copies_of_its_seat_alone(place: Place) -> None:
    world = build_world(open_engine(f"sqlite+pysqlite:///{place.folder / 'quietlist.db'}"))
    post = with_copies(world, 3)
    claim(world, post, "here:1/a", 1)
    claim(world, post, "here:2/a", 1)
    claim(world, post, "here:11/a", 1)
    place.start("worker", lease="here:1")
    assert leases(world) == [None, "here:2/a", "here:11/a"]
