package io.memring.server.connection;

import io.memring.server.dispatch.LateLogger;
import io.memring.slab.libc.CFunction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Sends on many sockets by one system call, through an {@code io_uring} of its own.
 *
 * <p>Nothing waits ({@code MSG_DONTWAIT}): each {@code send} has ended, or failed, when the system
 * call returns. So the ring is empty between two of them and needs neither threads of the kernel
 * nor barriers. See {@code io_uring_setup(2)} and {@code io_uring_enter(2)}; numbers and layouts
 * are those of Linux, {@code linux/io_uring.h}. For the thread that opens it.
 */
final class SendRing implements AutoCloseable {
    private static final LateLogger LOG = new LateLogger(SendRing.class);

    /** Sends in one system call; a power of two. */
    static final int CAPACITY = 64;

    // System calls, with the same numbers on all architectures.

    private static final int IO_URING_SETUP = 425;
    private static final int IO_URING_ENTER = 426;

    /** Goes on with the next request when one is refused (Linux 5.18). */
    private static final int IORING_SETUP_SUBMIT_ALL = 1 << 7;

    /** Only the thread that opens the ring uses it (Linux 6.0). */
    private static final int IORING_SETUP_SINGLE_ISSUER = 1 << 12;

    /** The kernel does nothing for it at other times (Linux 6.1). */
    private static final int IORING_SETUP_DEFER_TASKRUN = 1 << 13;

    private static final int SETUP_FLAGS =
            IORING_SETUP_SUBMIT_ALL | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;

    /** Of both rings, which are in one piece of memory (since Linux 5.4). */
    private static final long IORING_OFF_SQ_RING = 0;

    private static final long IORING_OFF_SQES = 0x10000000;

    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_SHARED_POPULATE = 0x01 | 0x8000;
    private static final long MAP_FAILED = -1;
    private static final int NOT_SENT = -1;

    /** {@code struct io_uring_params}, and what it holds that matters here. */
    private static final int PARAMS_SIZE = 120;

    private static final int PARAMS_CQ_ENTRIES = 4;
    private static final int PARAMS_FLAGS = 8;
    private static final int PARAMS_SQ_HEAD = 40;
    private static final int PARAMS_SQ_TAIL = 44;
    private static final int PARAMS_SQ_ARRAY = 64;
    private static final int PARAMS_CQ_HEAD = 80;
    private static final int PARAMS_CQ_TAIL = 84;
    private static final int PARAMS_CQ_ENTRIES_AT = 100;

    // A request, struct io_uring_sqe.

    private static final int REQUEST_SIZE = 64;
    private static final int REQUEST_SOCKET = 4;
    private static final int REQUEST_ADDRESS = 16;
    private static final int REQUEST_LENGTH = 24;
    private static final int REQUEST_MSG_FLAGS = 28;
    private static final int REQUEST_NUMBER = 32;
    private static final byte IORING_OP_SEND = 26;

    // Its result, struct io_uring_cqe.

    private static final int RESULT_SIZE = 16;
    private static final int RESULT_VALUE = 8;

    private final Kernel kernel;
    private final int descriptor;

    /** Heads and tails of both rings, and the results. */
    private final ByteBuf rings;

    private final ByteBuf requests;

    // Where they are in the rings.

    private final int requestHead;
    private final int requestTail;
    private final int resultHead;
    private final int resultTail;
    private final int firstResult;

    private final int resultMask;

    /** By number, of the last sends or of those that were added since. */
    private final int[] results = new int[CAPACITY];

    /** Added since the last system call. */
    private int count;

    private SendRing(Kernel kernel, int descriptor, ByteBuf params) {
        this.kernel = kernel;
        this.descriptor = descriptor;
        int resultCount = params.getIntLE(PARAMS_CQ_ENTRIES);
        resultMask = resultCount - 1;
        requestHead = params.getIntLE(PARAMS_SQ_HEAD);
        requestTail = params.getIntLE(PARAMS_SQ_TAIL);
        resultHead = params.getIntLE(PARAMS_CQ_HEAD);
        resultTail = params.getIntLE(PARAMS_CQ_TAIL);
        firstResult = params.getIntLE(PARAMS_CQ_ENTRIES_AT);
        int array = params.getIntLE(PARAMS_SQ_ARRAY);
        int size =
                Math.max(firstResult + resultCount * RESULT_SIZE, array + CAPACITY * Integer.BYTES);
        rings = kernel.map(descriptor, IORING_OFF_SQ_RING, size);
        requests = kernel.map(descriptor, IORING_OFF_SQES, CAPACITY * REQUEST_SIZE);
        for (int i = 0; i < CAPACITY; i++) {
            rings.setIntLE(array + i * Integer.BYTES, i);
            requests.setZero(i * REQUEST_SIZE, REQUEST_SIZE);
            requests.setByte(i * REQUEST_SIZE, IORING_OP_SEND);
            requests.setIntLE(i * REQUEST_SIZE + REQUEST_MSG_FLAGS, SocketCalls.SEND_FLAGS);
        }
    }

