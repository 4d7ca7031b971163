package io.memring.sasl;

/**
 * A user who has proved to be it.
 *
 * @param name the name as it was registered
 * @param permissions what the user may do
 */
public record Account(String name, Permissions permissions) {}
