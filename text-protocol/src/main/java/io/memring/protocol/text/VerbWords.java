package io.memring.protocol.text;

/** Recognises the verbs that must stand at the very start of a line, by comparing whole words. */
final class VerbWords {
    private static final long TOUCH = ByteWords.of("touch");
    private static final long STATS = ByteWords.of("stats");
    private static final long WATCH = ByteWords.of("watch");
    private static final long DELETE = ByteWords.of("delete");
    private static final long APPEND = ByteWords.of("append");
    private static final long REPLACE = ByteWords.of("replace");
    private static final long PREPEND = ByteWords.of("prepend");
    private static final long VERSION = ByteWords.of("version");

    private VerbWords() {}

    /**
     * The verb of a first token.
     *
     * @param word its first eight bytes, zeros behind its end
     * @return {@code UNKNOWN} if it is none of those recognised here
     */
    static Verb of(long word, int length) {
        return switch (length) {
            case 2 -> ofTwo((int) word);
            case 3 -> ofThree((int) word);
            case 4 -> ofFour((int) word);
            case 5 -> ofFive(word);
            case 6 -> word == DELETE ? Verb.DELETE : word == APPEND ? Verb.APPEND : Verb.UNKNOWN;
            case 7 -> ofSeven(word);
            default -> Verb.UNKNOWN;
        };
    }

    private static Verb ofTwo(int word) {
        return switch (word) {
            case 'm' | ('g' << 8) -> Verb.META_GET;
            case 'm' | ('s' << 8) -> Verb.META_SET;
            case 'm' | ('d' << 8) -> Verb.META_DELETE;
            case 'm' | ('a' << 8) -> Verb.META_ARITHMETIC;
            case 'm' | ('n' << 8) -> Verb.META_NOOP;
            case 'm' | ('e' << 8) -> Verb.META_DEBUG;
            default -> Verb.UNKNOWN;
        };
    }

    private static Verb ofThree(int word) {
        return switch (word) {
            case 's' | ('e' << 8) | ('t' << 16) -> Verb.SET;
            case 'a' | ('d' << 8) | ('d' << 16) -> Verb.ADD;
            case 'c' | ('a' << 8) | ('s' << 16) -> Verb.CAS;
            case 'g' | ('e' << 8) | ('t' << 16) -> Verb.GET;
            case 'g' | ('a' << 8) | ('t' << 16) -> Verb.GAT;
            default -> Verb.UNKNOWN;
        };
    }

    private static Verb ofFour(int word) {
        return switch (word) {
            case 'i' | ('n' << 8) | ('c' << 16) | ('r' << 24) -> Verb.INCR;
            case 'd' | ('e' << 8) | ('c' << 16) | ('r' << 24) -> Verb.DECR;
            case 'g' | ('e' << 8) | ('t' << 16) | ('s' << 24) -> Verb.GETS;
            case 'g' | ('a' << 8) | ('t' << 16) | ('s' << 24) -> Verb.GATS;
            case 'q' | ('u' << 8) | ('i' << 16) | ('t' << 24) -> Verb.QUIT;
            default -> Verb.UNKNOWN;
        };
    }

    private static Verb ofFive(long word) {
        if (word == TOUCH) {
            return Verb.TOUCH;
        }
        return word == STATS ? Verb.STATS : word == WATCH ? Verb.WATCH : Verb.UNKNOWN;
    }

    private static Verb ofSeven(long word) {
        if (word == REPLACE) {
            return Verb.REPLACE;
        }
        return word == PREPEND ? Verb.PREPEND : word == VERSION ? Verb.VERSION : Verb.UNKNOWN;
    }
}
