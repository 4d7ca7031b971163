package io.memring.engine;

import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;

import java.util.Random;

/**
 * What a connection is to the engine: a sequence of commands, one at a time, all on the thread of
 * one worker. A lane whose command was handed off waits for its completion while the worker goes on
 * with its other lanes.
 */
abstract class Lane implements AutoCloseable {

    final Command command = new Command();
    final EngineWorker worker;
    final Random random;
    final Scratch value;
    private final Scratch key = new Scratch(16);
    private int commandsLeft;
    private boolean isWaiting;

    /** Handed-off commands of this lane that have come back. */
    int completions;

    Lane(EngineWorker worker, int commands, int valueLengthMax, long seed) {
        this.worker = worker;
        commandsLeft = commands;
        random = new Random(seed);
        value = new Scratch(valueLengthMax);
    }

    /** Starts a command, through {@link #submit}. */
    abstract void begin();

    /** The command is done; it may submit the next one that belongs to it. */
    abstract void onResult();

    final boolean isIdle() {
        return !isWaiting;
    }

    final boolean isDone() {
        return !isWaiting && commandsLeft <= 0 && !isInTheMiddle();
    }

    /** Something is begun that has to be brought to its end even when all commands are spent. */
    boolean isInTheMiddle() {
        return false;
    }

    /** Begins the next command. */
    final void proceed() {
        commandsLeft--;
        begin();
    }

    final void setKey(int number) {
        command.keyAddress = key.put(keyOf(number));
        command.keyLength = keyOf(number).length();
        command.hash = EngineWorker.hash(command.keyAddress, command.keyLength);
    }

    static String keyOf(int number) {
        return "key:" + number;
    }

    final void submit() {
        command.attachment = this;
        if (worker.execute(command)) {
            onResult();
        } else {
            isWaiting = true;
        }
    }

    /** Called by the worker's listener. */
    final void onCompleted() {
        if (!isWaiting) {
            throw new AssertionError("completed twice: " + command.operation);
        }
        isWaiting = false;
        completions++;
        onResult();
    }

    final boolean isFound() {
        return command.fetchOutcome == FetchOutcome.HIT;
    }

    /** Copies the value of a found item; false: overtaken, and the command is under way again. */
    final boolean readOrResubmit(int valueLengthMax) {
        int length = command.itemValueLength;
        if (length < 0 || length > valueLengthMax) {
            throw new AssertionError("length " + length + " of a value found");
        }
        boolean isCopied = worker.copyValue(command, value.expect(length));
        if (isCopied && worker.finish(command)) {
            value.checkGuard(length);
            return true;
        }
        submit();
        return false;
    }

    final void fetch(int number) {
        command.reset(Operation.FETCH);
        command.wantsValue = true;
        setKey(number);
        submit();
    }

    @Override
    public void close() {
        key.close();
        value.close();
    }
}
