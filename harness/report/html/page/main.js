import { openFilter } from "./filter.js";
import { openKeyboard } from "./keyboard.js";
import { openPanel } from "./panel.js";
import { unpack } from "./unpack.js";

const proxies = await unpack("proxies");
openKeyboard(proxies);
openFilter();
openPanel(proxies);
