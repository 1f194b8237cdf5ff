import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";

/** The page's own files: they come with the package as they are, whether it runs from its sources or compiled. */
const folder = join(dirname(findPackageJSON(".", import.meta.url) ?? "."), "harness", "report", "html", "page");

function pageFile(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

/** In the order in which they override each other. */
const styles = ["base", "filters", "matrix", "panel", "sequence", "wire", "narrow", "print"];

export function pageStyle(): string {
  return styles.map((name) => pageFile(`${name}.css`)).join("\n");
}

/**
 * The page's modules as one script. Each is a function that gives its exports, behind those that it imports; the first
 * one stays as it is. They are plain enough for that: they import and export by name, at the start of a line.
 */
export function pageScript(entry = "main.js"): string {
  const done = new Set<string>();
  const moduleOf = (file: string): string => {
    if (done.has(file)) return "";
    done.add(file);
    const text = pageFile(file);
    const before = [...text.matchAll(imported)].map(([, , name = ""]) => moduleOf(name));
    const body = text.replace(imported, (_, names, from) => `const {${names}} = ${variable(from)};\n`);
    return before.join("") + (file === entry ? body : wrapped(file, body));
  };
  return moduleOf(entry);
}

function wrapped(file: string, body: string): string {
  const names = [...body.matchAll(exported)].map(([, name]) => name);
  return `const ${variable(file)} = (() => {\n${body.replace(/^export /gm, "")}return { ${names.join(", ")} };\n})();\n`;
}

function variable(file: string): string {
  return `$${file.replace(/\.js$/, "").replaceAll("-", "_")}`;
}

const imported = /^import \{([^}]*)\} from "\.\/([\w-]+\.js)";\n/gm;
const exported = /^export (?:async )?(?:function|const|class) (\w+)/gm;
