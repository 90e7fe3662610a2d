// Checks signed OpenTelemetry audit records as somebody would who has none of our code: Node alone, no packages.
//
//   node check_otel_audit.mjs PUBLIC_KEY_HEX [--unchained] < lines        one ExportLogsServiceRequest of OTLP/JSON a line
//
// Prints the number of records and, on the last line, the canonical form of the last one.
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const [keyHex, unchained] = process.argv.slice(2);
const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), Buffer.from(keyHex, "hex")]);
const key = createPublicKey({ key: spki, format: "der", type: "spki" });

// RFC 8785: members by UTF-16 code units, which is how JavaScript compares strings; numbers and strings as JSON.stringify.
const jcs = (value) => {
  if (Array.isArray(value)) return `[${value.map(jcs).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`);
  return `{${members.join(",")}}`;
};
const any = (value) => {
  const [kind] = Object.keys(value);
  if (kind === undefined) return {};
  const inner = value[kind];
  if (kind === "intValue") {
    const large = BigInt(inner) > 2n ** 53n || BigInt(inner) < -(2n ** 53n);
    return { intValue: large ? BigInt(inner).toString() : Number(inner) };
  }
  if (kind === "arrayValue") return { arrayValue: { values: inner.values.map(any) } };
  if (kind === "kvlistValue") {
    return { kvlistValue: { values: inner.values.map((pair) => ({ key: pair.key, value: any(pair.value) })) } };
  }
  return { [kind]: inner };
};
const form = (record) => {
  const pairs = record.attributes.filter((pair) => !pair.key.startsWith("audit.integrity."));
  const canonical = {
    Timestamp: record.timeUnixNano,
    ObservedTimestamp: record.observedTimeUnixNano,
    EventName: record.eventName,
    Attributes: Object.fromEntries(pairs.map((pair) => [pair.key, any(pair.value)])),
  };
  if ("body" in record) canonical.Body = any(record.body);
  if (record.traceId) canonical.TraceId = record.traceId;
  if (record.spanId) canonical.SpanId = record.spanId;
  return jcs(canonical);
};
const fail = (words) => { console.error(words); process.exit(1); };

const streams = new Map();
let count = 0;
let last = "";
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  for (const resource of JSON.parse(line).resourceLogs) {
    for (const record of resource.scopeLogs.flatMap((scope) => scope.logRecords)) {
      const said = Object.fromEntries(record.attributes.map((pair) => [pair.key, Object.values(pair.value)[0]]));
      last = form(record);
      const signature = Buffer.from(said["audit.integrity.value"], "base64");
      if (!verify(null, Buffer.from(last), key, signature)) fail(`record ${count}: not signed by this key`);
      const before = streams.get(said["audit.sequence.stream_id"]);
      if (!unchained) {
        const number = Number(said["audit.sequence.number"]);
        if (number !== (before?.number ?? 0) + 1) fail(`record ${count}: number ${number} is out of sequence`);
        if (said["audit.sequence.previous_hash"] !== before?.hash) fail(`record ${count}: another hash before`);
        if (said["audit.sequence.previous_record_id"] !== before?.id) fail(`record ${count}: another id before`);
        if (before?.end) fail(`record ${count}: after the end of its stream`);
      }
      streams.set(said["audit.sequence.stream_id"], {
        number: Number(said["audit.sequence.number"]),
        hash: createHash("sha256").update(last).digest("hex"),
        id: said["audit.record.id"],
        end: said["audit.sequence.end"],
      });
      count += 1;
    }
  }
}
console.log(`${count} records`);
console.log(last);
