// Provides a Chromium to the scenarios. Where one is installed there is nothing to do; otherwise
// the npm package beside this file is fetched and unpacked, and target/chromium/executable.txt
// tells where: the program in its first line, the folder of its libraries in the second.
// ORRERY_BROWSER=fetched passes over an installed one.
import { spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "target", "chromium");
const note = join(target, "executable.txt");

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function fetchPackage() {
  const folder = join(target, "npm");
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    cpSync(join(here, file), join(folder, file));
  }
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline"], {
    cwd: folder,
    stdio: "inherit",
  });
  if (npm.status !== 0) {
    throw new Error(
      `no Chromium is installed, and npm could not fetch one (status ${npm.status}); ` +
        `install Chromium, or let npm reach its registry`,
    );
  }
  return join(folder, "node_modules", "@sparticuz", "chromium");
}

const installed =
  process.env.ORRERY_BROWSER === "fetched" ? undefined : INSTALLED.find(isExecutable);
if (installed !== undefined) {
  console.log(`scenarios use the installed ${installed}`);
} else if (existsSync(note)) {
  console.log("scenarios use the Chromium that an earlier build fetched");
} else {
  const folder = fetchPackage();
  // The package unpacks into the folder for temporary files, and its libraries only where it takes
  // itself to be on the platform that it is made for.
  process.env.TMPDIR = target;
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs20.x";
  const { default: chromium } = await import(join(folder, "build", "esm", "index.js"));
  const executable = await chromium.executablePath();
  const libraries = ["al2023", "al2"].map((name) => join(target, name, "lib")).find(existsSync);
  writeFileSync(note, `${executable}\n${libraries ?? target}\n`);
  console.log(`scenarios use the fetched ${executable}`);
}
