package io.memring.sasl;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a user may do.
 *
 * @param commands the classes of commands
 * @param keyPrefixes a key must begin with one of these; none allow every key
 */
public record Permissions(Set<CommandClass> commands, List<String> keyPrefixes) {

    /** Everything. */
    public static final Permissions ALL =
            new Permissions(EnumSet.allOf(CommandClass.class), List.of());

    public Permissions {
        commands = Set.copyOf(commands);
        keyPrefixes = List.copyOf(keyPrefixes);
    }

    /** True when nothing is forbidden. */
    public boolean isUnrestricted() {
        return commands.size() == CommandClass.values().length && keyPrefixes.isEmpty();
    }
}
