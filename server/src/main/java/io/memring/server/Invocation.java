package io.memring.server;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/** What a command line asks for. */
sealed interface Invocation {

    /** Print something and exit. */
    enum Print implements Invocation {
        HELP,
        VERSION,
        LICENSE
    }

    /**
     * Run a node.
     *
     * @param config the node
     * @param pidFile file to keep the process id in, {@code -P}; null for none
     * @param warmUp whether to have the JVM compile, in the background, what clients will need
     * @param warnings lines for whoever started the node: options that have no effect and might be
     *     missed
     */
    record Serve(ServerConfig config, @Nullable Path pidFile, boolean warmUp, List<String> warnings)
            implements Invocation {

        public Serve {
            warnings = List.copyOf(warnings);
        }
    }
}
