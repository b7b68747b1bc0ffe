import type { DecodedToken } from "@/lib/client/inspect/decode";
import { Facts, Section } from "./section";

/** The newest token of this page, taken apart. It is one's own, is shown to nobody else and not kept. */
export function TokenFacts({ token }: { token: DecodedToken | null }) {
  return (
    <Section title="Newest token">
      {token ? (
        <>
          <h3 className="text-small font-semibold text-soft">Header</h3>
          <Facts facts={token.header} />
          <h3 className="text-small font-semibold text-soft">Claims</h3>
          <Facts facts={token.claims} />
        </>
      ) : (
        <p className="text-small text-quiet">None yet.</p>
      )}
    </Section>
  );
}
