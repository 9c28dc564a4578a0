/** What one source file reaches for, read from its syntax: comments and texts do not count. */
export interface SourceFacts {
  /** Specifiers of every import, also of re-exports, of types and of `import()`. */
  readonly imports: readonly string[];
  /** Uses of `Deno` and `console`, once each. */
  readonly globals: ReadonlySet<string>;
}

const WATCHED: ReadonlySet<string> = new Set(["Deno", "console"]);

/** Parses one source text. */
export function parseSource(path: string, text: string): SourceFacts {
  const imports: string[] = [];
  const globals = new Set<string>();
  const literal = (node: Deno.lint.Expression | null) => {
    if (node?.type === "Literal") imports.push(String(node.value));
  };
  const visitor: Deno.lint.LintVisitor = {
    ImportDeclaration: (node) => literal(node.source),
    ExportAllDeclaration: (node) => literal(node.source),
    ExportNamedDeclaration: (node) => literal(node.source),
    ImportExpression: (node) => literal(node.source),
    "TSImportType Literal": (node: Deno.lint.Expression) => literal(node),
    Identifier: (node) => {
      if (WATCHED.has(node.name) && !isKey(node)) globals.add(node.name);
    },
  };
  Deno.lint.runPlugin(
    { name: "house", rules: { facts: { create: () => visitor } } },
    path,
    text,
  );
  return { imports, globals };
}

/** Whether a name stands for a field of something else: `{ console: 1 }`, `options.console`. */
function isKey(node: Deno.lint.Identifier): boolean {
  const { parent } = node;
  switch (parent.type) {
    case "MemberExpression":
      return parent.property === node && !parent.computed &&
        !(parent.object.type === "Identifier" &&
          parent.object.name === "globalThis");
    case "Property":
      return parent.key === node && parent.value !== node;
    case "PropertyDefinition":
    case "MethodDefinition":
    case "TSPropertySignature":
    case "TSMethodSignature":
      return parent.key === node;
    default:
      return false;
  }
}
