"""axe, from `node_modules`, put into a page that is open: what keeps people out of it (WCAG 2.2, A and AA)."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

_AXE = Path("node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")  # `make setup` installs it
_RUN = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await axe.run(document, { runOnly: tags });
  return found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3)]);
}"""


async def barriers(page: Page) -> list[Any]:
    """Each rule that is broken, with where. The page's own policy stands: scripts from elsewhere stay out of it."""
    await page.evaluate(_AXE)
    found: list[Any] = await page.evaluate(_RUN)
    return found
