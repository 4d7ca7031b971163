package io.memring.sasl;

import java.util.Locale;

/** What kind of command a user may use. */
public enum CommandClass {
    /** Fetches values and looks at items. */
    READ,
    /** Changes items, their expiry included. */
    WRITE,
    /** Concerns the node as a whole, or the items of others. */
    ADMIN;

    /** The name in credential files and on command lines. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
