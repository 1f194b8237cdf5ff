import { afterAll, describe, expect, test } from "vitest";
import type { Fault } from "../../harness/fault.ts";
import { blackHole } from "../../harness/faults/black-hole.ts";
import { healthyOnce } from "../../harness/faults/healthy-once.ts";
import { inTurn } from "../../harness/faults/in-turn.ts";
import { deadFromTheStart, refused } from "../../harness/faults/refused.ts";
import { fin, readRequest, rst, send } from "../../harness/faults/steps.ts";
import { socketHealthy } from "../../harness/faults/unix-socket.ts";
import { healthy, wire } from "../../harness/faults/wire.ts";
import { askInTurn, clearGrounds, dial, get, openStand } from "./stand.ts";

afterAll(clearGrounds);

const reset = wire(readRequest(), rst());
const closed = wire(readRequest(), fin());

describe("inTurn", () => {
  test("gives each connection the next fault, FIN as FIN and RST as RST", async () => {
    await using stand = await openStand(inTurn([reset, closed, healthyOnce()]));
    expect(await askInTurn(stand, 6)).toEqual(["ECONNRESET", "fin", "200", "ECONNRESET", "fin", "200"]);
  });

  test("stays with the last one when told so", async () => {
    await using stand = await openStand(inTurn([reset, healthyOnce()], { end: "stay" }));
    expect(await askInTurn(stand, 4)).toEqual(["ECONNRESET", "200", "200", "200"]);
  });

  test("begins with the first once it is armed, whatever came before", async () => {
    await using stand = await openStand(inTurn([reset, closed]), { armed: false });
    const bare = await dial(stand);
    bare.socket.write(get);
    bare.socket.end();
    expect(await bare.ending()).toBe("fin");
    expect(bare.text).toMatch(/^HTTP\/1\.1 200 /);
    expect(stand.notes).toEqual([]);
    bare.socket.destroy();
  });

  test("leaves the proxy's half-close to the fault", async () => {
    await using stand = await openStand(inTurn([wire(readRequest(), send("late words"), fin())]));
    const bare = await dial(stand);
    bare.socket.end(get);
    expect(await bare.ending()).toBe("fin");
    expect(bare.text).toBe("late words");
  });

  test("hands the proxy's reset on", async () => {
    await using stand = await openStand(inTurn([healthy()]));
    const bare = await dial(stand);
    bare.socket.write(get);
    await stand.noted("sent");
    bare.socket.resetAndDestroy();
    await stand.noted("proxy-reset");
  });

  test.for<[string, () => Fault]>([
    ["refused", refused],
    ["dead from the start", deadFromTheStart],
    ["a black hole", blackHole],
  ])("refuses what strikes before there is a connection: %s", async ([, fault]) => {
    await expect(openStand(inTurn([healthyOnce(), fault()]))).rejects.toThrow(
      "turn 2 of 2: a fault that strikes before there is a connection cannot be chosen for one that has been accepted",
    );
  });

  test("refuses a unix socket", async () => {
    await expect(openStand(inTurn([socketHealthy()]))).rejects.toThrow("turn 1 of 1 is a unix socket");
  });

  test("will not prove what it could not hand on", async () => {
    const { strikes: _, ...unmarked } = refused();
    await using stand = await openStand(inTurn([unmarked]));
    await askInTurn(stand, 1);
    await expect(stand.prove()).rejects.toThrow("cannot be chosen for one that has been accepted");
  });
});
