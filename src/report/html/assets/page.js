;(() => {
  const root = document.documentElement
  root.classList.add('js', 'setting')

  /** Shows the statements that the form asks for, and says how many. */
  const filterBy = (form) => {
    const items = [...document.querySelectorAll('.statement')]
    const sections = [...document.querySelectorAll('.of-section')]
    const words = new Map()
    const textOf = (item) => {
      if (!words.has(item)) {
        const about = item.querySelector('.what').textContent
        words.set(item, `${item.id} ${about} ${item.dataset.latex ?? ''}`.toLowerCase().replace(/\s+/g, ' '))
      }
      return words.get(item)
    }
    const apply = () => {
      const data = new FormData(form)
      const verdicts = data.getAll('verdict')
      const severity = data.get('severity')
      const section = data.get('section')
      const wanted = String(data.get('text')).toLowerCase().split(/\s+/).filter(Boolean)
      let shown = 0
      for (const item of items) {
        const fits =
          (verdicts.length === 0 || verdicts.includes(item.dataset.verdict)) &&
          (severity === '' || item.dataset.severity === severity) &&
          (section === '' || item.dataset.section === section) &&
          wanted.every((word) => textOf(item).includes(word))
        item.hidden = !fits
        if (fits) shown += 1
      }
      for (const part of sections) part.hidden = part.querySelector('.statement:not([hidden])') === null
      const status = form.querySelector('.shown')
      status.textContent =
        shown === items.length ? `All ${items.length} statements` : `${shown} of ${items.length} statements`
    }
    const fromAddress = () => {
      const asked = new URLSearchParams(location.search)
      for (const box of form.querySelectorAll('[name=verdict]'))
        if (asked.has('verdict')) box.checked = asked.getAll('verdict').includes(box.value)
      for (const name of ['severity', 'section', 'text']) {
        const value = asked.get(name)
        if (value !== null) form.elements[name].value = value
      }
    }
    form.addEventListener('input', apply)
    form.addEventListener('reset', () => setTimeout(apply))
    form.addEventListener('submit', (event) => event.preventDefault())
    fromAddress()
    apply()
    // Coming back, the browser puts the form's values in again.
    addEventListener('pageshow', apply)
  }

  /** Moves and enlarges a drawing by its view box: buttons, keys, wheel with a modifier, dragging, two fingers. */
  const zoom = (figure) => {
    const canvas = figure.querySelector('.canvas')
    const svg = canvas.querySelector('svg')
    const whole = svg.viewBox.baseVal
    const all = { x: whole.x, y: whole.y, width: whole.width, height: whole.height }
    let view = { ...all }
    const show = () => svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.width} ${view.height}`)
    /** Screen pixels to the drawing's units. */
    const scale = () => Math.max(view.width / canvas.clientWidth, view.height / canvas.clientHeight)
    const keep = () => {
      view.x = Math.min(Math.max(view.x, all.x - view.width / 2), all.x + all.width - view.width / 2)
      view.y = Math.min(Math.max(view.y, all.y - view.height / 2), all.y + all.height - view.height / 2)
      show()
    }
    const move = (x, y) => {
      view.x += x
      view.y += y
      keep()
    }
    /** By a factor about a point of the screen; the middle where none is given. */
    const enlarge = (factor, clientX, clientY) => {
      const before = svg.getScreenCTM()
      const box = canvas.getBoundingClientRect()
      const x = clientX ?? box.left + box.width / 2
      const y = clientY ?? box.top + box.height / 2
      const point = new DOMPoint(x, y).matrixTransform(before.inverse())
      const width = Math.min(Math.max(view.width / factor, 200), 1.5 * all.width)
      const real = view.width / width
      view = {
        x: point.x - (point.x - view.x) / real,
        y: point.y - (point.y - view.y) / real,
        width,
        height: view.height / real,
      }
      keep()
    }
    const centre = (node) => {
      const box = node.getBBox()
      const width = Math.min(all.width, canvas.clientWidth)
      const height = Math.min(all.height, canvas.clientHeight)
      view = { x: box.x + box.width / 2 - width / 2, y: box.y + box.height / 2 - height / 2, width, height }
      keep()
    }
    const showAll = () => {
      view = { ...all }
      show()
    }
    const fill = () => (document.fullscreenElement === null ? figure.requestFullscreen() : document.exitFullscreen())
    figure.addEventListener('fullscreenchange', showAll)
    if (!document.fullscreenEnabled) figure.querySelector('[data-zoom=screen]').hidden = true
    /** At first: all of it where that can be read, otherwise its beginning. */
    const start = () => {
      const readable = 0.3
      if (canvas.clientWidth / all.width >= readable && canvas.clientHeight / all.height >= readable) return showAll()
      const width = Math.min(all.width, canvas.clientWidth / readable)
      const height = Math.min(all.height, canvas.clientHeight / readable)
      view = { x: all.x, y: all.y, width, height }
      show()
    }
    const actions = { in: () => enlarge(1.4), out: () => enlarge(1 / 1.4), all: showAll, screen: fill }
    for (const button of figure.querySelectorAll('[data-zoom]'))
      button.addEventListener('click', () => actions[button.dataset.zoom]())
    canvas.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const step = 60 * scale()
      const keys = {
        ArrowLeft: () => move(-step, 0),
        ArrowRight: () => move(step, 0),
        ArrowUp: () => move(0, -step),
        ArrowDown: () => move(0, step),
        '+': actions.in,
        '=': actions.in,
        '-': actions.out,
        0: actions.all,
      }
      if (!Object.hasOwn(keys, event.key)) return
      keys[event.key]()
      event.preventDefault()
    })
    // The wheel alone scrolls the page, as everywhere.
    canvas.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return
        enlarge(Math.exp(-event.deltaY / 300), event.clientX, event.clientY)
        event.preventDefault()
      },
      { passive: false },
    )
    const fingers = new Map()
    let moved = 0
    canvas.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      if (fingers.size === 0) moved = 0
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    })
    addEventListener('pointermove', (event) => {
      const last = fingers.get(event.pointerId)
      if (last === undefined) return
      const next = { x: event.clientX, y: event.clientY }
      const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at)
      fingers.set(event.pointerId, next)
      moved += Math.abs(next.x - last.x) + Math.abs(next.y - last.y)
      if (moved > 4) canvas.classList.add('moving')
      const [other] = others
      if (other === undefined) move((last.x - next.x) * scale(), (last.y - next.y) * scale())
      else {
        const distance = (at) => Math.hypot(at.x - other.x, at.y - other.y)
        if (distance(last) > 0) enlarge(distance(next) / distance(last), (next.x + other.x) / 2, (next.y + other.y) / 2)
      }
    })
    const lift = (event) => {
      fingers.delete(event.pointerId)
      if (fingers.size === 0) canvas.classList.remove('moving')
    }
    addEventListener('pointerup', lift)
    addEventListener('pointercancel', lift)
    canvas.addEventListener('dragstart', (event) => event.preventDefault())
    // A drag that ends on a box is no click on it.
    canvas.addEventListener(
      'click',
      (event) => {
        if (moved > 4) event.preventDefault()
        moved = 0
      },
      true,
    )
    canvas.addEventListener('focusin', (event) => {
      const node = event.target.closest?.('.node')
      if (node?.matches(':focus-visible')) centre(node)
      // A box that is focused must not scroll the frame as well.
      canvas.scrollTo(0, 0)
    })
    const toTarget = () => {
      const node =
        location.hash.startsWith('#graph-') && document.getElementById(decodeURIComponent(location.hash.slice(1)))
      for (const wanted of svg.querySelectorAll('.wanted')) wanted.classList.remove('wanted')
      if (!node) return
      node.classList.add('wanted')
      centre(node)
      canvas.scrollTo(0, 0)
      figure.scrollIntoView({ block: 'center', behavior: 'instant' })
    }
    start()
    toTarget()
    addEventListener('hashchange', toTarget)
    addEventListener('beforeprint', showAll)
  }

  /** What can be scrolled sideways can be reached by keyboard, and says what it is. */
  const reachable = () => {
    const look = (element) => {
      const isWide = element.scrollWidth > element.clientWidth + 1
      for (const [name, value] of Object.entries({
        tabindex: '0',
        role: 'group',
        'aria-label': `${element.dataset.name}, scrolls sideways`,
      }))
        if (isWide) element.setAttribute(name, value)
        else element.removeAttribute(name)
    }
    // In what time is left: most of a long page is not laid out yet, and need not be at once.
    const later = window.requestIdleCallback ?? ((work) => setTimeout(() => work({ timeRemaining: () => 10 }), 50))
    const all = [...document.querySelectorAll('.formula, .wide')]
    let next = 0
    const some = (deadline) => {
      while (next < all.length && deadline.timeRemaining() > 4) look(all[next++])
      if (next < all.length) later(some)
      else root.classList.add('settled')
    }
    const again = () => {
      const isOver = next >= all.length
      next = 0
      if (isOver) later(some)
    }
    later(some)
    addEventListener('resize', again)
  }

  /** What differs in a wide formula should not have to be looked for. */
  const showMarks = () => {
    for (const element of document.querySelectorAll('main > .pair .formula')) {
      const mark = element.querySelector('.removed, .added')
      if (mark === null) continue
      const offset = mark.getBoundingClientRect().right - element.getBoundingClientRect().left
      if (offset > element.clientWidth) element.scrollLeft = offset - element.clientWidth / 2
    }
  }

  const show = () => {
    showMarks()
    root.classList.remove('setting')
    reachable()
  }

  document.addEventListener('DOMContentLoaded', () => {
    // The layout asks for the fonts; the page is shown when they are there, so that nothing seen moves.
    root.getBoundingClientRect()
    document.fonts.ready.then(show, show)
    const form = document.querySelector('.filters')
    if (form !== null) filterBy(form)
    for (const figure of document.querySelectorAll('.graph')) zoom(figure)
  })
})()
