"""A new database in half the time: historical models are not built in vain.

Django builds a model of the past anew with every model related to it, and these with
theirs, which is nearly all of them, each time a model is added; and pgtrigger has it do
so after each `AddTrigger`, though a trigger is SQL and no part of the class.
"""

from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


def add_model(state, model_state):
    """Build the new model alone. Those it points at do not know it from behind, which
    only code asks that runs in a migration: before that all are built anew (`delayed`).
    """
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in vars(state):
        state.apps.render_multiple([model_state])
        state.is_delayed = True


def add_trigger(operation, app_label, state):
    """Note the trigger, which is what `makemigrations` compares; rebuild nothing."""
    options = state.models[app_label, operation.model_name_lower].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]


ProjectState.add_model = add_model
AddTrigger.state_forwards = add_trigger
