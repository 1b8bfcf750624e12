import { html, type Markup } from '../markup.js'
import { verdictSigns, verdicts } from '../words/verdicts.js'

/** A derivation graph with its frame, its buttons, and what its colours and lines mean. */
export const graphSection = (graph: Markup): Markup =>
  html`<section aria-labelledby="graph"><h2 id="graph">Derivation graph</h2>
<p>Each box is a statement and leads to its page; arrows run from premises to what is derived from them. The same is on every statement’s page in words. <a class="past" href="#after-graph">Past the graph</a></p>
<figure class="graph">
<div class="tools" role="group" aria-label="Size of the graph"><button type="button" data-zoom="in" aria-label="Larger">+</button><button type="button" data-zoom="out" aria-label="Smaller">−</button><button type="button" data-zoom="all">All</button><button type="button" data-zoom="screen">Full screen</button></div>
<div class="canvas" tabindex="0" role="region" aria-label="Derivation graph. Arrow keys move it, plus and minus change its size, zero shows all of it.">${graph}</div>
<figcaption id="after-graph">
<ul class="key">
${verdicts.map((verdict) => html`<li><svg class="sample" width="34" height="18" aria-hidden="true"><g class="node ${verdict} sound"><rect x="1" y="1" width="32" height="16" rx="4"/><text x="17" y="13">${verdictSigns[verdict]}</text></g></svg> ${verdict}</li>`)}
</ul>
<ul class="key">
<li><svg class="sample" width="34" height="18" aria-hidden="true"><g class="node proved sound"><rect x="1" y="1" width="32" height="16" rx="4"/></g></svg> darker: everything it rests on, all the way up, is right as printed</li>
<li><svg class="sample" width="34" height="18" aria-hidden="true"><g class="node proved"><rect x="1" y="1" width="32" height="16" rx="4"/></g></svg> lighter: it rests on the corrected form of an erratum, or on something open</li>
<li><svg class="sample" width="34" height="18" aria-hidden="true"><g class="node definition sound"><rect x="1" y="1" width="32" height="16" rx="4"/></g></svg> whole border: read from its LaTeX</li>
<li><svg class="sample" width="34" height="18" aria-hidden="true"><g class="node definition sound hand"><rect x="1" y="1" width="32" height="16" rx="4"/></g></svg> broken border: encoded by hand</li>
<li><svg class="sample" width="34" height="18" aria-hidden="true"><g class="edges"><path class="inherited" d="M2 9L32 9"/></g></svg> the premise’s error is carried on</li>
</ul>
</figcaption>
</figure></section>`
