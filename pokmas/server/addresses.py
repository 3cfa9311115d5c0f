"""Whose request it is, where proxies stand in front."""


def named_by_proxies(forwarded: str, proxies: int) -> str:
    """The address that the outermost of our proxies saw; "" if the header is short.

    Each proxy adds the address that it saw at the end.
    """
    seen = [each.strip() for each in forwarded.split(",") if each.strip()]
    return seen[-proxies] if len(seen) >= proxies else ""
