"""Every file that comes with the program can be used."""

from host.modules import load_everything
from kernel.authored import LOADERS, read_all


def test_every_file_that_comes_with_the_program_can_be_used():
    load_everything()
    read_all()
    assert {loader.__module__.split(".")[0] for loader in LOADERS} == {
        "kernel",
        "people",
        "simulations",
        "training",
        "exams",
        "certification",
    }
