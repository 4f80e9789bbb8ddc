// The extension: starts `infralint server` and asks for the reasons of suppressions.

import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { command, initialization, reason, type Settings } from "./options";

const SCHEMES = ["file", "untitled"];
let client: LanguageClient | undefined;

function settings(): Settings {
  const found = vscode.workspace.getConfiguration("infralint");
  return { path: found.get("path", "infralint"), profile: found.get("profile", "") };
}

async function start(): Promise<void> {
  const now = settings();
  client = new LanguageClient("infralint", "infralint", command(now), {
    documentSelector: SCHEMES.map((scheme) => ({ scheme })),
    initializationOptions: initialization(now),
  });
  try {
    await client.start();
  } catch (error) {
    const told = `infralint: ${now.path} server does not start (${error}). pip install "infralint[lsp]", or set infralint.path.`;
    void vscode.window.showErrorMessage(told);
    client = undefined;
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function run(name: string, ...values: unknown[]): Promise<void> {
  await client?.sendRequest("workspace/executeCommand", { command: name, arguments: values });
}

async function ignoreWithReason(uri: string, rule: string, offset: number): Promise<void> {
  const typed = await vscode.window.showInputBox({ prompt: `Why is ${rule} ignored here?`, placeHolder: "reason" });
  const words = reason(typed);
  if (words !== undefined) {
    await run("infralint.ignore", uri, rule, offset, words);
  }
}

async function fixFile(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    await run("infralint.fixAll", editor.document.uri.toString());
  }
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("infralint.ignoreWithReason", ignoreWithReason),
    vscode.commands.registerCommand("infralint.fixFile", fixFile),
    vscode.commands.registerCommand("infralint.restart", async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("infralint")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}
