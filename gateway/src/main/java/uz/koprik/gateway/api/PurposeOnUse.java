package uz.koprik.gateway.api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import uz.koprik.gateway.accessrecord.AccessEntry;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.accessrecord.AccessRecorder;
import uz.koprik.gateway.auth.Authentication;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.policy.PersonalUse;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Lets members say for what they use personal values of partners whose agreement asks for it: by the headers
 * {@value #PURPOSE} and {@value #CASE} of any request. What they say is in the access record. Answers to members who
 * said nothing name those partners in {@value #NEEDED}, whether anything was left out or not.
 */
public final class PurposeOnUse implements Handler<RoutingContext> {

    /** One of the purposes of an agreement, percent-encoded UTF-8. */
    public static final String PURPOSE = "Koprik-Purpose";

    /** Number or id of a case that the caller may know, percent-encoded UTF-8. */
    public static final String CASE = "Koprik-Case";

    /** Names of the partners whose personal objects are left out of an answer, if there are any. */
    public static final String NEEDED = "Koprik-Purpose-Needed";

    private static final String REFUSED = "Purpose refused";
    private static final int LONGEST = 500;

    private final Supplier<Map<String, Set<String>>> purposes;
    private final CaseService cases;

    /** @param purposes of agreements that ask for one on use, by name of partner, as of now */
    public PurposeOnUse(Supplier<Map<String, Set<String>>> purposes, CaseService cases) {
        this.purposes = purposes;
        this.cases = cases;
    }

    @Override
    public void handle(RoutingContext request) {
        Optional<String> purpose = said(request, PURPOSE);
        Optional<String> number = said(request, CASE);
        if (purpose.isEmpty() && number.isEmpty()) {
            tell(request);
            request.next();
            return;
        }
        check(request, purpose, number);
        request.request().pause();
        // Not by Blocking, whose work ends with an answer and so with an entry of the access record.
        request.vertx()
                .executeBlocking(() -> theCase(Callers.of(request), number.get()), false)
                .onComplete(
                        found -> {
                            Callers.using(request, PersonalUse.of(purpose.get()).under(purposes.get()));
                            AccessNotes.of(request)
                                    .use(new AccessEntry.Use(
                                            purpose.get(),
                                            found.file().number(),
                                            found.object().id()));
                            tell(request);
                            request.next();
                            Authentication.goOn(request);
                        },
                        refusal -> {
                            request.request().resume();
                            request.fail(refusal);
                        });
    }

    private static Optional<String> said(RoutingContext request, String header) {
        List<String> all = request.request().headers().getAll(header);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        try {
            String text = URLDecoder.decode(all.getFirst().replace("+", "%2B"), StandardCharsets.UTF_8)
                    .strip();
            if (all.size() == 1 && !text.isEmpty() && text.length() <= LONGEST) {
                return Optional.of(text);
            }
        } catch (IllegalArgumentException notEncoded) {
            // Answered as any other malformed header.
        }
        throw new Problem(
                400,
                REFUSED,
                "the header " + header + " is one text of 1 to " + LONGEST + " characters in percent-encoded UTF-8");
    }

    /** What can be decided without the store. */
    private void check(RoutingContext request, Optional<String> purpose, Optional<String> number) {
        Caller caller = Callers.of(request);
        if (purpose.isEmpty() || number.isEmpty()) {
            throw new Problem(
                    400,
                    REFUSED,
                    "a purpose needs a case, and a case a purpose: the header " + (purpose.isEmpty() ? PURPOSE : CASE)
                            + " is missing");
        }
        if (!member(caller) || !caller.may(Right.CASES)) {
            throw new Problem(
                    403,
                    REFUSED,
                    "a purpose names a case file, and " + caller.name() + " has no right to " + Right.CASES.inWords());
        }
        if (AccessRecorder.isExchange(request.normalizedPath())) {
            throw new Problem(
                    400,
                    REFUSED,
                    "pages of TAXII and feeds leave no entry in the access record, so nothing that needs a purpose is in"
                            + " them; use the analyst API");
        }
        Set<String> known = new TreeSet<>();
        purposes.get().values().forEach(known::addAll);
        if (!known.contains(purpose.get())) {
            throw new Problem(
                    400,
                    REFUSED,
                    known.isEmpty()
                            ? "no agreement of this centre asks for a purpose; leave " + PURPOSE + " and " + CASE
                                    + " out"
                            : "no agreement names this purpose word for word; those that ask for one name: "
                                    + String.join("; ", known));
        }
    }

    private CaseService.StoredCase theCase(Caller caller, String number) throws StoreUnavailable {
        List<CaseService.StoredCase> all = cases.all(caller, number);
        if (all.size() == 1) {
            return all.getFirst();
        }
        throw new Problem(
                400,
                REFUSED,
                all.isEmpty()
                        ? "there is no case file of this number or id; name one that you work on, or open it first"
                        : "several units have a case file of this number: name it by its id");
    }

    private static boolean member(Caller caller) {
        return caller.recipient() instanceof Recipient.Analyst || caller.recipient() instanceof Recipient.Operator;
    }

    /** The same for each answer to this caller: it says nothing of what there is. */
    private void tell(RoutingContext request) {
        if (!member(Callers.of(request)) || purposes.get().isEmpty()) {
            return;
        }
        HttpServerResponse response = request.response();
        response.headers().add(HttpHeaders.VARY, PURPOSE + ", " + CASE);
        Set<String> withheld = Callers.of(request).recipient().use().withheld();
        if (!withheld.isEmpty()) {
            response.putHeader(NEEDED, String.join(", ", new TreeSet<>(withheld)));
        }
    }
}
