// Reads texts, one JSON string a line, and prints what mvdan-sh reads in each: null if it refuses the text, "exempt" if it holds what that
// parser has no words for, else {commands: [[word...]...], words: [word...]} with word = [start, end, text or null].
'use strict';
const fs = require('fs');
const {syntax} = require(process.argv[2] + '/node_modules/mvdan-sh');

const parser = syntax.NewParser(syntax.Variant(syntax.LangBash));

// Offsets are those of UTF-8; the tests count UTF-16 units.
function offsets(text) {
  if (/^[\x00-\x7f]*$/.test(text)) return at => at;
  const units = [];
  let unit = 0;
  for (const character of text) {
    for (let byte = 0; byte < Buffer.byteLength(character); byte++) units.push(unit);
    unit += character.length;
  }
  units.push(unit);
  return at => units[at];
}

const ansi = {a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v'};

function ansiQuoted(text) {
  return text.replace(/\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|[\s\S])/g, (_, escape) => {
    if (/^[xuU]./.test(escape)) return String.fromCodePoint(parseInt(escape.slice(1), 16));
    if (/^[0-7]/.test(escape)) return String.fromCodePoint(parseInt(escape, 8) & 255);
    return ansi[escape] ?? escape;
  });
}

// The objects behind the library's wrappers: an order of magnitude faster than its own Walk. A slice is an array with an offset and a length,
// a Go string has a character for every byte of UTF-8, a nil pointer knows that it is one.
const items = slice => slice.$array.slice(slice.$offset, slice.$offset + slice.$length);
const exists = node => node && node.constructor && node !== node.constructor.nil && node.constructor.string?.startsWith('*syntax.');
const type = node => node.constructor.string.slice('*syntax.'.length);
const string = text => (/^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text, 'latin1').toString('utf8'));
const start = node => node.Pos().offs;
const end = node => node.End().offs;

function literal(parts, quoted) {
  let text = '';
  for (const part of parts) {
    switch (type(part)) {
      case 'Lit': {
        const value = string(part.Value);
        text += !value.includes('\\') ? value : value.replace(quoted ? /\\([$`"\\\n])/g : /\\([\s\S])/g, (_, escaped) => (escaped === '\n' ? '' : escaped));
        break;
      }
      case 'SglQuoted':
        text += part.Dollar ? ansiQuoted(string(part.Value)) : string(part.Value);
        break;
      case 'DblQuoted': {
        const inner = literal(items(part.Parts), true);
        if (inner === null) return null;
        text += inner;
        break;
      }
      default:
        return null;
    }
  }
  return text;
}

function read(text) {
  let file;
  try {
    file = parser.Parse(text, '').__internal_object__;
  } catch (error) {
    return null;
  }
  const unit = offsets(text);
  const commands = [];
  const words = [];
  let exempt = false;
  const word = node => [unit(start(node)), unit(end(node)), literal(items(node.Parts), false)];
  const assigned = assign => {
    if (exists(assign.Value)) words.push(word(assign.Value));
    if (exists(assign.Array)) for (const element of items(assign.Array.Elems)) if (exists(element.Value)) words.push(word(element.Value));
  };

  // An empty here-document has no body to know it by.
  const isHereDocument = node => /^<<(?!<)/.test(text.slice(unit(node.OpPos.offs), unit(node.OpPos.offs) + 6).replace(/\\\n/g, ''));

  function visit(node) {
    switch (type(node)) {
      case 'CallExpr':
        commands.push(items(node.Args).map(word));
        items(node.Assigns).forEach(assigned);
        break;
      case 'DeclClause': {
        const name = node.Variant;
        const command = [[unit(start(name)), unit(end(name)), string(name.Value)]];
        for (const assign of items(node.Args)) {
          if (!assign.Naked) assigned(assign);
          else if (exists(assign.Value)) command.push(word(assign.Value));
          else command.push([unit(start(assign.Name)), unit(end(assign.Name)), string(assign.Name.Value)]);
        }
        commands.push(command);
        break;
      }
      case 'LetClause':
        exempt = true;
        break;
      case 'Redirect':
        if (!isHereDocument(node)) words.push(word(node.Word));
        break;
      case 'WordIter':
        items(node.Items).forEach(item => words.push(word(item)));
        break;
      case 'CaseClause':
        words.push(word(node.Word));
        break;
      case 'CaseItem':
        items(node.Patterns).forEach(pattern => words.push(word(pattern)));
        break;
    }
    for (const key of Object.keys(node)) {
      if (key === '$val') continue;
      const value = node[key];
      if (!value || typeof value !== 'object') continue;
      if (value.$array) items(value).forEach(item => exists(item) && visit(item));
      else if (exists(value) && type(value) !== 'Pos') visit(value);
    }
  }

  visit(file);
  return exempt ? 'exempt' : {commands, words};
}

const lines = fs.readFileSync(process.argv[3], 'utf8').split('\n');
const out = [];
for (const line of lines) if (line) out.push(JSON.stringify(read(JSON.parse(line))));
fs.writeFileSync(process.argv[4], out.join('\n') + '\n');