    /** Empty where the system has no such thing, or forbids it. */
    static Optional<SendRing> open() {
        return Kernel.LINUX.flatMap(SendRing::open);
    }

    private static Optional<SendRing> open(Kernel kernel) {
        ByteBuf params = Unpooled.directBuffer(PARAMS_SIZE).setZero(0, PARAMS_SIZE);
        try {
            params.setIntLE(PARAMS_FLAGS, SETUP_FLAGS);
            int descriptor =
                    (int) kernel.syscall.call(IO_URING_SETUP, CAPACITY, params.memoryAddress());
            if (descriptor < 0) {
                return Optional.empty();
            }
            return map(kernel, descriptor, params);
        } finally {
            params.release();
        }
    }

    private static Optional<SendRing> map(Kernel kernel, int descriptor, ByteBuf params) {
        try {
            return Optional.of(new SendRing(kernel, descriptor, params));
        } catch (OutOfMemoryError e) {
            LOG.log(Level.WARNING, "replies are sent one by one", e);
            kernel.close.call(descriptor);
            return Optional.empty();
        }
    }

    /**
     * Adds a send to those of the next system call, at most {@link #CAPACITY}; the bytes must stay
     * as they are until then.
     *
     * @return its number, by which {@link #hasSent} knows it
     */
    int add(int socket, ByteBuf bytes) {
        int tail = rings.getIntLE(requestTail);
        int request = (tail & (CAPACITY - 1)) * REQUEST_SIZE;
        requests.setIntLE(request + REQUEST_SOCKET, socket);
        requests.setLongLE(request + REQUEST_ADDRESS, bytes.memoryAddress() + bytes.readerIndex());
        requests.setIntLE(request + REQUEST_LENGTH, bytes.readableBytes());
        requests.setLongLE(request + REQUEST_NUMBER, count);
        rings.setIntLE(requestTail, tail + 1);
        results[count] = NOT_SENT;
        return count++;
    }

    /** Sends what was added, if anything was; {@link #hasSent} then tells of each. */
    void sendAll() {
        if (count == 0) {
            return;
        }
        kernel.syscall.call(IO_URING_ENTER, descriptor, count, 0, 0, 0);
        // What the kernel has not taken, for lack of memory, is not sent.
        rings.setIntLE(requestTail, rings.getIntLE(requestHead));
        int tail = rings.getIntLE(resultTail);
        for (int i = rings.getIntLE(resultHead); i != tail; i++) {
            int result = firstResult + (i & resultMask) * RESULT_SIZE;
            results[rings.getIntLE(result)] = rings.getIntLE(result + RESULT_VALUE);
        }
        rings.setIntLE(resultHead, tail);
        count = 0;
    }

    /**
     * Whether everything has been sent; false also when the connection is broken. Moves the reader
     * index behind what has been.
     */
    boolean hasSent(int number, ByteBuf bytes) {
        int sent = results[number];
        if (sent > 0) {
            bytes.skipBytes(sent);
        }
        return !bytes.isReadable();
    }

    @Override
    public void close() {
        kernel.unmap(requests);
        kernel.unmap(rings);
        kernel.close.call(descriptor);
    }

    /** What this needs of the C library. Linked when it is needed: a start has no time for it. */
    private record Kernel(CFunction syscall, CFunction mmap, CFunction munmap, CFunction close) {
        static final Optional<Kernel> LINUX = link();

        private static Optional<Kernel> link() {
            if (!System.getProperty("os.name").equals("Linux")) {
                return Optional.empty();
            }
            return CFunction.find("syscall")
                    .map(
                            syscall ->
                                    new Kernel(
                                            syscall,
                                            CFunction.link("mmap"),
                                            CFunction.link("munmap"),
                                            CFunction.link("close")));
        }

        /**
         * Memory of the kernel's, until {@link #unmap}. Nothing but the address tells Java of it,
         * so its size must be said, which is what restricted means: it is the size that mmap was
         * given.
         */
        @SuppressWarnings("restricted")
        ByteBuf map(int descriptor, long offset, int size) {
            long address =
                    mmap.call(0, size, PROT_READ_WRITE, MAP_SHARED_POPULATE, descriptor, offset);
            if (address == MAP_FAILED) {
                throw new OutOfMemoryError("The system refused to map a ring: size=" + size);
            }
            return Unpooled.wrappedBuffer(
                    MemorySegment.ofAddress(address).reinterpret(size).asByteBuffer());
        }

        void unmap(ByteBuf memory) {
            munmap.call(memory.memoryAddress(), memory.capacity());
            memory.release();
        }
    }
}
