from agreements.register.models import Agreement
from pokmas.numbering.models import Kind, NumberTemplate, keeper_of


def is_numbered_here(agreement: Agreement) -> bool:
    """Whether the portal numbers agreements of its office today, or SRIKANDI does."""
    keeper = keeper_of(agreement.office)
    rule = NumberTemplate.objects.holding(keeper, keeper.today)[Kind.AGREEMENT]
    return rule.is_portal
