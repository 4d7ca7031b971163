package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;
import io.memring.slab.SlabMemory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** What happens when a stripe is held by somebody else; worker 0 owns the only stripe. */
class HandOffTest {

    private final EngineConfig config = TestConfig.of(8).workers(3).stripes(1).build();
    private final CacheEngine engine = CacheEngine.open(config, new ManualClock());
    private final Stripe stripe = engine.stripe(0);
    private final EngineWorker owner = engine.worker(0);
    private final EngineWorker guest = engine.worker(1);
    private final Queue<Command> completed = new ArrayDeque<>();
    private final List<Long> blocks = new ArrayList<>();
    private int ownerWakeUps;
    private int guestWakeUps;

    @BeforeEach
    void attach() {
        owner.attach(() -> ownerWakeUps++, completed::add);
        guest.attach(() -> guestWakeUps++, completed::add);
    }

    @AfterEach
    void close() {
        engine.checkInvariants();
        engine.close();
        blocks.forEach(SlabMemory::free);
    }

    private long text(String text) {
        long address = SlabMemory.allocate(text.length() + 1);
        blocks.add(address);
        for (int i = 0; i < text.length(); i++) {
            SlabMemory.putByte(address + i, (byte) text.charAt(i));
        }
        return address;
    }

    private Command command(Operation operation, String key) {
        Command command = new Command();
        command.reset(operation);
        command.keyAddress = text(key);
        command.keyLength = key.length();
        command.hash = EngineWorker.hash(command.keyAddress, command.keyLength);
        return command;
    }

    private Command store(String key, String value) {
        Command command = command(Operation.STORE, key);
        command.valueAddress = text(value);
        command.valueLength = value.length();
        return command;
    }

    private Command fetch(String key) {
        Command command = command(Operation.FETCH, key);
        command.wantsValue = true;
        return command;
    }

