import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Spectral, type RulesetDefinition } from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';

/** Returns the document's faults by the recommended rules of Redocly and of Spectral: each with its rule and its place. */
export async function lint(document: string): Promise<string[]> {
  return [...(await byRedocly(document)), ...(await bySpectral(document))];
}

async function byRedocly(document: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lintFromString({ source: document, absoluteRef: 'openapi.json', config });
  return problems.map(
    ({ ruleId, message, location: [place] }) => `redocly ${ruleId} ${place?.pointer}: ${message}`,
  );
}

async function bySpectral(document: string): Promise<string[]> {
  const spectral = new Spectral();
  spectral.setRuleset({ extends: [[oas as unknown as RulesetDefinition, 'recommended']] });
  const problems = await spectral.run(document);
  return problems.map(({ code, message, path }) => `spectral ${code} ${path.join('/')}: ${message}`);
}
