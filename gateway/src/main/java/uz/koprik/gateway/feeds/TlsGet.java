package uz.koprik.gateway.feeds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One GET request over a TLS connection of its own, within a bounded time and a bounded size of the answer. */
final class TlsGet {

    private static final int LONGEST_ANSWER = 4 << 20;
    private static final int HTTPS = 443;

    private final SSLContext context;
    private final boolean checkName;
    private final Duration connect;
    private final Duration patience;

    /**
     * @param checkName whether the name in the certificate must be that of the host
     * @param patience for the whole exchange
     */
    TlsGet(SSLContext context, boolean checkName, Duration connect, Duration patience) {
        this.context = context;
        this.checkName = checkName;
        this.connect = connect;
        this.patience = patience;
    }

    /**
     * An answer.
     *
     * @param date when the server says that it answered; empty when it does not say, or not in a form of HTTP
     */
    record Reply(int status, Optional<Instant> date, String body) {}

    /**
     * Sends the request.
     *
     * @param headers lines, each with its end of line
     * @throws IOException when there is no answer, or none of HTTP
     */
    Reply get(URI url, String headers) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        int port = url.getPort() < 0 ? HTTPS : url.getPort();
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        try (Socket plain = new Socket()) {
            plain.connect(address, (int) connect.toMillis());
            plain.setSoTimeout(left(end));
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
                if (checkName) {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm("HTTPS");
                    socket.setSSLParameters(parameters);
                }
                socket.startHandshake();
                String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: " + url.getRawAuthority()
                                        + "\r\nConnection: close\r\n" + headers + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                return parse(read(socket, end));
            }
        }
    }

    private static int left(long end) throws SocketTimeoutException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no whole answer: timed out");
        }
        return (int) millis;
    }

    /** Reads up to the end of the connection, or of what the headers announce. */
    private static String read(SSLSocket socket, long end) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (all.size() < LONGEST_ANSWER) {
            socket.setSoTimeout(left(end));
            int count = in.read(buffer);
            if (count < 0) {
                break;
            }
            all.write(buffer, 0, count);
            if (whole(all.toString(StandardCharsets.ISO_8859_1))) {
                break;
            }
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean whole(String answer) {
        int head = answer.indexOf("\r\n\r\n");
        return head >= 0
                && header(answer.substring(0, head), "content-length")
                        .filter(length -> length.matches("\\d{1,9}"))
                        .map(length -> answer.length() >= head + 4 + Integer.parseInt(length))
                        .orElse(false);
    }

    private static Reply parse(String answer) throws IOException {
        int head = answer.indexOf("\r\n\r\n");
        if (head < 0 || !answer.matches("(?s)HTTP/1\\.\\d \\d{3}.*")) {
            throw new IOException("what answers there does not speak HTTP");
        }
        String headers = answer.substring(0, head);
        return new Reply(
                Integer.parseInt(answer.substring(9, 12)),
                header(headers, "date").flatMap(TlsGet::moment),
                new String(answer.substring(head + 4).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static Optional<String> header(String headers, String name) {
        return headers.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static Optional<Instant> moment(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException unusual) {
            return Optional.empty();
        }
    }
}
