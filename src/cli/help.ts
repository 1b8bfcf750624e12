/** What `--help` prints. Plain text, so that it costs no imports. */
export const help = {
  corrigenda: `corrigenda: checks the equations of a theory paper

Usage: corrigenda COMMAND [OPTIONS]

Commands:
  init      a folder for a paper of your own, from its LaTeX source where you give one
  derive    what the theory makes of a model alone: a ring's energy, an ensemble of networks
  audit     derive, compare and sample every statement; print verdicts and errata, write reports
  explain   everything about one statement: printed, premises, derived, each check with its evidence
  check     test one statement, or another formula in its place
  mutate    alter every formula and see whether the checks notice
  report    make pages, LaTeX and Markdown from a report that an audit wrote
  diff      what changed between two reports
  list      the statements of the papers

Examples:
  corrigenda audit
  corrigenda explain schoenholz-2017/eq-14
  corrigenda check schoenholz-2017/eq-13 --printed 'r^* = \\sqrt{\\frac{2 N\\sigma_b^2}{\\Delta_w}}'

'corrigenda COMMAND --help' tells more. Papers are found in data/ID/paper.yaml, here or among those that are shipped; a first
argument DIR, or the name of an installed package, finds them there.
Exit codes: 0 all accounted for, 1 something refuted or open, 2 input not understood, 3 internal failure,
130 stopped by Ctrl-C (audit --watch, which ends in no other way: 0).
`,
  audit: `corrigenda audit: audit papers or statements

Usage: corrigenda audit [DIR | PACKAGE] [PAPER | STATEMENT ...] [OPTIONS]

Options:
  --watch                       stay, and audit again after each save what it can have changed; Ctrl-C ends
  --depth quick|standard|full   how many instances and networks (default: standard)
  --seed N                      every random number follows from it (default: 1)
  --json FILE                   also write the report to FILE, in a folder made for it where there is none; - is
                                standard output
  --out DIR                     write report.json, the figures (.svg, .csv, .json), verdicts.md, errata.md,
                                latex/ and html/ there
                                (default: out, when everything is audited; otherwise nothing is written)
  --junit FILE                  also write the verdicts as JUnit XML, for CI servers
  --badge FILE                  also write a badge (SVG) with the counts of statements and errata
  --workers N                   worker threads (default: as many as the machine runs at once)
  --cache DIR                   keep sampled results there, so that a run that was killed is finished by the next one
                                (default: .corrigenda-cache; it may be deleted at any time)
  --no-cache                    keep nothing and look nothing up; results are the same

Examples:
  corrigenda audit
  corrigenda audit schoenholz-2017 --depth quick --out /tmp/audit
  corrigenda audit schoenholz-2017/eq-13 schoenholz-2017/eq-14 --seed 7 --json -
`,
  explain: `corrigenda explain: everything about one statement

Usage: corrigenda explain [DIR | PACKAGE] STATEMENT [OPTIONS]

Options:
  --depth, --seed, --workers, --cache, --no-cache   as for audit

Examples:
  corrigenda explain schoenholz-2017/eq-14
  corrigenda explain schoenholz-2017/eq-15 --depth full
`,
  check: `corrigenda check: test one statement, or another formula in its place

Usage: corrigenda check [DIR | PACKAGE] STATEMENT [OPTIONS]

Options:
  --printed LATEX          test this in the place of what is printed
  --given PREMISE=LATEX    take this for a premise's formula; what lies between is derived from it (repeatable);
                           then only derivations are compared: networks know nothing of it;
                           a premise can be given once
  --depth, --seed, --workers, --cache, --no-cache   as for audit (depth: standard, seed: 1)
  --json FILE              write the result to FILE, in a folder made for it where there is none; - is standard output

Exits with 1 and a witness where the formula is refuted, with 0 where it holds, with 2 where the input is not understood,
with 130 when stopped by Ctrl-C.

Examples:
  corrigenda check schoenholz-2017/eq-14
  corrigenda check schoenholz-2017/eq-13 --printed 'r^* = \\sqrt{\\frac{N\\sigma_b^2}{1 + \\sigma_w^2}}'
  corrigenda check schoenholz-2017/eq-13 --given 'eq-12=\\mathcal{L}(\\{r^l\\}) = \\frac{1}{2} \\sum_{l=0}^L \\left\\{ \\frac{(r^l)^2}{\\sigma_w^2 N^{-1} (r^{l-1})^2 + 2\\sigma_b^2} - N \\log \\left(\\frac{(r^l)^2}{\\sigma_w^2 N^{-1} (r^l)^2 + 2\\sigma_b^2} \\right) \\right\\}'
  corrigenda check schoenholz-2017/eq-16 --json -
The one with --given doubles sigma_b^2 in the energy: the saddle moves, and what is printed of it is refuted.
`,
  mutate: `corrigenda mutate: alter every formula and see whether the checks notice

Usage: corrigenda mutate [DIR | PACKAGE] [PAPER | STATEMENT ...] [OPTIONS]

Each formula (corrected, where it is) is altered by one slip at a time: a sign, a coefficient, a factor 2, 1/2 or pi, a
power, an index, a dropped term, two symbols exchanged, a factor moved in or out of a root or logarithm, a conjugated
phase. Alterations that provably say the same are thrown out and counted; every other one must be refuted.

Options:
  --each N        alterations of each kind at most, spread over the formula (default: 2)
  --seed N        every random number follows from it (default: 1)
  --json FILE     also write everything to FILE; - is standard output
  --workers N     worker threads (default: as many as the machine runs at once)

Exits with 0 where at least 99 % are refuted and every survivor is explained in the data, otherwise with 1.

Examples:
  corrigenda mutate
  corrigenda mutate schoenholz-2017/eq-14 --each 100
  corrigenda mutate schoenholz-2017 --seed 7 --json /tmp/mutants.json
`,
  report: `corrigenda report: make pages, LaTeX and Markdown from a report that an audit wrote

Usage: corrigenda report FILE [OPTIONS]

FILE is a report.json, or the folder that holds it or its 'out'; the figures' numbers (.json) lie beside it, as
'corrigenda audit --out DIR' leaves them. Nothing is audited, and what is written depends on these files alone.

Options:
  --html DIR        write web pages there, which open from disk (index.html); DIR is replaced as a whole, if it holds
                    nothing else
  --latex DIR       write LaTeX there: report.tex, tables.tex, errata.tex, references.bib, one file a table, one a figure
  --markdown FILE   write verdicts and errata to FILE as Markdown; - is standard output
  --figures DIR     where the figures' numbers are (default: the folder of FILE)

Examples:
  corrigenda report out/report.json --html /tmp/pages
  corrigenda report out/report.json --latex /tmp/latex
  corrigenda report out/report.json --markdown -
`,
  diff: `corrigenda diff: what changed between two reports

Usage: corrigenda diff OLD NEW [OPTIONS]

OLD and NEW are reports that 'corrigenda audit --json FILE' wrote. Told are changes of verdict, severity, origin and
formula, statements that appeared or vanished, and evidence that was lost: checks that are gone or hold no longer, fewer
digits or instances, less power. Figures of evidence are compared where both reports have one seed and one depth.

Options:
  --json FILE   also write the comparison to FILE; - is standard output

Exits with 1 where something got worse, with 0 where nothing did, with 2 where a report cannot be read.

Examples:
  corrigenda diff before.json after.json
  corrigenda diff before.json after.json --json -
`,
  derive: `corrigenda derive: what the theory makes of a model alone

Usage: corrigenda derive FILE | DIR | PACKAGE [PAPER | STATEMENT ...] [OPTIONS]

FILE is YAML. A ring: energy (LaTeX) and notation as in paper.yaml (guessed where it is left out); printed are saddle,
fluctuations, kernel, mode energies, stability, field theory and correlation length. An ensemble of networks: activation (a
name: linear, relu, tanh, sign, step, erf, sin, exp; or LaTeX in z), weightVariance, biasVariance and rowCorrelation; printed
are length and correlation maps, fixed points with stability, depth scales and phase boundaries. Of a folder, its
model.yaml and every statement that is the energy of a ring.

Options:
  --latex      print LaTeX

Examples:
  corrigenda derive model.yaml
  corrigenda derive schoenholz-2017/eq-12 --latex
`,
  init: `corrigenda init: a folder for a paper of your own

Usage: corrigenda init DIR [OPTIONS]

Writes data, derivations, a test and a package.json, and overwrites nothing. From a LaTeX source come every displayed
formula as a statement, with number, label and section, and a table of notation guessed from their symbols; without one
a small example.

Options:
  --tex FILE   the paper's main file; what it includes from its folder is followed, its macros are written out
  --id ID      the paper's id (default: the folder's name)

Examples:
  corrigenda init my-audit
  corrigenda init my-audit --tex paper.tex
`,
  list: `corrigenda list: the statements of the papers

Usage: corrigenda list [DIR | PACKAGE] [PAPER ...]

Examples:
  corrigenda list
  corrigenda list schoenholz-2017
`,
} as const

export type CommandName = Exclude<keyof typeof help, 'corrigenda'>
