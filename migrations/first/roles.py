"""The login roles that more than one package grants to; `anpei migrate` makes them before the first migration."""

EVERY_FACE = "anpei_teaching, anpei_authoring, anpei_testing, anpei_registry"
