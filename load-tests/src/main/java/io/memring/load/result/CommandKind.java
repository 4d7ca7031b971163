package io.memring.load.result;

import java.util.Locale;

/** The kinds of requests that a mix is made of. */
public enum CommandKind {
    /** One key. */
    GET,
    /** Several keys in one request; counts as one request and as many keys. */
    MULTIGET,
    SET,
    DELETE,
    /** Adds to a counter, under keys of their own, made where it is missing. */
    INCR,
    /** A gets and, if it hits, a store with the unique number that it returned. */
    CAS,
    TOUCH;

    /** The name in options, scenarios and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
