package io.memring.client;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** An operation in a recording of the Flight Recorder. Keys are not recorded. */
@Name("io.memring.client.Operation")
@Label("Operation")
@Description("An operation of a memcached client, from call to result")
@Category({"Memring", "Client"})
@Threshold("10 ms")
@StackTrace(false)
final class OperationEvent extends Event {
    private static final OperationEvent ANY = new OperationEvent();

    /** When it was made; not recorded. */
    final transient long startedNanos = System.nanoTime();

    @Label("Node")
    String node = "";

    @Label("Operation")
    String operation = "";

    @Label("Result")
    String result = "";

    /** True while a recording wants such events. */
    static boolean isWanted() {
        return ANY.isEnabled();
    }
}
