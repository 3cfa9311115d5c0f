"""What workers do for papers: each kind has its own name in the list of jobs."""

from pokmas.jobs.services import job
from pokmas.papers.kinds import PAPERS
from pokmas.server.rooms import collect


def make(claim) -> None:
    from pokmas.papers import services  # services enqueue the jobs of this module

    services.make(claim)


collect("papers")
for kind, paper in PAPERS.items():
    job(kind, label=paper.label, queue="pdf")(make)
