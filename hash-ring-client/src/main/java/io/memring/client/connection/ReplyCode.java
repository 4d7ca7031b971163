package io.memring.client.connection;

/** What a reply says. Classic replies are told by the code that the meta protocol has for them. */
public enum ReplyCode {
    /** HD, STORED, DELETED, TOUCHED, OK: done. */
    DONE,
    /** VA, VALUE, a number: done, with a value. */
    VALUE,
    /** EN: not there. */
    MISS,
    /** NS, NOT_STORED. */
    NOT_STORED,
    /** EX, EXISTS: another CAS unique. */
    EXISTS,
    /** NF, NOT_FOUND. */
    NOT_FOUND,
    /** Lines for an administrator, such as statistics. */
    LINES,
    /** ERROR, CLIENT_ERROR, SERVER_ERROR. */
    ERROR
}
