"use strict"
const drawing = document.querySelector("svg.topology")
const view = document.getElementById("view")
const nodes = [...drawing.querySelectorAll("[data-node]")]
const lines = [...drawing.querySelectorAll("[data-from]")]
const sections = [...document.querySelectorAll(".details")]
const natural = drawing.viewBox.baseVal.width
const overview = document.getElementById("overview")
let chosen = null

function choose(address, focus) {
  chosen = sections.some((each) => each.dataset.for === address) ? address : null
  for (const each of sections) each.hidden = each.dataset.for !== chosen
  overview.hidden = chosen !== null
  for (const each of nodes) {
    const is = each.dataset.node === chosen
    each.classList.toggle("chosen", is)
    each.setAttribute("aria-pressed", String(is))
  }
  light(chosen)
  document.getElementById("panel").scrollTop = 0
  nodes.find((each) => each.dataset.node === chosen)?.scrollIntoView({ block: "nearest", inline: "nearest" })
  if (focus && chosen) sections.find((each) => !each.hidden).focus({ preventScroll: true })
  try { history.replaceState(null, "", chosen ? "#" + encodeURIComponent(chosen) : location.pathname) } catch { /* not everywhere */ }
}

function reach(address, from, to) {
  const found = new Set([address])
  for (const each of found) for (const line of lines) if (line.dataset[from] === each) found.add(line.dataset[to])
  return found
}

function light(address) {
  const is = nodes.some((each) => each.dataset.node === address && each.classList.contains("node"))
  drawing.classList.toggle("some", is)
  if (!is) return
  const before = reach(address, "to", "from"), after = reach(address, "from", "to")
  for (const each of nodes) each.classList.toggle("lit", before.has(each.dataset.node) || after.has(each.dataset.node))
  for (const each of lines) each.classList.toggle("lit", before.has(each.dataset.to) || after.has(each.dataset.from))
}

function place(node) {
  const box = node.getBoundingClientRect()
  return [box.left + box.width / 2, box.top + box.height / 2]
}

function beside(node, [right, down]) {
  const [x, y] = place(node)
  let best = null, least = Infinity
  for (const other of nodes) {
    if (other === node || other.classList.contains("frame")) continue
    const [u, v] = place(other)
    const ahead = (u - x) * right + (v - y) * down, aside = Math.abs((u - x) * down) + Math.abs((v - y) * right)
    if (ahead > 4 && ahead + 2 * aside < least) [best, least] = [other, ahead + 2 * aside]
  }
  return best
}

const arrows = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }
for (const node of nodes) {
  node.addEventListener("click", (event) => { event.stopPropagation(); choose(node.dataset.node) })
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") choose(node.dataset.node)
    else if (event.key in arrows) beside(node, arrows[event.key])?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  node.addEventListener("mouseenter", () => light(node.dataset.node))
  node.addEventListener("mouseleave", () => light(chosen))
}
view.addEventListener("click", () => choose(null))
document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null) })
for (const button of document.querySelectorAll("[data-go]")) button.addEventListener("click", () => choose(button.dataset.go, true))
for (const button of document.querySelectorAll(".close")) button.addEventListener("click", () => choose(null))

let zoom = 1
function scale(to) {
  zoom = Math.min(3, Math.max(0.1, to))
  drawing.style.width = natural * zoom + "px"
  drawing.style.height = "auto"
}
const fitting = () => view.clientWidth / natural
document.getElementById("tools").hidden = false
document.getElementById("smaller").addEventListener("click", () => scale(zoom / 1.25))
document.getElementById("larger").addEventListener("click", () => scale(zoom * 1.25))
document.getElementById("fit").addEventListener("click", () => scale(fitting()))
scale(Math.min(1, Math.max(fitting(), 0.6)))
try { choose(decodeURIComponent(location.hash.slice(1))) } catch { choose(null) }
