/** Loads all specs of an area as one: the code below is then loaded once for each mutant, not once for each spec. */
for (const spec of process.env.MUTATION_SPECS.split(',')) require(`../../${spec}`);
