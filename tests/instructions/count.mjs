// How many instructions a build takes, against how many it took when that was last recorded.
//
//     node tests/instructions/count.mjs PROGRAM            compares, and fails where there are over 5 % more
//     node tests/instructions/count.mjs PROGRAM --record   writes tests/instructions/recorded.txt
//
// Instructions, not seconds: callgrind counts the same on a machine that is busy. benches/README.md says how equal the counts are.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import { files, writeGuide } from "./guide.mjs";

const ROOM = 0.05;
const RECORDED = path.join(import.meta.dirname, "recorded.txt");
const LOCK = path.join(import.meta.dirname, "../../Cargo.lock");
const CONFIG = path.join(import.meta.dirname, "../../.cargo/config.toml");
const WAYS = ["from nothing", "unchanged"];
// Another of these, and the counts are of something else.
const SAME = ["rustc", "flags", "Cargo.lock", "guide", "machine"];

const [program, how] = process.argv.slice(2);
if (program === undefined || !existsSync(program) || (how !== undefined && how !== "--record")) {
  console.error("usage: node tests/instructions/count.mjs PROGRAM [--record]");
  process.exit(2);
}
const found = { ...circumstances(), ...Object.fromEntries(count(path.resolve(program))) };
process.exitCode = how === "--record" ? record(found) : compare(found, recorded());

/** What the counts depend on. @returns {Record<string, string>} */
function circumstances() {
  const flags = ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS"].flatMap((name) => process.env[name] || []);
  const own = /^rustflags = (.*)$/m.exec(readFileSync(CONFIG, "utf8"))?.[1] ?? "none";
  const wide = /\bavx2\b/.test(readFileSync("/proc/cpuinfo", "utf8")) ? "AVX2" : "no AVX2";
  const { glibcVersionRuntime } = /** @type {any} */ (process.report.getReport()).header;
  return {
    rustc: said("rustc", "-V").replace("rustc ", ""),
    flags: flags.join(" ") || own,
    "Cargo.lock": digest(readFileSync(LOCK, "utf8")),
    guide: digest(JSON.stringify([...files()])),
    machine: `${os.platform()} ${os.arch()}, ${wide}`,
    tools: `${said("valgrind", "--version")}, glibc ${glibcVersionRuntime ?? "none"}`,
  };
}

/** @param {string} command @param {string[]} words */
function said(command, ...words) {
  return execFileSync(command, words, { encoding: "utf8" }).trim();
}

/** @param {string} text */
function digest(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** The instructions of a build from nothing and of one after it. @param {string} program @returns {[string, string][]} */
function count(program) {
  const folder = mkdtempSync(path.join(existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir(), "boussole-count-"));
  try {
    writeGuide(path.join(folder, "guide"));
    return WAYS.map((way) => [way, String(build(program, folder))]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The instructions of one build on one thread, with nothing of this machine’s environment. @param {string} program @param {string} folder */
function build(program, folder) {
  const counts = path.join(folder, "counts");
  const words = ["--tool=callgrind", "--quiet", `--callgrind-out-file=${counts}`, program];
  words.push("build", "--quiet", "--root", path.join(folder, "guide"), "--output", path.join(folder, "site"), "--date", "2026-03-01");
  const valgrind = said("sh", "-c", "command -v valgrind");
  const env = { PATH: "/nowhere", HOME: "/nowhere", RAYON_NUM_THREADS: "1" };
  const ran = spawnSync(valgrind, words, { env, cwd: folder, encoding: "utf8" });
  const pages = existsSync(path.join(folder, "site")) ? readdirSync(path.join(folder, "site"), { recursive: true }) : [];
  const written = pages.filter((name) => path.basename(String(name)) === "index.html").length;
  const total = /^totals: (\d+)$/m.exec(existsSync(counts) ? readFileSync(counts, "utf8") : "");
  if (ran.status !== 0 || total === null || written < [...files().keys()].filter((name) => name.endsWith(".md")).length) {
    throw new Error(`the build that was to be counted ended with ${ran.status ?? ran.signal}, ${written} pages:\n${ran.stderr}`);
  }
  return Number(total[1]);
}

/** @param {Record<string, string>} found */
function record(found) {
  const head = "# Instructions of a build, and what they were counted with; `just instructions` writes this file.\n";
  writeFileSync(RECORDED, head + Object.entries(found).map(([key, value]) => `${key}: ${value}\n`).join(""));
  for (const way of WAYS) console.log(`${way}: ${millions(found[way])}, recorded`);
  return 0;
}

/** @returns {Record<string, string>} */
function recorded() {
  const lines = readFileSync(RECORDED, "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]));
}

/** @param {Record<string, string>} found @param {Record<string, string>} before */
function compare(found, before) {
  const others = SAME.filter((key) => found[key] !== before[key]);
  for (const key of others) console.error(`${key}: was ${before[key]}, is ${found[key]}`);
  if (found.tools !== before.tools) console.log(`with ${found.tools}; recorded with ${before.tools}`);
  const growths = WAYS.map((way) => {
    const growth = Number(found[way]) / Number(before[way]) - 1;
    console.log(`${way}: ${millions(found[way])}, recorded ${millions(before[way])}: ${percent(growth)}`);
    return growth;
  });
  if (others.length > 0) {
    console.error("The recorded counts are of something else. See whether the change above is meant, then record again: just instructions");
    return 1;
  }
  if (!growths.every((growth) => growth <= ROOM)) {
    console.error(`A build takes over ${percent(ROOM)} more instructions than recorded. Find out why; where it must be so: just instructions`);
    return 1;
  }
  if (growths.some((growth) => growth < -ROOM)) {
    console.log("*** Well done: over 5 % fewer. The guard sleeps until this is recorded: just instructions");
  }
  return 0;
}

/** @param {string | undefined} instructions */
function millions(instructions) {
  return `${(Number(instructions) / 1e6).toFixed(1)} million instructions`;
}

/** @param {number} share */
function percent(share) {
  return `${share < 0 ? "−" : "+"}${Math.abs(share * 100).toFixed(2)} %`;
}
