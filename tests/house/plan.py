"""The floors of the house and their rooms, those below first."""

FLOORS = ["pokmas", "partners", "agreements", "outreach", "reports"]
# The rooms of each floor, each knowing only those before it; on the ground floor the
# storeys say more, see test_imports.py.
ROOMS = {
    "pokmas": [
        *("words", "server", "records", "offices", "audit", "accounts", "jobs"),
        *("documents", "notices", "health", "charts", "lists", "forms", "steps"),
        *("papers", "reference", "rules", "numbering", "coordination", "imports"),
        *("calendar", "search", "front", "launch"),
    ],
    "partners": [
        *("fields", "kinds", "registry", "known", "declarations", "registration"),
        "colleagues",
        *("questions", "visits", "vetting", "renewal", "adoption", "standing"),
        *("groups", "decrees", "nik", "volunteers", "promises", "ladder", "terms"),
        *("door", "merging", "imports"),
    ],
    "agreements": [
        *("register", "parties", "feasibility", "drafting", "plans", "texts"),
        *("discussion", "review", "signing", "extracts", "evaluations"),
        *("proofs", "warnings", "calendar", "amendments", "renewal"),
        *("standing", "archive", "guided"),
    ],
    "outreach": [
        *("types", "closing", "activities", "planned", "evidence", "restorative"),
        *("corrections", "told", "programmes", "patterns", "pasted", "plans"),
        *("series", "presence", "results", "coverage", "attended"),
        *("offline", "ambassadors"),
    ],
    "reports": [
        *("guidelines", "tallies", "figures", "indicators", "targets", "duties"),
        "monthly",
        *("obligations", "bundles", "profiles", "health", "home", "brief"),
        *("dashboard", "demo"),
    ],
}
