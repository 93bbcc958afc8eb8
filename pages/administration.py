"""Administration: who may come in and as what, and who saw or took lists of students."""

from ui import cache, gate, people, show

viewer = gate.enter("district")

show.head("Administration", people.headline(), "The sign-in says who somebody is; this list says what they see.")
people.stop_if_not_for_all(viewer)
people.draw()
people.change(viewer, cache.offered(viewer).schools, people.districts(viewer))
people.leave(viewer)
people.log()
people.retention()
