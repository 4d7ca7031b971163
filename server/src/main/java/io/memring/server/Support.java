package io.memring.server;

/** What becomes of an option of memcached's. */
enum Support {
    /** It does what it does in memcached. */
    WORKS,
    /** It is taken and has no effect, because there is nothing here that it could steer. */
    IGNORED,
    /** Its feature is not there yet, so that a node asked for it refuses to start. */
    LATER,
    /** Its feature is not planned; a node asked for it refuses to start. */
    NEVER;

    /** Refuses what cannot be given. */
    void require(String option) {
        switch (this) {
            case WORKS, IGNORED -> {}
            case LATER -> throw new InvalidOptionException(option + ": comes in a later release");
            case NEVER -> throw new InvalidOptionException(option + ": is not supported");
        }
    }
}
