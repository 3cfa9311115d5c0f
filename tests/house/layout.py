"""What the eye sees of a page that is open, measured: its width, and whole words."""

TOO_WIDE = """() => {
  const ALL = ':not(svg, svg *, .visually-hidden)';
  const range = document.createRange();
  const sticksOut = (node) => {
    range.selectNodeContents(node);
    return [node, range].some(
      (each) => each.getBoundingClientRect().right > innerWidth + 0.5);
  };
  const found = [...document.body.querySelectorAll(ALL)].filter(
    (node) => node.checkVisibility() && sticksOut(node));
  return found
    .filter((node) => !found.some((each) => node !== each && node.contains(each)))
    .slice(0, 3).map((node) => node.outerHTML.slice(0, 120));
}"""
# A word may go on in the next line at its own hyphen. The heading above numbers is
# none: it is looked at with every other cell, where names are as long as they are.
BROKEN = r"""(every) => {
  const ALL = /[^]+/g, DATE = /\d{1,2} \p{L}+ \d{4}/gu, WORD = /[^\s-]+-?/g;
  const range = document.createRange(), found = [];
  const parts = (text, owner) => {
    const cell = owner.closest('td, th');
    if (owner.closest('.status, .badge, td.num') || (every && cell))
      return text.data.matchAll(ALL);
    return cell ? text.data.matchAll(DATE) : [];
  };
  const lines = (text, start, length) => {
    range.setStart(text, start);
    range.setEnd(text, start + length);
    return new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.parentElement.checkVisibility())
      for (const part of parts(text, text.parentElement))
        for (const word of part[0].matchAll(WORD))
          if (lines(text, part.index + word.index, word[0].length).size > 1)
            found.push(word[0]);
  }
  return found;
}"""


def overflow(page) -> str:
    """How wide the page is if it scrolls sideways, and what sticks out."""
    width = page.evaluate("document.documentElement.scrollWidth")
    if width <= page.viewport_size["width"]:
        return ""
    return f"{width} pixels wide: {page.evaluate(TOO_WIDE)}"


def broken_words(page, *, every: bool = False) -> list[str]:
    """Words that break in the middle: of badges, numbers and dates, or of any cell."""
    return page.evaluate(BROKEN, every)
