/**
 * The changes of a source file that a test should notice.
 * @module
 */
import ts from "typescript";
import type { Mutant, Site } from "./mutant.ts";
import {
  LEFT_OUT_METHODS,
  OPERATORS,
  otherMethods,
  otherNumbers,
  otherTexts,
} from "./replacements.ts";
import { hasSentences } from "./scope.ts";

/** One change, before it knows its file. */
type Change = Pick<Mutant, "start" | "end" | "text" | "kind">;

/**
 * Finds the places of a source file that can be changed, and the changes of each.
 *
 * Types, comments, imports, and what is said by errors are left alone; of texts only those for readers change.
 *
 * @param path Relative to the root.
 * @param source The file's text.
 * @returns The places in their order.
 */
export function sitesOf(path: string, source: string): readonly Site[] {
  return path.endsWith(".json")
    ? bandSites(path, source)
    : codeSites(path, source);
}

function codeSites(path: string, source: string): readonly Site[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const sites: Site[] = [];
  const names = new Map<string, number>();
  const add = (node: ts.Node, changes: readonly Change[]) => {
    const [first, ...rest] = changes
      .filter(({ start, end, text }) => source.slice(start, end) !== text)
      .map((change) => ({ ...change, path }));
    if (first === undefined) return;
    const context = lineAt(source, node.getStart());
    const plain = `${path}\n${context}\n${first.kind}`;
    const nth = names.get(plain) ?? 0;
    names.set(plain, nth + 1);
    sites.push({ path, name: `${plain}\n${nth}`, mutants: [first, ...rest] });
  };
  const visit = (node: ts.Node): void => {
    if (isLeftAlone(node)) return;
    for (const find of finders) add(node, find(node, path));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return sites;
}

function isLeftAlone(node: ts.Node): boolean {
  return ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) || ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) || ts.isThrowStatement(node) ||
    ts.isNewExpression(node) && /Error$/.test(node.expression.getText());
}

type Finder = (node: ts.Node, path: string) => readonly Change[];

const finders: readonly Finder[] = [
  operators,
  signs,
  numbers,
  booleans,
  methods,
  droppedCalls,
  droppedArguments,
  droppedProperties,
  decisions,
  defaults,
  repeatedParts,
  sentences,
];

function operators(node: ts.Node): readonly Change[] {
  if (!ts.isBinaryExpression(node)) return [];
  const { operatorToken: token } = node;
  return (OPERATORS.get(token.getText()) ?? [])
    .map((text) => replace(token, text, "operator"));
}

function signs(node: ts.Node): readonly Change[] {
  if (!ts.isPrefixUnaryExpression(node)) return [];
  const isNegated = node.operator === ts.SyntaxKind.MinusToken ||
    node.operator === ts.SyntaxKind.ExclamationToken;
  return isNegated ? [replace(node, node.operand.getText(), "sign")] : [];
}

function numbers(node: ts.Node): readonly Change[] {
  if (!ts.isNumericLiteral(node)) return [];
  return otherNumbers(node.getText())
    .map((text) => replace(node, text, "constant"));
}

function booleans(node: ts.Node): readonly Change[] {
  if (node.kind === ts.SyntaxKind.TrueKeyword) {
    return [replace(node, "false", "constant")];
  }
  return node.kind === ts.SyntaxKind.FalseKeyword
    ? [replace(node, "true", "constant")]
    : [];
}

function methods(node: ts.Node): readonly Change[] {
  if (!ts.isPropertyAccessExpression(node)) return [];
  return otherMethods(node.name.text)
    .map((text) => replace(node.name, text, "method"));
}

/** `x.abs()` becomes `x`. */
function droppedCalls(node: ts.Node): readonly Change[] {
  if (!ts.isCallExpression(node) || node.arguments.length > 0) return [];
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression)) return [];
  return LEFT_OUT_METHODS.has(expression.name.text)
    ? [replace(node, expression.expression.getText(), "dropped call")]
    : [];
}

