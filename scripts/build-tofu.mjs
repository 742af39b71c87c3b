// Builds OpenTofu from the Go module proxy, for the infrastructure's tests where no binary of it is at hand. Go is needed, and some
// 5 GB of disk and many minutes at the first time. Go verifies every module by the checksum database.
//   npm run tofu:build             .cache/tofu/tofu, which the tests find
//   npm run tofu:build -- 1.12.6   another version
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "./dependencies.mjs";

const MODULE = "github.com/opentofu/opentofu";
const [version = "1.12.6"] = process.argv.slice(2);
const folder = join(root, ".cache", "tofu");
const program = join(folder, process.platform === "win32" ? "tofu.exe" : "tofu");

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "go.mod"), "module dapanoskop/tofu\n");
const { GoMod } = JSON.parse(go("mod", "download", "-json", `${MODULE}@v${version}`));
// `go install` refuses OpenTofu, because its go.mod replaces modules: a module of its own takes over what it replaces.
const { Go, Replace } = JSON.parse(go("mod", "edit", "-json", GoMod));
const replaced = (Replace ?? []).map(({ Old, New }) => `-replace=${named(Old)}=${named(New)}`);
go("mod", "edit", `-go=${Go}`, ...replaced);
go("get", "-tool", `${MODULE}/cmd/tofu@v${version}`);
// Without this flag OpenTofu says that it is a version in development.
go("build", "-ldflags", `-X ${MODULE}/version.dev=no`, "-o", program, `${MODULE}/cmd/tofu`);
process.stdout.write(execFileSync(program, ["version"], { encoding: "utf8" }));

function named({ Path, Version }) {
  return Version === undefined ? Path : `${Path}@${Version}`;
}

function go(...words) {
  return execFileSync("go", words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
