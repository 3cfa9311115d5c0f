from django.db import models
from django.db.migrations.state import ModelState, ProjectState


def test_code_in_a_migration_knows_a_model_from_behind():
    state = ProjectState()
    key = ("id", models.AutoField(primary_key=True))
    state.add_model(ModelState("past", "Way", [key]))
    assert state.apps.get_model("past", "Way")
    points = models.ForeignKey("past.Way", models.CASCADE, related_name="steps")
    fields = [key, ("way", points)]

    state.add_model(ModelState("past", "Step", fields))

    assert state.apps.get_model("past", "Step")._meta.get_field("way").related_model
    state.clear_delayed_apps_cache()  # which Django does before it runs such code
    related = state.apps.get_model("past", "Way")._meta.related_objects
    assert [each.name for each in related] == ["steps"]
