import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { openClient } from "./container-client.ts";
import { engineMissing, hasImage } from "./container-engine.ts";

/** Made here when no registry supplies it: see `docker/base.sh`. */
const base = "debian:bookworm-slim";

/** An image that is built from a folder of `docker/`. */
export interface ContainerImage {
  /** What keeps the image from being had here, with the command that supplies it. */
  missing(): Promise<string | undefined>;
  /** Its name and tag, once it is there: built unless it was before, and once for all who ask meanwhile. */
  build(): Promise<string>;
}

/** @param name of the folder below `docker/` that holds the Dockerfile */
export function imageOf(name: string): ContainerImage {
  const folder = join(dockerFolder(), name);
  const tagged = async () => `badgateway/${name}:${await contentHash(folder)}`;
  let building: Promise<void> | undefined;
  return {
    async missing() {
      const engine = await engineMissing();
      if (engine !== undefined || (await hasImage(await tagged())) || (await hasImage(base))) return engine;
      return `no image ${base}, from which ${name}'s is built: ${join(dockerFolder(), "base.sh")}`;
    },
    async build() {
      const image = await tagged();
      if (await hasImage(image)) return image;
      building ??= buildFrom(folder, image).finally(() => {
        building = undefined;
      });
      await building;
      // The engine reports a step that failed as one more line of progress, not as an error.
      if (!(await hasImage(image))) throw new Error(`building ${image} failed; to see why: docker build ${folder}`);
      return image;
    },
  };
}

/** An image that somebody else has built and tagged: `badgateway/nginx:1.28`. */
export function taggedImage(name: string, tag: string): ContainerImage {
  const image = `badgateway/${name}:${tag}`;
  return {
    async missing() {
      const engine = await engineMissing();
      if (engine !== undefined || (await hasImage(image))) return engine;
      return `no image ${image}: docker build --tag ${image} DIR, with ${name} ${tag} in it`;
    },
    build: async () => image,
  };
}

async function buildFrom(folder: string, image: string): Promise<void> {
  const { image: images } = await openClient();
  await images.build(folder, { t: image, dockerfile: "Dockerfile", forcerm: true });
}

/** The tag tells one content of the folder from another, so that nothing is built twice and nothing old is used. */
async function contentHash(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  )) {
    const path = join(file.parentPath, file.name);
    hash
      .update(path.slice(folder.length))
      .update("\0")
      .update(await readFile(path))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 12);
}

/** `docker/` of this package, whether run from its sources or as published. */
function dockerFolder(): string {
  const manifest = findPackageJSON("..", import.meta.url);
  if (manifest === undefined) throw new Error(`${import.meta.url} is in no package`);
  return join(dirname(manifest), "docker");
}
