"""How the trail reads: one Indonesian sentence for every action.

A room names its own actions in its trail.py, where the general words will not do:

    describe({"partner.merged": _("menggabungkan mitra")})
"""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import camel_case_to_spaces, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The last part of an action, said of any record: "partner.created".
VERBS = {
    "created": gettext_lazy("mencatat %(what)s"),
    "drafted": gettext_lazy("menyusun draf %(what)s"),
    "changed": gettext_lazy("mengubah %(what)s"),
    "deleted": gettext_lazy("menghapus %(what)s"),
    "archived": gettext_lazy("mengarsipkan %(what)s"),
    "restored": gettext_lazy("mengembalikan %(what)s dari arsip"),
    "viewed": gettext_lazy("melihat data terlindung %(what)s"),
    "downloaded": gettext_lazy("mengunduh %(what)s"),
    "exported": gettext_lazy("mengekspor daftar %(what)s"),
    "imported": gettext_lazy("mengimpor %(what)s"),
    "uploaded": gettext_lazy("mengunggah berkas %(what)s"),
    "attached": gettext_lazy("melampirkan berkas pada %(what)s"),
    "printed": gettext_lazy("mencetak %(what)s"),
    "issued": gettext_lazy("menerbitkan %(what)s"),
    "requested": gettext_lazy("meminta %(what)s"),
    "retried": gettext_lazy("mengulang %(what)s"),
    "stopped": gettext_lazy("membatalkan %(what)s"),
    "messaged": gettext_lazy("membuka pesan WhatsApp tentang %(what)s"),
}

# Whole actions, filled by `describe`.
ACTIONS: dict[str, str | Promise] = {
    "access.denied": gettext_lazy("ditolak membuka halaman"),
    "trail.inspected": gettext_lazy("meminta pemeriksaan jejak audit"),
}


def describe(actions: dict[str, str | Promise]) -> None:
    """Say how people call these actions, in words that follow a person's name."""
    ACTIONS.update(actions)


def phrase(action: str) -> str:
    """What follows the name of who did it: "menyetujui mitra"."""
    if action in ACTIONS:
        return str(ACTIONS[action])
    name, _dot, verb = action.rpartition(".")
    model = _model(name)
    what = str(model._meta.verbose_name) if model else name
    if label := _status_label(model, verb):
        return _("mengubah status %(what)s menjadi “%(status)s”") % {
            "what": what,
            "status": label,
        }
    if verb in VERBS:
        return VERBS[verb] % {"what": what}
    return action


def every_phrase() -> dict[str, str]:
    """The words of all actions there can be, for where a database writes them."""
    actions = set(ACTIONS)
    for model in filter(has_words, apps.get_models()):
        ends = {*VERBS, *getattr(model, "Status", ())}
        actions |= {f"{model._meta.model_name}.{end}" for end in ends}
    return {action: capfirst(phrase(action)) for action in actions}


def is_named(action: str) -> bool:
    """Whether people can read it; a test asks this of every action in the code."""
    return phrase(action) != action


def has_words(model) -> bool:
    """Whether people have a name for its rows; else the framework makes one up."""
    return model._meta.verbose_name != camel_case_to_spaces(model.__name__)


def of_table(table: str) -> str:
    """What a sealed table holds: the entries, or the history of something."""
    for model in apps.get_models():
        if model._meta.db_table == table:
            tracked = getattr(model, "pgh_tracked_model", None)
            name = (tracked or model)._meta.verbose_name
            return _("Riwayat %(what)s") % {"what": name} if tracked else capfirst(name)
    return table


def _model(name: str):
    for model in apps.get_models():
        if model._meta.model_name == name:
            return model
    return None


def _status_label(model, value: str) -> str | None:
    statuses = getattr(model, "Status", None)
    labels = dict(statuses.choices) if statuses else {}
    return str(labels[value]) if value in labels else None
