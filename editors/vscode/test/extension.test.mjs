// The options alone, and the built extension against a stand-in for the editor.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { transformSync } from "esbuild";

const here = new URL("..", import.meta.url);
const read = (name) => readFileSync(new URL(name, here), "utf8");

async function options() {
  const { code } = transformSync(read("src/options.ts"), { loader: "ts", format: "esm" });
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

test("the server is started as the settings say", async () => {
  const { command, initialization } = await options();
  assert.deepEqual(command({ path: " ", profile: "" }), { command: "infralint", args: ["server"] });
  assert.deepEqual(command({ path: "/opt/infralint", profile: "" }).command, "/opt/infralint");
  assert.deepEqual(initialization({ path: "", profile: "" }), { asksReason: true });
  assert.deepEqual(initialization({ path: "", profile: "pedantic" }), { asksReason: true, profile: "pedantic" });
});

test("a reason is one line and says something", async () => {
  const { reason } = await options();
  assert.equal(reason(" accepted\n risk "), "accepted risk");
  assert.equal(reason("  "), undefined);
  assert.equal(reason(undefined), undefined);
});

test("the built file is an extension and the manifest names its settings and commands", () => {
  const manifest = JSON.parse(read("package.json"));
  const built = read("dist/extension.js");
  const source = read("src/extension.ts");
  for (const { command } of manifest.contributes.commands) {
    assert.ok(source.includes(`"${command}"`), command);
    assert.ok(built.includes(command), command);
  }
  for (const name of Object.keys(manifest.contributes.configuration.properties)) {
    assert.ok(source.includes(`"${name.split(".")[1]}"`), name);
  }
  assert.match(built, /require\("vscode"\)/);
  createRequire(import.meta.url)("node:vm").compileFunction(built);
});
