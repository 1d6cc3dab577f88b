package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;

/** The addresses to listen on are free while the centre is stopped; health checks are answered while it runs. */
final class ListenCheck implements DoctorCheck {

    private static final String LISTEN = "listen";
    private static final String HEALTH = "health.listen";
    private static final int MILLIS = 3000;
    private static final byte[] REQUEST = "GET /healthz HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String what() {
        return LISTEN;
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException, StartFailure {
        Config config = examined.config();
        boolean running = examined.own().map(OwnAnswer::answered).orElse(false);
        List<Finding> found = new ArrayList<>();
        if (!running) {
            found.add(free(LISTEN, config.listen().host(), config.listen().port()));
        }
        if (!config.health().on()) {
            found.add(Finding.ok(HEALTH, "is off: a supervisor does not see a centre that hangs"));
        } else if (!running) {
            found.add(free(HEALTH, config.health().host(), config.health().port()));
        } else if (config.health().port() != 0) {
            found.add(answers(config.health()));
        }
        return found;
    }

    private static Finding free(String what, String host, int port) {
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return Finding.ok(what, host + ":" + port + " is free for the centre");
        } catch (IOException taken) {
            return Finding.error(
                    what,
                    "nothing can listen on " + host + ":" + port + " (" + taken.getMessage() + ")",
                    "end the other program there, or set another address in " + what + " of koprik.yaml");
        }
    }

    private static Finding answers(Config.Health health) {
        String where = "http://" + health.listen() + "/healthz";
        String host = health.host().equals("0.0.0.0") || health.host().equals("::") ? "127.0.0.1" : health.host();
        Optional<String> wrong;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, health.port()), MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write(REQUEST);
            InputStream in = socket.getInputStream();
            String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
            wrong = line.endsWith(" 200") ? Optional.empty() : Optional.of("answers \"" + line + "\"");
        } catch (IOException silent) {
            wrong = Optional.of("does not answer (" + silent.getMessage() + ")");
        }
        return wrong.map(words -> Finding.error(
                        HEALTH,
                        where + " " + words,
                        "look into the log of the centre, and start it again if it hangs or the setting is new"))
                .orElse(Finding.ok(HEALTH, where + " answers"));
    }
}
