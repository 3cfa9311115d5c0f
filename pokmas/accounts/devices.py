"""What people recognise a device by: browser and system, from the user agent."""

# The first that is found names it; Edge and Opera also say Chrome, Chrome says Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device_name(user_agent: str) -> str:
    """Chrome · Android; empty where neither is known."""
    return " · ".join(
        filter(None, [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)])
    )


def _first(names, user_agent):
    return next((name for sign, name in names.items() if sign in user_agent), "")