    private String value(EngineWorker worker, Command fetch) {
        long buffer = text(" ".repeat(fetch.itemValueLength));
        assertThat(worker.copyValue(fetch, buffer)).isTrue();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < fetch.itemValueLength; i++) {
            value.append((char) SlabMemory.getByte(buffer + i));
        }
        assertThat(worker.finish(fetch)).isTrue();
        return value.toString();
    }

    @Test
    void execute_heldStripe_runsOnTheOwnerAndComesBack() {
        stripe.sequence.tryAcquire();
        Command command = store("k", "v");
        assertThat(guest.execute(command)).isFalse();
        assertThat(ownerWakeUps).isEqualTo(1);
        assertThat(owner.drain()).as("still held").isTrue();
        stripe.release();

        assertThat(owner.drain()).isFalse();
        assertThat(guestWakeUps).isEqualTo(1);
        assertThat(completed).isEmpty();
        assertThat(guest.drain()).isFalse();

        assertThat(completed).containsExactly(command);
        assertThat(command.storeOutcome).isEqualTo(StoreOutcome.STORED);
        assertThat(engine.total(Stat.HAND_OFFS)).isEqualTo(1);
    }

    @Test
    void execute_ownerFindsItsStripeHeld_keepsTheCommand() {
        stripe.sequence.tryAcquire();
        Command command = store("k", "v");
        assertThat(owner.execute(command)).isFalse();
        assertThat(ownerWakeUps).isEqualTo(1);
        assertThat(owner.drain()).isTrue();
        stripe.release();
        assertThat(owner.drain()).isFalse();

        assertThat(completed).containsExactly(command);
    }

    @Test
    void fetch_heldStripe_comesBackWithItsOwnCopy() {
        guest.execute(store("k", "value"));
        stripe.sequence.tryAcquire();
        Command fetch = fetch("k");
        assertThat(guest.execute(fetch)).isFalse();
        stripe.release();
        owner.drain();
        guest.drain();
        guest.execute(store("k", "other"));

        assertThat(completed).containsExactly(fetch);
        assertThat(fetch.fetchOutcome).isEqualTo(FetchOutcome.HIT);
        assertThat(value(guest, fetch)).isEqualTo("value");
        assertThat(engine.total(Stat.GET_HITS)).isEqualTo(1);
    }

    @Test
    void fetch_heldStripeMiss_needsNoFinish() {
        stripe.sequence.tryAcquire();
        Command fetch = fetch("none");
        guest.execute(fetch);
        stripe.release();
        owner.drain();
        guest.drain();

        assertThat(fetch.fetchOutcome).isEqualTo(FetchOutcome.MISS);
        assertThat(guest.finish(fetch)).isTrue();
        assertThat(engine.total(Stat.GET_MISSES)).isEqualTo(1);
    }

    @Test
    void fetch_withTouch_holdsTheStripeUntilItIsFinished() {
        guest.execute(store("k", "value"));
        Command fetch = fetch("k");
        fetch.hasTouch = true;
        fetch.touchExptime = 100;
        assertThat(guest.execute(fetch)).isTrue();

        Command write = store("k", "other");
        assertThat(owner.execute(write)).isFalse();
        assertThat(value(guest, fetch)).isEqualTo("value");
        owner.drain();

        assertThat(write.storeOutcome).isEqualTo(StoreOutcome.STORED);
    }

    @Test
    void fetch_overtakenAgainAndAgain_takesTheStripe() {
        guest.execute(store("k", "value"));
        Command fetch = fetch("k");
        int tries = 0;
        boolean finished = false;
        while (!finished) {
            assertThat(guest.execute(fetch)).isTrue();
            if (fetch.fetchState == FetchOperation.OPTIMISTIC) {
                owner.execute(store("k", "value" + tries++));
            }
            finished = guest.finish(fetch);
        }

        assertThat(tries).isEqualTo(3);
        assertThat(engine.total(Stat.READ_RETRIES)).isEqualTo(3);
        assertThat(engine.total(Stat.GET_HITS)).isEqualTo(1);
    }

    @Test
    void fetch_hitWhileHeldByAnother_isNotMarked() {
        guest.execute(store("k", "value"));
        Command fetch = fetch("k");
        guest.execute(fetch);
        assertThat(guest.finish(fetch)).isTrue();
        assertThat(stripe.sequence.read() & 1).isZero();
    }

    @Test
    void abort_heldStripe_isLeftToTheOwner() {
        Command reserve = store("k", "value");
        reserve.operation = Operation.RESERVE;
        Upload upload = new Upload();
        reserve.upload = upload;
        guest.execute(reserve);
        stripe.sequence.tryAcquire();
        guest.abort(upload);
        assertThat(upload.isOpen()).isFalse();
        stripe.release();
        owner.drain();

        assertThat(engine.figures().openUploads()).isZero();
        assertThat(completed).isEmpty();
    }

    @Test
    void execute_fullRing_losesNothing() {
        stripe.sequence.tryAcquire();
        int count = 3000;
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Command command = store("key" + i, "v");
            commands.add(command);
            assertThat(guest.execute(command)).isFalse();
        }
        stripe.release();
        boolean more = true;
        while (more) {
            more = guest.drain();
            more |= owner.drain();
        }

        assertThat(completed).hasSize(count).containsAll(commands);
        assertThat(engine.figures().currItems()).isEqualTo(count);
    }

    @Test
    void drain_manyCommands_isBounded() {
        stripe.sequence.tryAcquire();
        for (int i = 0; i < HandOffs.MAX_COMMANDS_PER_DRAIN + 1; i++) {
            guest.execute(store("key" + i, "v"));
        }
        stripe.release();

        assertThat(owner.drain()).isTrue();
        assertThat(engine.figures().currItems()).isEqualTo(HandOffs.MAX_COMMANDS_PER_DRAIN);
        owner.drain();
        guest.drain();
        guest.drain();
    }

    @Test
    void wakeUp_severalCommands_isCalledOnceUntilDrained() {
        stripe.sequence.tryAcquire();
        guest.execute(store("a", "v"));
        guest.execute(store("b", "v"));
        assertThat(ownerWakeUps).isEqualTo(1);
        stripe.release();
        owner.drain();
        stripe.sequence.tryAcquire();
        guest.execute(store("c", "v"));
        assertThat(ownerWakeUps).isEqualTo(2);
        stripe.release();
        owner.drain();
        guest.drain();
    }

    @Test
    void maintain_heldStripe_isSkipped() {
        stripe.sequence.tryAcquire();
        assertThat(owner.maintain()).isFalse();
        stripe.release();
        while (owner.maintain()) {
            // The next slice.
        }
    }
}
