package io.memring.load.result;

import java.util.Locale;

/** The kinds of requests that are told apart. A mix is made of those without a condition. */
public enum CommandKind {
    /** One key. */
    GET,
    /** Several keys in one request; counts as one request and as many keys. */
    MULTIGET,
    SET,
    DELETE,
    /** Adds to a counter; counters have keys of their own. */
    INCR,
    /** A store with the unique number that a GETS, if it hit, has returned just before. */
    CAS,
    TOUCH,
    /** Sent for a CAS, to begin with. */
    GETS,
    /** Makes a counter that an INCR has missed, where the protocol's INCR does not. */
    ADD;

    /** The name in options, scenarios and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
