package io.memring.engine;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.EventTranslatorTwoArg;
import com.lmax.disruptor.RingBuffer;

import io.memring.engine.command.Command;

import org.jspecify.annotations.Nullable;

/**
 * What other workers hand to one worker: requests for stripes it owns, and its own commands that
 * are done.
 */
final class WorkerRing {

    /** What the receiver is to do with a command. */
    enum Kind {
        /** Run it and send it back. */
        REQUEST,
        /** It was run; go on with it. */
        COMPLETION
    }

    /** Takes the commands out of the ring. */
    interface Receiver {
        void onCommand(Kind kind, Command command);
    }

    private static final int CAPACITY = 1024;

    /** One place of the ring. */
    private static final class Slot {
        private Kind kind = Kind.REQUEST;
        private @Nullable Command command;
    }

    private static final EventTranslatorTwoArg<Slot, Kind, Command> FILL =
            (slot, _, kind, command) -> {
                slot.kind = kind;
                slot.command = command;
            };

    private final RingBuffer<Slot> ring = RingBuffer.createMultiProducer(Slot::new, CAPACITY);
    private final EventPoller<Slot> poller = ring.newPoller();
    private final EventPoller.Handler<Slot> handler = (slot, _, _) -> receive(slot);
    private final Receiver receiver;

    /** Commands that may still be taken in this drain. */
    private int budget;

    WorkerRing(Receiver receiver) {
        this.receiver = receiver;
        ring.addGatingSequences(poller.getSequence());
    }

    /** Puts a command into the ring; false: the ring is full. Any thread. */
    boolean offer(Kind kind, Command command) {
        return ring.tryPublishEvent(FILL, kind, command);
    }

    /** Gives up to {@code max} commands to the receiver; true: there may be more. */
    boolean drain(int max) {
        budget = max;
        try {
            poller.poll(handler);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException("A receiver threw a checked exception", impossible);
        }
        return budget == 0;
    }

    private boolean receive(Slot slot) {
        Command command = slot.command;
        slot.command = null;
        if (command != null) {
            receiver.onCommand(slot.kind, command);
        }
        budget--;
        return budget > 0;
    }
}
