"""Migrations with many triggers in half the time.

After each `AddTrigger` pgtrigger has Django build the historical model anew, and all
models related to it. They do not differ: a trigger is SQL and no part of the class.
"""

from pgtrigger.migrations import AddTrigger


def state_forwards(operation, app_label, state):
    """Note the trigger, which is what `makemigrations` compares; rebuild nothing."""
    options = state.models[app_label, operation.model_name_lower].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]


AddTrigger.state_forwards = state_forwards
