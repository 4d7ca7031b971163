package io.memring.load.result;

/**
 * How requests ended.
 *
 * @param requests requests that were answered, with whatever answer
 * @param keys keys that they named: as many, except with {@link CommandKind#MULTIGET}
 * @param hits keys that were found, and of stores those that were stored
 * @param misses keys that were not found, and of stores those that were not stored
 * @param conflicts stores with a unique number that another store had overtaken
 * @param errors requests that were answered with an error, or with no answer that is known
 * @param wrongValues values that were not the ones stored under their key; each is a hit, too
 */
public record Counts(
        long requests,
        long keys,
        long hits,
        long misses,
        long conflicts,
        long errors,
        long wrongValues) {

    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    /** The sum. */
    public Counts plus(Counts other) {
        return new Counts(
                requests + other.requests,
                keys + other.keys,
                hits + other.hits,
                misses + other.misses,
                conflicts + other.conflicts,
                errors + other.errors,
                wrongValues + other.wrongValues);
    }

    /** Hits of hits and misses, from 0 to 1; not a number where there are neither. */
    public double hitRatio() {
        return hits / (double) (hits + misses);
    }
}
