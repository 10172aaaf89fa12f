"""The contrast of texts that a checker of accessibility leaves undecided: calculated from what lies behind each."""

from __future__ import annotations

import base64
from typing import Any

ENOUGH = 4.5
"""What WCAG 2.2 asks of text of ordinary size (1.4.3)."""

# Each text is made invisible, and the lines under it; what is seen then in its place is its background. What is
# scrolled away comes into sight.
_HIDE = """selectors => selectors.map(selector => document.querySelector(selector)).map(element => {
  for (let around = element; around; around = around.parentElement) {
    around.style.textDecorationColor = "transparent";
    if (getComputedStyle(around).overflowX === "auto") around.style.overflow = "visible";
  }
  return element;
}).map(element => {
  const isDrawn = element instanceof SVGElement;
  const text = document.createRange();
  text.selectNodeContents([...element.childNodes].find(node => node.nodeType === 3 && node.data.trim()) ?? element);
  const box = (isDrawn ? element : text).getBoundingClientRect();
  const colour = getComputedStyle(element)[isDrawn ? "fill" : "color"];
  element.style[isDrawn ? "fill" : "color"] = "transparent";
  return {colour, x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height};
})"""

_SHOW = """selectors => selectors.map(selector => document.querySelector(selector)).forEach(element => {
  element.style.fill = element.style.color = "";
  for (let around = element; around; around = around.parentElement)
    around.style.textDecorationColor = around.style.overflow = "";
})"""

# The lowest contrast with nine tenths of the background: a line that crosses a corner of the box is not behind text.
_CALCULATE = """async ({png, found}) => {
  const bytes = Uint8Array.from(atob(png), one => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d", {willReadFrequently: true});
  context.drawImage(image, 0, 0);
  const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const luminance = ([red, green, blue]) =>
    0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
  return found.map(({colour, x, y, width, height}) => {
    if (width < 1 || height < 1) return null;
    const text = luminance(colour.match(/[0-9.]+/g).map(Number));
    const {data} = context.getImageData(Math.floor(x), Math.floor(y), Math.ceil(width), Math.ceil(height));
    const all = [];
    for (let at = 0; at < data.length; at += 4) {
      const behind = luminance(data.subarray(at, at + 3));
      all.push((Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05));
    }
    all.sort((one, other) => one - other);
    return all[Math.floor(all.length / 10)];
  });
}"""


def too_faint(page: Any, undecided: list[dict[str, Any]]) -> list[tuple[str, float]]:
    """The texts among those that a checker leaves undecided that stand out too little, each with its contrast."""
    nodes = [node for fault in undecided if fault["id"] == "color-contrast" for node in fault["nodes"]]
    if not nodes:
        return []
    selectors = [node["target"][0] for node in nodes]
    found = page.evaluate(_HIDE, selectors)
    top, bottom = min(one["y"] for one in found), max(one["y"] + one["height"] for one in found)
    clip = {"x": 0, "y": top, "width": max(one["x"] + one["width"] for one in found), "height": bottom - top}
    png = base64.b64encode(page.screenshot(full_page=True, clip=clip, animations="disabled")).decode()
    page.evaluate(_SHOW, selectors)
    contrasts = page.evaluate(_CALCULATE, {"png": png, "found": [one | {"y": one["y"] - top} for one in found]})
    return [
        (node["html"], round(contrast, 2))
        for node, contrast in zip(nodes, contrasts, strict=True)
        if contrast is not None and contrast < ENOUGH
    ]
