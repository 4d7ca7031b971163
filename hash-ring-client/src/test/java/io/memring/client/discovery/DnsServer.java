package io.memring.client.discovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.client.discovery.ServiceLookup.ServiceRecord;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** A DNS server that knows the SRV records of one name. */
final class DnsServer implements AutoCloseable {
    private static final int NO_SUCH_NAME = 3;

    private final DatagramSocket socket;
    private final String name;
    private final List<ServiceRecord> providers;

    DnsServer(String name, List<ServiceRecord> providers) throws IOException {
        this.name = name;
        this.providers = providers;
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "dns-server");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    /** A header of 12 bytes, the question, and answers that point back to its name. */
    private byte[] answer(ByteBuffer query) {
        StringBuilder asked = new StringBuilder();
        int at = 12;
        while (query.get(at) != 0) {
            byte[] label = new byte[query.get(at)];
            query.get(at + 1, label);
            asked.append(new String(label, US_ASCII)).append('.');
            at += 1 + label.length;
        }
        byte[] question = new byte[at + 5 - 12];
        query.get(12, question);
        boolean known = asked.toString().equals(name + ".");
        ByteBuffer out = ByteBuffer.allocate(512);
        out.putShort(query.getShort(0)).putShort((short) (0x8180 | (known ? 0 : NO_SUCH_NAME)));
        out.putShort((short) 1).putShort((short) (known ? providers.size() : 0)).putInt(0);
        out.put(question);
        if (known) {
            providers.forEach(provider -> write(out, provider));
        }
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    private static void write(ByteBuffer out, ServiceRecord provider) {
        out.putShort((short) 0xc00c).putShort((short) 33).putShort((short) 1).putInt(60);
        out.putShort((short) (6 + provider.host().length() + 2));
        out.putShort((short) provider.priority()).putShort((short) provider.weight());
        out.putShort((short) provider.port());
        for (String label : provider.host().split("\\.", -1)) {
            out.put((byte) label.length()).put(label.getBytes(US_ASCII));
        }
        out.put((byte) 0);
    }

    @Override
    public void close() {
        socket.close();
    }
}
