package uz.koprik.gateway.accessrecord;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.SignIns;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.http.AnswerGate;
import uz.koprik.indicators.observable.Normalisation;

/**
 * Every request of a known caller passes it and leaves an entry before it is answered, so that no route can forget it.
 * Feeds and TAXII are left out: they are counted per partner.
 */
public final class AccessRecorder implements Handler<RoutingContext> {

    /** By this header the command line says which user of the machine asks. */
    public static final String LOCAL_USER = "Koprik-Local-User";

    /** Parameters that say in which form an answer is wanted. */
    static final Set<String> FORM = Set.of("limit", "cursor", "histogram", "highlight", "last_event_id");

    private final AccessRecord record;
    private final CardRedaction cards;

    /** @param normalisation the centre's card tokens */
    public AccessRecorder(AccessRecord record, Normalisation normalisation) {
        this.record = record;
        this.cards = new CardRedaction(normalisation);
    }

    @Override
    public void handle(RoutingContext request) {
        take(request);
        request.next();
    }

    /** A handler that takes notes of the request, and then hands it to another one. */
    public Handler<RoutingContext> before(Handler<RoutingContext> next) {
        return request -> {
            take(request);
            next.handle(request);
        };
    }

    private void take(RoutingContext request) {
        if (!isExchange(request.normalizedPath())) {
            Caller caller = Callers.of(request);
            begin(request, (caller.source() instanceof Source.Partner ? "partner " : "account ") + caller.name(), true);
        }
    }

    /**
     * Handles a request by which somebody signs in or out, before it is known who that is. Its parameters and its body
     * are secrets; the route says who it was and how ({@link AccessNotes#by}, {@link AccessNotes#asked}).
     */
    public void signingIn(RoutingContext request) {
        begin(request, SignIns.UNKNOWN, false);
        request.next();
    }

    private void begin(RoutingContext request, String by, boolean parameters) {
        record.requireWritable();
        AccessNotes notes = new AccessNotes(by, parameters, cards, record, request);
        notes.attach();
        AnswerGate.set(request, notes::keep);
    }

    /** Whether requests of this path leave no entries: pages of TAXII and feeds. */
    public static boolean isExchange(String path) {
        return path.equals("/taxii2") || path.startsWith("/taxii2/") || path.startsWith("/feeds/");
    }
}
