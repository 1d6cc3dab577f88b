package uz.koprik.gateway.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.gateway.centre.RunningCentre;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.CentreClient.Reply;

/**
 * One of several centres that are given the same, or parts of it. What each calls a thing by - ids that are made at
 * random - is known under a name that is the same in all, and what two answers can never have in common is taken out of
 * them.
 */
final class TwinCentre implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("@([a-z]+\\d+)@");

    /** Objects per hour: the hour can change between the fillings of two centres, the sum cannot. */
    private static final Pattern HOURS = Pattern.compile("\"hours\":\\[([\\d,]+)\\]");

    private final RunningCentre centre;
    private final Map<String, CentreClient> clients = new LinkedHashMap<>();

    /** Name to id. */
    final Map<String, String> ids = new LinkedHashMap<>();

    private final List<String> accounts;

    TwinCentre(RunningCentre centre, List<String> accounts) throws Exception {
        this.centre = centre;
        this.accounts = accounts;
        start();
    }

    private void start() throws Exception {
        centre.start();
        clients.put("admin", centre.adminClient());
        accounts.forEach(name -> clients.put(name, centre.clientOf(name)));
    }

    /** What is done to a centre while it does not run. */
    interface Change {
        void make() throws Exception;
    }

    /** Stops, and starts again at another port. */
    void restart(Change between) throws Exception {
        close();
        clients.clear();
        between.make();
        start();
    }

    /**
     * A deed that must go well; remembers the id of what it made. Waits until its alerts are emitted: a new case gets
     * alerts for the freshest objects, so the next deed could change which these are.
     */
    Reply done(RandomMatters.Deed deed, String run) throws InterruptedException {
        Reply reply = ask(deed.account(), deed.method(), deed.path(), "application/json", deed.body());
        assertTrue(
                reply.ok() || reply.status() == 422,
                () -> run + ": " + deed + ": " + reply.status() + ' ' + reply.text());
        JsonNode json = CentreAnswers.parse(reply.body());
        String id = json.at("/case/id")
                .asText(json.at("/objects/0/id").asText(json.path("id").asText()));
        if (!deed.name().isEmpty() && !id.isEmpty()) {
            ids.putIfAbsent(deed.name(), id);
        }
        settle();
        return reply;
    }

    /** Follows a stream of events until it ends. */
    void follow(String account, String path, Consumer<String> lines) {
        clients.get(account).follow(path, "text/event-stream", lines);
    }

    /** A request of an account; names between at signs stand for ids. */
    Reply ask(String account, String method, String path, String type, String body) {
        CentreClient client = clients.get(account);
        String where = resolved(path);
        return switch (method) {
            case "get" -> client.get(where, type);
            case "patch" -> client.patch(where, type, resolved(body).getBytes(StandardCharsets.UTF_8));
            default -> client.post(where, type, resolved(body).getBytes(StandardCharsets.UTF_8));
        };
    }

    private String resolved(String text) {
        return NAME.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(ids.getOrDefault(name.group(1), name.group(1))));
    }

    /** Waits until alerts are emitted for all that was submitted. */
    private void settle() throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            JsonNode status =
                    CentreAnswers.parse(clients.get("admin").get("/api/status").body());
            if (status.path("alerts").path("lag").asLong(1) == 0) {
                return;
            }
            Thread.sleep(5);
        }
        throw new AssertionError("alerts lag behind for a minute");
    }

    /**
     * An answer, status first, without what differs between any two: ids, times, sealed marks of places, signatures.
     */
    String told(Reply reply) {
        return reply.status() + " " + plain(reply.text());
    }

    /** The same of a text. */
    String plain(String whole) {
        String text = whole;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            text = text.replace(id.getValue(), '@' + id.getKey() + '@');
        }
        return comparable(text);
    }

    /** A text without what differs between any two answers. */
    static String comparable(String text) {
        return HOURS.matcher(text)
                .replaceAll(hours -> "\"hours\":"
                        + Arrays.stream(hours.group(1).split(",", -1))
                                .mapToInt(Integer::parseInt)
                                .sum())
                .replaceAll("\"(request_id|error_id)\":\"[^\"]*\"", "")
                .replaceAll("bundle--[0-9a-f-]{36}", "B")
                .replaceAll("timestamp\":\"\\d{10}\"", "timestamp\":\"T\"") // of MISP: when this centre saw the change
                .replaceAll("\"(rate|seconds)\":[0-9.]+,?", "")
                .replaceAll("\"(free|size)\":\\d{6,}", "D") // of the disk, on which the tests write
                .replaceAll("\"next\":\"[A-Za-z0-9_-]{22}\"", "N")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "T")
                // The two centres were filled at different moments, maybe one before the full hour.
                .replaceAll("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} [\\d:]{8} GMT", "T")
                .replaceAll(",\"last_used\":\"T\"", "") // that somebody worked is for operators to see; on what is not
                .replaceAll("(?<![A-Za-z0-9_-])(?![a-z0-9-]+--[0-9a-f]{8}-)[A-Za-z0-9_-]{60,}", "S")
                .replaceAll("\"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\"", "U")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "R");
    }

    @Override
    public void close() {
        centre.close();
    }
}
