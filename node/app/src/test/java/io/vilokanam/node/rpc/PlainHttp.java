package io.vilokanam.node.rpc;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** HTTP as it stands on the wire: for requests with whatever headers, and answers with all of theirs. */
final class PlainHttp {

    private static final int PATIENCE_MILLIS = 20_000;

    /** The names of headers in lower case. */
    record Answer(int status, Map<String, String> headers, String body) {}

    private PlainHttp() {}

    /** Sends one request on a connection of its own; {@code line}: method and path. */
    static Answer ask(int port, String line, Map<String, String> headers, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\ncontent-length: ").append(content.length);
        headers.forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return read(new DataInputStream(socket.getInputStream()));
        }
    }

    private static Answer read(DataInputStream in) throws IOException {
        String status = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(Integer.parseInt(status.split(" ")[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
