// A client of husret in TypeScript, its types made of openapi.json. `tools/typescript.py` compiles
// and runs it against a new instance: node smoke.js URL TOKEN
import createClient from "openapi-fetch";
import type { components, paths } from "./husret.js";

declare const process: { argv: string[] };
const [url, token] = process.argv.slice(2);
const husret = createClient<paths>({
  baseUrl: url,
  headers: { Authorization: `Bearer ${token}` },
});

function expect(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

const household = crypto.randomUUID();
const context = { actor: "letting-system", purpose: "referral" };
const facts: components["schemas"]["husret.v1.Fact"][] = [
  { householdRegistered: { householdId: household, registeredOn: "2024-01-01" } },
  {
    dwellingRecorded: {
      dwellingId: "dwelling-1",
      municipality: "9999",
      kind: "DWELLING_KIND_FAMILY",
      outsideAreas: true,
      firstDay: "2000-01-01",
    },
  },
];
const recorded = await husret.POST("/husret.v1.FactService/RecordFacts", {
  body: { context, requestId: crypto.randomUUID(), facts },
});
expect(recorded.data?.recorded?.length === 2, `not recorded: ${JSON.stringify(recorded.error)}`);

const question = {
  householdId: household,
  dwellingId: "dwelling-1",
  basis: "REFERRAL_BASIS_STK_1",
  day: "2024-10-15",
} as const;
const asked = await husret.POST("/husret.v1.EligibilityService/CheckReferral", {
  body: { context, requestId: crypto.randomUUID(), question },
});
const decision = asked.data?.decision;
expect(decision?.outcome === "OUTCOME_PERMITTED", `${JSON.stringify(asked.error)}`);

const wrong: components["schemas"]["husret.v1.ReferralQuestion"] = {
  householdId: household,
  // @ts-expect-error a field that the contract does not have is no field of the types
  dag: "2024-10-15",
};
const mistyped = await husret.POST("/husret.v1.EligibilityService/CheckReferral", {
  body: { context, question: wrong },
});
const named = mistyped.error?.error.details?.flatMap((each) => each.fieldViolations ?? []);
expect(mistyped.response.status === 400, "a mistyped field is not refused");
expect(named?.some((each) => each.field === "question.dag") === true, "it is not named");

console.log(`TypeScript: ${decision.outcome}, receipt ${decision.receiptId}`);
