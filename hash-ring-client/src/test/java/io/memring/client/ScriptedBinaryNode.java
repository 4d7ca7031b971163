package io.memring.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A node that speaks the binary protocol and answers what a test tells it to. */
final class ScriptedBinaryNode extends ScriptedListener {
    static final int GET = 0x00;
    static final int NOOP = 0x0a;
    static final int SASL_LIST = 0x20;

    /** A request or a reply, whose status is 0 for a request. */
    record Frame(int opcode, int status, int opaque, String value) {

        /** The answer with a status and a body. */
        Frame answer(int newStatus, String newValue) {
            return new Frame(opcode, newStatus, opaque, newValue);
        }

        private byte[] bytes() {
            // What answers a get has client flags in front.
            int extras = opcode == GET && status == 0 ? 4 : 0;
            return ByteBuffer.allocate(24 + extras + value.length())
                    .put((byte) 0x81)
                    .put((byte) opcode)
                    .putShort((short) 0)
                    .put((byte) extras)
                    .put((byte) 0)
                    .putShort((short) status)
                    .putInt(extras + value.length())
                    .putInt(opaque)
                    .putLong(1)
                    .position(24 + extras)
                    .put(value.getBytes(ISO_8859_1))
                    .array();
        }
    }

    /** Answers a request. */
    interface Script {
        Frame answer(Frame request);
    }

    private final Script script;

    ScriptedBinaryNode(Script script) {
        super(0);
        this.script = script;
        start();
    }

    @Override
    void serve(int number, Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            socket.getOutputStream().write(script.answer(read(in)).bytes());
        }
    }

    private static Frame read(DataInputStream in) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(24));
        if (header.remaining() < 24) {
            throw new IOException("the client hung up");
        }
        byte[] body = in.readNBytes(header.getInt(8));
        int head = header.getShort(2) + header.get(4);
        String value = new String(body, head, body.length - head, ISO_8859_1);
        return new Frame(header.get(1), 0, header.getInt(12), value);
    }
}
