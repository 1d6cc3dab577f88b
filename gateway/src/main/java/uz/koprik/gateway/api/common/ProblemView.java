package uz.koprik.gateway.api.common;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import uz.koprik.gateway.http.Problem;

/**
 * Problem details (RFC 9457) of a request whose objects were all refused.
 *
 * @param type always {@code about:blank}: the status says what kind of problem it is
 * @param title a few words
 * @param code stable word of the kind of problem
 * @param status the HTTP status
 * @param detail a sentence
 * @param errors one item a refused object
 */
public record ProblemView(String type, String title, String code, int status, String detail, List<Fault> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String REFUSED = "Refused";

    /**
     * One refused object.
     *
     * @param where its position in the submission
     * @param id STIX id, when it could be read
     * @param pointer JSON pointer into the object
     * @param reason a sentence
     * @param code stable word
     */
    record Fault(String where, String id, String pointer, String reason, String code) {}

    /** A 422 with the reason of every listed refusal. */
    public static Runnable refused(RoutingContext request, OutcomeView.All outcomes) {
        List<Fault> faults = outcomes.objects().stream()
                .filter(o -> o.refusal() != null)
                .map(o -> new Fault(
                        o.where(),
                        o.id(),
                        o.refusal().pointer(),
                        o.refusal().reason(),
                        o.refusal().code()))
                .toList();
        String detail = outcomes.refused() == 1
                ? faults.getFirst().reason()
                : "all " + outcomes.refused() + " objects were refused; errors says why, one by one"
                        + (outcomes.refusedNotListed() == null ? "" : ", for the first " + faults.size());
        byte[] body =
                ApiJson.bytes(new ProblemView("about:blank", REFUSED, Problem.code(REFUSED), 422, detail, faults));
        return () -> request.response()
                .setStatusCode(422)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .end(Buffer.buffer(body));
    }
}