/** `f(a, b)` becomes `f(a)` and `f(b, a)`, where the types may allow it. */
function droppedArguments(node: ts.Node): readonly Change[] {
  if (!ts.isCallExpression(node)) return [];
  const all = node.arguments;
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return [];
  const isAlone = all.length === 1;
  const from = isAlone ? first.getStart() : all.at(-2)!.getEnd(); // two or more
  const dropped = {
    start: from,
    end: last.getEnd(),
    text: "",
    kind: "dropped argument",
  };
  if (isAlone && !isSetting(first)) return [];
  if (all.length !== 2 || !isPlain(first) || !isPlain(last)) return [dropped];
  return [dropped, {
    start: first.getStart(),
    end: last.getEnd(),
    text: `${last.getText()}, ${first.getText()}`,
    kind: "exchanged arguments",
  }];
}

/** Whether a single argument is one that functions can often do without. */
function isSetting(node: ts.Expression): boolean {
  return ts.isLiteralExpression(node) || ts.isPrefixUnaryExpression(node) ||
    ts.isObjectLiteralExpression(node) || node.getText() === "options";
}

/** Whether an argument is a name or a field: these are often of one type. */
function isPlain(node: ts.Expression): boolean {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node);
}

/** `f({ a, b })` becomes `f({ b })`: the types tell which may be absent. */
function droppedProperties(node: ts.Node): readonly Change[] {
  const isProperty = ts.isShorthandPropertyAssignment(node) ||
    ts.isPropertyAssignment(node) || ts.isSpreadAssignment(node);
  if (!isProperty || !ts.isCallExpression(node.parent.parent)) return [];
  const { properties } = node.parent as ts.ObjectLiteralExpression; // of a property
  const rest = properties.filter((other) => other !== node);
  const text = `{ ${rest.map((other) => other.getText()).join(", ")} }`;
  return [replace(node.parent, text, "dropped property")];
}

/** `c ? a : b` becomes `a` and `b`; `if (c)` always and never holds. */
function decisions(node: ts.Node): readonly Change[] {
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse]
      .map((part) => replace(node, `(${part.getText()})`, "decision"));
  }
  return ts.isIfStatement(node)
    ? [replace(node.expression, `!(${node.expression.getText()})`, "decision")]
    : [];
}

/** `a ?? b` becomes `b`. */
function defaults(node: ts.Node): readonly Change[] {
  const isDefault = ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
  return isDefault
    ? [replace(node, `(${node.right.getText()})`, "default")]
    : [];
}

/** A sentence that says one part twice, and another not at all. */
function repeatedParts(node: ts.Node): readonly Change[] {
  if (!ts.isTemplateExpression(node)) return [];
  const parts = node.templateSpans.map(({ expression }) => expression);
  return parts.flatMap((part, i) => {
    const other = parts[(i + 1) % parts.length]!; // there is one
    return [replace(part, other.getText(), "repeated part")];
  });
}

function sentences(node: ts.Node, path: string): readonly Change[] {
  if (!hasSentences(path)) return [];
  const isText = ts.isStringLiteral(node) && !isKey(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
  if (!isText || !node.getText().includes(" ")) return [];
  return otherTexts(node.getText())
    .map((text) => replace(node, text, "sentence"));
}

function isKey(node: ts.StringLiteral): boolean {
  return ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}

/** The numbers of the expected bands. */
function bandSites(path: string, source: string): readonly Site[] {
  return [...source.matchAll(/"(low|high)": (-?)([\d.e-]+)/g)]
    .flatMap(({ 0: all, 1: name = "", 2: sign = "", 3: text = "", index }) => {
      const end = index + all.length;
      const start = end - text.length;
      const [first, ...rest] = otherNumbers(text)
        .map((other) => ({ path, start, end, text: other, kind: "constant" }));
      if (first === undefined) return [];
      const site = `${path}\n${name} ${sign}${text}\n${index}`;
      return [{ path, name: site, mutants: [first, ...rest] as const }];
    });
}

function replace(node: ts.Node, text: string, kind: string): Change {
  return { start: node.getStart(), end: node.getEnd(), text, kind };
}

function lineAt(source: string, position: number): string {
  const from = source.lastIndexOf("\n", position - 1) + 1;
  const next = source.indexOf("\n", position);
  return source.slice(from, next < 0 ? source.length : next).trim();
}
