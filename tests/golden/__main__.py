"""Write the specimen of each kind as it is written today; files of other numbers are left alone."""

from tests.golden.files import NAMES, names_now, path_of
from tests.golden.specimens import SPECIMENS, as_text

for specimen in SPECIMENS:
    path = path_of(specimen.name, specimen.format)
    path.parent.mkdir(exist_ok=True)
    path.write_text(as_text(specimen.write()), encoding="utf-8")
NAMES.write_text(as_text(names_now()), encoding="utf-8")
