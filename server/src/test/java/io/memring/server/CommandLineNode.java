package io.memring.server;

/** Starts nodes within this process from the words of a command line. */
public final class CommandLineNode {

    private CommandLineNode() {}

    /** A node as {@code memring arguments...} would be. */
    public static MemringServer start(String... arguments) {
        Invocation.Serve invocation = (Invocation.Serve) CommandLineReader.read(arguments);
        return MemringServer.start(invocation.config());
    }
}
