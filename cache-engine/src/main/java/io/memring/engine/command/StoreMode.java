package io.memring.engine.command;

/** When a value is stored, and how it joins an old one. */
public enum StoreMode {
    SET,
    ADD,
    REPLACE,
    APPEND,
    PREPEND
}
