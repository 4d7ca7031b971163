package io.memring.load.result;

/** Something that a reader of the figures must know, as one sentence without a full stop. */
public record Note(Kind kind, String text) {

    /** How much it matters. */
    public enum Kind {
        /** Explains. */
        INFO,
        /** Puts the figures in doubt. */
        WARNING
    }

    /** A note that explains. */
    public static Note info(String text) {
        return new Note(Kind.INFO, text);
    }

    /** A note that puts the figures in doubt. */
    public static Note warning(String text) {
        return new Note(Kind.WARNING, text);
    }
}
