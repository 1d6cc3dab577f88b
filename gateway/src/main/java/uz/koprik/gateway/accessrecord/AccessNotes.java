package uz.koprik.gateway.accessrecord;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import uz.koprik.gateway.http.ClientAddress;
import uz.koprik.gateway.http.RequestId;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.indicators.observable.Observable;

/**
 * What a request leaves in the access record. Routes add the values that were looked up or shown and the number of
 * answers; the rest is there. Requests that the record does not cover take notes that nobody reads.
 */
public final class AccessNotes {

    private static final String KEY = AccessNotes.class.getName();

    /** A longer question is no question that somebody typed but a pasted text. */
    private static final int MOST_TEXT = 4096;

    private static final int MOST_ID = 300;

    private final boolean withParameters;
    private final CardRedaction cards;
    private final Set<String> values = new LinkedHashSet<>();
    private final Map<String, String> asked = new LinkedHashMap<>();
    private final AccessRecord record;
    private final RoutingContext request;
    private String by;
    private int refused;
    private Optional<Long> answers = Optional.empty();
    private Optional<AccessEntry.Use> use = Optional.empty();
    /** The first entry; null before it is begun. */
    private CompletableFuture<Long> begun;

    /** The last entry, which says all that is known. */
    private CompletableFuture<Long> told;

    AccessNotes(String by, boolean withParameters, CardRedaction cards, AccessRecord record, RoutingContext request) {
        this.by = by;
        this.withParameters = withParameters;
        this.cards = cards;
        this.record = record;
        this.request = request;
    }

    void attach() {
        request.put(KEY, this);
    }

    /** The notes of a request. */
    public static AccessNotes of(RoutingContext request) {
        AccessNotes notes = request.get(KEY);
        return notes == null ? new AccessNotes("", false, null, null, request) : notes;
    }

    /** Says who it is, where that was not known before, such as {@code account anna}. */
    public synchronized AccessNotes by(String who) {
        by = who;
        return this;
    }

    /** Says that the answer, which the route writes itself, is a refusal. */
    public synchronized AccessNotes refused(int status) {
        refused = status;
        return this;
    }

    /** Adds values that were looked up or shown. */
    public synchronized AccessNotes values(Collection<Observable> some) {
        some.forEach(value -> values.add(value.comparedAs().key()));
        return this;
    }

    /** Adds values that were looked up, by the keys of the forms in which they are compared. */
    public synchronized AccessNotes compared(Collection<String> keys) {
        values.addAll(keys);
        return this;
    }

    /** Adds values by the keys under which stores index them. */
    public synchronized AccessNotes keys(Collection<String> some) {
        some.stream()
                .map(Observable::ofKey)
                .filter(value -> !value.isShared())
                .forEach(value -> values.add(value.comparedAs().key()));
        return this;
    }

    /** Adds the text of a question; a long one is a pasted text, of which the values stand for it. */
    public synchronized AccessNotes asked(String name, String text) {
        asked.put(name, text.length() > MOST_TEXT ? "(" + text.length() + " characters)" : text);
        return this;
    }

    /** Says for what personal values of partners are used. */
    public synchronized AccessNotes use(AccessEntry.Use said) {
        use = Optional.of(said);
        return this;
    }

    /** Says how many answers there are. */
    public synchronized AccessNotes answers(long count) {
        if (!answers.equals(Optional.of(count))) {
            answers = Optional.of(count);
            told = null;
        }
        return this;
    }

    /**
     * Begins to write the entry, so that its flush and the rest of the work of the route go on at the same time. Call
     * it when all is said; what is said later has an entry of its own.
     */
    public synchronized void begin() {
        if (record != null && begun == null) {
            begun = record.add(entry(true));
            told = begun;
        }
    }

    /**
     * Writes what is not written yet. Does not block.
     *
     * @param status HTTP status of a refusal, or 0
     * @return when it is durable
     */
    synchronized CompletableFuture<Long> keep(int status) {
        refused = Math.max(refused, status);
        if (begun == null) {
            begun = record.add(entry(true));
            told = begun;
        } else if (told == null || refused > 0) {
            AccessEntry end = entry(false);
            told = begun.thenCompose(number -> record.add(end.ending(number)));
        }
        return told;
    }

    private AccessEntry entry(boolean first) {
        RouteTable.DeclaredRoute route = RouteTable.of(request).orElse(null);
        return new AccessEntry(
                0,
                record.now(),
                by,
                first ? ClientAddress.of(request) : "",
                request.request().method().name() + " " + (route == null ? "(no route)" : route.path()),
                first ? ids() : List.of(),
                first ? parameters(route) : Map.of(),
                first ? List.copyOf(values) : List.of(),
                first ? use : Optional.empty(),
                answers,
                refused,
                first ? RequestId.of(request) : "",
                first ? localUser() : "",
                0);
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>();
        request.pathParams().forEach((name, id) -> {
            if (!name.equals("*")) {
                ids.add(shown(id, MOST_ID));
            }
        });
        return ids;
    }

    private Map<String, String> parameters(RouteTable.DeclaredRoute route) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (route != null && withParameters) {
            route.parameters().stream()
                    .filter(name -> !AccessRecorder.FORM.contains(name))
                    .forEach(name -> {
                        List<String> given = request.queryParam(name);
                        if (!given.isEmpty()) {
                            parameters.put(name, shown(String.join(",", given), MOST_TEXT));
                        }
                    });
        }
        asked.forEach((name, text) -> parameters.put(name, shown(text, MOST_TEXT)));
        return parameters;
    }

    private String shown(String text, int most) {
        String whole = cards.of(text);
        return whole.length() <= most ? whole : whole.substring(0, most) + "…";
    }

    /** The command line says for whom it asks; nobody checks that. */
    private String localUser() {
        String user = request.request().getHeader(AccessRecorder.LOCAL_USER);
        return user != null && user.matches("[A-Za-z0-9._@\\\\-]{1,64}") ? user : "";
    }
}
