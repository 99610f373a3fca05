// SPDX-License-Identifier: Apache-2.0

// The flat rules in engines for node: json-rules-engine, ZEN (@gorules/zen-engine) in two layouts,
// and json-logic-engine, compiled. What is not installed is said and left out.
//
// usage: node flat_peers.cjs FILE      (FILE: what flat_json writes)
//
// A run is one profile, an object already, to the rules that fired; every run is checked. Each
// engine runs for some seconds, after as long a warm-up for the compiler.

'use strict'

const { readFileSync } = require('node:fs')

const SECONDS = 3
const WARM_UP_SECONDS = 2

/** The module, or null where it is not installed. */
function load(name) {
  try {
    return require(name)
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') {
      return null
    }
    throw error
  }
}

const isList = (flat, field) => Array.isArray(flat.profiles[0][field])

// Engines: each makes a function from a profile to the numbers of the rules that fired ------------

function makeJsonRules(flat, { Engine }) {
  const engine = new Engine()
  const operators = {
    among: ['in', 'notIn'],
    list: ['contains', 'doesNotContain'],
    less: ['lessThan', 'greaterThanInclusive'],
    'at-least': ['greaterThanInclusive', 'lessThan'],
  }
  const translate = c => {
    const kind = c.kind === 'among' && isList(flat, c.field) ? 'list' : c.kind
    return {
      fact: c.field,
      operator: operators[kind][c.isNegated ? 1 : 0],
      value: kind === 'among' ? c.values : c.values[0],
    }
  }
  flat.rules.forEach((conditions, number) =>
    engine.addRule({ conditions: { all: conditions.map(translate) }, event: { type: String(number) } }))
  return async profile => (await engine.run(profile)).events.map(event => Number(event.type))
}

/** A decision table: its inputs, and for each rule its cells by input. */
function decide({ ZenEngine }, inputs, cells) {
  const position = { x: 0, y: 0 }
  const table = {
    hitPolicy: 'collect',
    inputs,
    outputs: [{ id: 'rule', name: 'rule', field: 'rule' }],
    rules: cells.map((row, number) => ({ _id: String(number), rule: String(number), ...row })),
  }
  const decision = new ZenEngine().createDecision({
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position },
      { id: 'table', name: 'table', type: 'decisionTableNode', position, content: table },
      { id: 'out', name: 'out', type: 'outputNode', position },
    ],
    edges: [
      { id: 'first', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: 'second', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  })
  return async profile => (await decision.evaluate(profile)).result.map(row => row.rule)
}

const comparison = c => `${(c.kind === 'less') !== c.isNegated ? '<' : '>='} ${c.values[0]}`

/** A column a field: most cells are empty. */
function makeZenFields(flat, zen) {
  const translate = c => {
    if (c.kind !== 'among') {
      return comparison(c)
    }
    const list = JSON.stringify(c.values)
    const test = isList(flat, c.field) ? `contains($, "${c.values[0]}")`
      : c.isNegated ? `$ in ${list}` : list.slice(1, -1)
    return c.isNegated ? `not(${test})` : test
  }
  const fields = Object.keys(flat.profiles[0])
  return decide(zen, fields.map(field => ({ id: field, name: field, field })), flat.rules.map(
    conditions => Object.fromEntries(fields.map(field => {
      const condition = conditions.find(c => c.field === field)
      return [field, condition ? translate(condition) : '']
    }))))
}

/** A column a condition, each cell an expression that names its field. */
function makeZenConditions(flat, zen) {
  const translate = c => {
    if (c.kind !== 'among') {
      return `${c.field} ${comparison(c)}`
    }
    const test = isList(flat, c.field) ? `contains(${c.field}, "${c.values[0]}")`
      : `${c.field} in ${JSON.stringify(c.values)}`
    return c.isNegated ? `not(${test})` : test
  }
  const columns = ['first', 'second', 'third', 'fourth']
  return decide(zen, columns.map(column => ({ id: column, name: column })), flat.rules.map(
    conditions => Object.fromEntries(columns.map(
      (column, i) => [column, conditions[i] ? translate(conditions[i]) : '']))))
}

function makeJsonLogic(flat, { LogicEngine }) {
  const engine = new LogicEngine()
  const translate = c => {
    const value = { var: c.field }
    const test = c.kind === 'less' ? { '<': [value, c.values[0]] }
      : c.kind === 'at-least' ? { '>=': [value, c.values[0]] }
        : isList(flat, c.field) ? { in: [c.values[0], value] } : { in: [value, c.values] }
    return c.isNegated ? { '!': [test] } : test
  }
  const rules = flat.rules.map(conditions => engine.build({ and: conditions.map(translate) }))
  return profile => {
    const fired = []
    for (let i = 0; i < rules.length; ++i) {
      if (rules[i](profile)) {
        fired.push(i)
      }
    }
    return fired
  }
}

const engines = [
  ['json-logic-engine', 'json-logic-engine', makeJsonLogic],
  ['ZEN, a column a field', '@gorules/zen-engine', makeZenFields],
  ['ZEN, a column a condition', '@gorules/zen-engine', makeZenConditions],
  ['json-rules-engine', 'json-rules-engine', makeJsonRules],
]

// Runs ----------------------------------------------------------------------------------

/** Nanoseconds of each run; throws where an engine fires other rules than it should. */
async function runFor(seconds, flat, run) {
  const times = []
  const end = process.hrtime.bigint() + BigInt(seconds * 1e9)
  for (let i = 0; process.hrtime.bigint() < end; i = (i + 1) % flat.profiles.length) {
    const begin = process.hrtime.bigint()
    const fired = await run(flat.profiles[i])
    times.push(Number(process.hrtime.bigint() - begin))
    fired.sort((a, b) => a - b)
    if (String(fired) !== String(flat.firings[i])) {
      throw new Error(`profile ${i} fires [${fired}] instead of [${flat.firings[i]}]`)
    }
  }
  return times.sort((a, b) => a - b)
}

function printRow(rules, name, ...cells) {
  console.log([String(rules).padStart(6), name.padEnd(26), ...cells.map(c => c.padStart(10))].join(' '))
}

async function main() {
  const flat = JSON.parse(readFileSync(process.argv[2], 'utf8'))
  printRow(flat.rules.length, 'demarche', flat.demarche.toFixed(2))
  for (const [name, file, make] of engines) {
    const module = load(file)
    if (!module) {
      printRow(flat.rules.length, name, 'skipped, not installed')
      continue
    }
    const run = make(flat, module)
    await runFor(WARM_UP_SECONDS, flat, run)
    const times = await runFor(SECONDS, flat, run)
    const median = times[Math.floor((times.length - 1) / 2)] / 1e3
    printRow(flat.rules.length, name, median.toFixed(2), `${(median / flat.demarche).toFixed(1)}×`)
  }
}

main().catch(error => {
  console.error(`flat_peers: ${error.message}`)
  process.exitCode = 1
})
